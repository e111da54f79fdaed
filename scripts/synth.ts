import { existsSync, writeFileSync } from 'node:fs';
import { digestOf, readStamp } from './build/digest.ts';
import { build } from './build.ts';
import { inTurn } from './command/lock.ts';
import { Problem } from './command/problem.ts';
import { runProgram } from './command/program.ts';
import { type Outcome, step } from './command/progress.ts';
import { inCache, inProject, node } from './command/project.ts';
import { runCommand } from './command/run-command.ts';

const STAMP = inProject('cdk.out', '.stamp');
const INPUTS = [
  'infra/**/*',
  'agents/**/*.ts',
  'shared/**/*.ts',
  'statemachines/**/*',
  'scripts/synth.ts',
  'cdk.json',
  'package-lock.json',
  'dist/.stamp',
];

/** Makes cdk.out/ from infra/app.ts, without network, account or CLI. Does nothing when nothing has changed. */
export function synthesize(options: { readonly isForced?: boolean } = {}): Promise<void> {
  return inTurn('synth', async () => {
    const wanted = digestOf(INPUTS);
    const isThere = existsSync(inProject('cdk.out', 'manifest.json'));
    if (options.isForced !== true && isThere && readStamp(STAMP) === wanted) return;
    await step('synth', runApp);
    writeFileSync(STAMP, wanted);
  });
}

async function runApp(): Promise<Outcome<void>> {
  const result = await runProgram(node, [inProject('infra', 'app.ts')], {
    CDK_OUTDIR: inProject('cdk.out'),
    CDK_VALIDATION: 'false',
    NODE_COMPILE_CACHE: inCache('compile'),
  });
  if (result.exitCode !== 0) throw new Problem(`The stacks cannot be synthesized: ${reasonIn(result.output)}`);
  return { value: undefined, said: 'the stacks, in cdk.out' };
}

/** The message of the error that ended the app, without its stack; all of the output with REMIT_DEBUG=1. */
export function reasonIn(output: string): string {
  if (process.env['REMIT_DEBUG'] === '1') return output;
  const lines = output.split('\n');
  const first = lines.findIndex((line) => OF_NODE.test(line) || OF_CDK.test(line));
  if (first === -1) return output.trim();
  const end = lines.findIndex((line, index) => index > first && (/^\s+(at |\.{3})/.test(line) || line.trim() === ''));
  return lines
    .slice(first, end === -1 ? undefined : end)
    .join('\n')
    .replace(/^\w*Error\b[^:]*: /, '')
    .replace(OF_CDK, '')
    .replace('Validation failed with the following errors:\n', '')
    .replaceAll(/^ *\[[\w/-]+\] /gm, '');
}

const OF_NODE = /^\w*Error\b.*: /;
/** `«ValidationFailedWithErrors» Validation failed …`; each reason then has the name of its construct before it. */
const OF_CDK = /^«\w+» /;

if (import.meta.main) {
  await runCommand(async (args) => {
    await build();
    await synthesize({ isForced: args.includes('--force') });
    return 0;
  });
}
