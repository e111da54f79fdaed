/** `node_modules/.bin/node docs/model-card.ts`: what the learned model of each workflow can and cannot do, in sentences. */
import { existsSync, readFileSync } from 'node:fs';
import { workflows } from '../agents/index.ts';
import { build } from '../scripts/build.ts';
import { card, describe, readArtefact } from '../shared/models/learned/index.ts';

await build();
for (const { id } of workflows) {
  const model = `dist/run-turn/agents/${id}/learned.bin`;
  console.log(`${id}\n`);
  if (existsSync(model)) console.log(describe(card(readArtefact(readFileSync(model)))).join('\n'));
  else console.log('It has no examples to learn from.');
}
