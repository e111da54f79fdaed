import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Workflow } from '../../../shared/authoring/index.ts';
import { assemblyWith } from '../assembly-with.ts';
import type { Template } from '../deployment.ts';
import { instructionsOf } from './fake-agents.ts';

/** The stack with a team of agents in place of its workflows, each asking the model service at an address. */
export async function teamAssembly(file: string, team: Workflow, url: string): Promise<string> {
  const assembly = await assemblyWith(`test/support/teams/${file}.ts`);
  const path = join(assembly, 'Remit.template.json');
  const template: Template = JSON.parse(readFileSync(path, 'utf8'));
  const runTurn = Object.values(template.Resources).find(
    ({ Type, Properties }) => Type === 'AWS::Lambda::Function' && Properties['Description'] === 'run-turn',
  );
  if (runTurn === undefined) throw new Error('The stack has no function run-turn');
  (runTurn.Properties['Environment'] as { Variables: Record<string, unknown> }).Variables['REMIT_ANTHROPIC_BASE_URL'] =
    url;
  writeFileSync(path, JSON.stringify(template));
  const { S3Key: key } = runTurn.Properties['Code'] as { readonly S3Key: string };
  const folder = join(assembly, `asset.${key.replace(/\.zip$/, '')}`, 'agents', team.id);
  mkdirSync(folder, { recursive: true });
  for (const { id, instructions } of team.agents) writeFileSync(join(folder, instructions), instructionsOf(id));
  return assembly;
}
