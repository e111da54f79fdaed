/**
 * `node_modules/.bin/node docs/model-card.ts [workflow]`: what the learned model of each workflow, or of one, can and cannot
 * do, in sentences.
 */
import { existsSync, readFileSync } from 'node:fs';
import { workflows } from '../agents/index.ts';
import { build } from '../scripts/build.ts';
import { say } from '../scripts/command/say.ts';
import { card, describe, readArtefact } from '../shared/models/learned/index.ts';

const [wanted] = process.argv.slice(2);
if (wanted !== undefined && workflows.every(({ id }) => id !== wanted)) {
  console.error(`There is no workflow ${wanted}: agents/index.ts lists those that there are.`);
  process.exit(1);
}
await build();
for (const { id } of workflows.filter(({ id }) => wanted === undefined || id === wanted)) {
  const model = `dist/run-turn/agents/${id}/learned.bin`;
  console.log(`${id}\n`);
  if (existsSync(model)) say(describe(card(readArtefact(readFileSync(model)))).join('\n'));
  else console.log('It has no examples to learn from.');
}
