import { existsSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { writeAgentFiles } from './build/agent-files.ts';
import { bundleFunctions } from './build/bundle.ts';
import { digestOf, readStamp } from './build/digest.ts';
import { functionNames } from './build/entries.ts';
import { writeEvaluationFiles } from './build/evaluation-files.ts';
import { exampleProblems } from './build/example-problems.ts';
import { learnedProblems } from './build/learned-problems.ts';
import { loadWorkflows } from './build/load-workflows.ts';
import { inTurn } from './command/lock.ts';
import { Problem } from './command/problem.ts';
import { type Outcome, step } from './command/progress.ts';
import { inProject } from './command/project.ts';
import { runCommand } from './command/run-command.ts';

const STAMP = inProject('dist', '.stamp');
const CODE_STAMP = inProject('dist', '.code-stamp');
const CODE = [
  'functions/**/*.ts',
  'shared/**/*.ts',
  'agents/**/*.ts',
  'evals/**/*.ts',
  'scripts/build.ts',
  'scripts/build/**/*.ts',
  'package-lock.json',
  'tsconfig.json',
];
/** With instructions, examples and data of the workflows, which stand beside the bundles. */
const INPUTS = [...CODE, 'agents/**/*'];

/**
 * Makes dist/: one bundle for every function, with instructions and learned models beside the one that runs agents.
 * Does nothing when nothing has changed since the last time, and bundles nothing when no code has.
 */
export function build(options: { readonly isForced?: boolean } = {}): Promise<void> {
  return inTurn('build', async () => {
    const wanted = digestOf(INPUTS);
    if (options.isForced !== true && readStamp(STAMP) === wanted) return;
    // First: what is left of a build that breaks off is never taken for a whole one.
    rmSync(STAMP, { force: true });
    await checkExamples();
    const code = digestOf(CODE);
    if (options.isForced === true || readStamp(CODE_STAMP) !== code) {
      rmSync(inProject('dist'), { recursive: true, force: true });
      await step('build', bundleAll);
      writeFileSync(CODE_STAMP, code);
    } else removeAgentFiles();
    await step('train', trainAll);
    writeFileSync(STAMP, wanted);
  });
}

/** What an earlier build put beside the bundles: of a file that is gone, nothing may stay. */
function removeAgentFiles(): void {
  for (const name of functionNames()) rmSync(inProject('dist', name, 'agents'), { recursive: true, force: true });
}

/** First of all: it takes a second, and what is wrong in a line would be taught, or measured against. */
async function checkExamples(): Promise<void> {
  const problems = (await loadWorkflows()).flatMap((workflow) => {
    const file = `agents/${workflow.id}/examples.jsonl`;
    const text = existsSync(inProject(file)) ? readFileSync(inProject(file), 'utf8') : '';
    return [...learnedProblems(workflow), ...exampleProblems(workflow, file, text)];
  });
  if (problems.length > 0)
    throw new Problem(
      `Nothing can be learned of what does not fit:\n${problems.map((one) => `  - ${one}`).join('\n')}`,
    );
}

async function bundleAll(): Promise<Outcome<void>> {
  const bundles = await bundleFunctions(functionNames());
  const largest = bundles.toSorted((a, b) => b.bytes - a.bytes)[0];
  const said = `${bundles.length} bundles${largest === undefined ? '' : `, the largest ${kilobytes(largest.bytes)} (${largest.name})`}`;
  return { value: undefined, said };
}

async function trainAll(): Promise<Outcome<void>> {
  const workflows = await loadWorkflows();
  const trained = await writeAgentFiles(workflows);
  writeEvaluationFiles(workflows);
  return { value: undefined, said: trained.length === 0 ? null : trained.join(', ') };
}

function printSizes(): void {
  for (const name of functionNames()) {
    const file = inProject('dist', name, 'index.mjs');
    if (existsSync(file)) console.log(`  ${name.padEnd(28)}${kilobytes(statSync(file).size).padStart(8)}`);
  }
}

function kilobytes(bytes: number): string {
  return `${Math.round(bytes / 1000)} KB`;
}

if (import.meta.main) {
  await runCommand(async (args) => {
    await build({ isForced: args.includes('--force') });
    if (args.includes('--sizes')) printSizes();
    return 0;
  });
}
