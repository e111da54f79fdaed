import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Problem } from './command/problem.ts';
import { inProject } from './command/project.ts';
import { runCommand } from './command/run-command.ts';
import { say } from './command/say.ts';
import type { Answers, Given } from './new/answers.ts';
import { askAnswers } from './new/ask.ts';
import { checkAnswers, idProblem } from './new/check-answers.ts';
import { filesOf } from './new/files.ts';
import { formatFiles } from './new/format-files.ts';
import { keptAnswers } from './new/keep-answers.ts';
import { leftOpen } from './new/left-open.ts';
import { readGiven } from './new/read-given.ts';
import { registered } from './new/register.ts';
import { exportNameOf } from './new/render-workflow.ts';
import { terminalOn } from './new/terminal.ts';

const INDEX = 'agents/index.ts';

/** `npm run new -- workflow <id>`: asks the five questions and writes a folder that builds and runs. */
async function newWorkflow(args: readonly string[]): Promise<number> {
  const { id, given } = readGiven(args, readText);
  const unusable = idProblem(id);
  if (unusable !== null) throw new Problem(unusable);
  if (existsSync(inProject('agents', id)))
    throw new Problem(`There is a folder agents/${id} already: take another name.`);
  const answers = given === null ? await askedAnswers(id) : checked(given);
  const index = registered(readText(inProject(INDEX)), { id, exportName: exportNameOf(id) });
  const written = writeFolder(answers);
  writeFileSync(inProject(INDEX), index);
  await formatFiles([`agents/${id}`, INDEX]);
  const said = [`agents/${id}`, ...written.map((file) => `  ${file}`), ...nextSteps(id), ...leftOpen(answers)];
  say(said.join('\n'));
  return 0;
}

/** Answers of a person at the terminal; what was typed is kept where it is not enough. */
async function askedAnswers(id: string): Promise<Answers> {
  const given = await askTerminal(id);
  const lines = keptAnswers(given);
  if (lines === null) throw new Problem('\nNothing was answered, and nothing was written.');
  try {
    return checked(given);
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    const file = join('.remit', 'new', `${id}.json`);
    mkdirSync(inProject(dirname(file)), { recursive: true });
    writeFileSync(inProject(file), lines);
    const goOn = `npm run new -- workflow ${id} --answers ${file}`;
    throw new Problem(
      `\n${error.message}\nYour answers are kept in ${file}. Add there what is missing, then: ${goOn}`,
      { cause: error },
    );
  }
}

function checked(given: Given): Answers {
  const result = checkAnswers(given);
  if (result.ok) return result.answers;
  const problems = result.problems.map((problem) => `  - ${problem}`).join('\n');
  throw new Problem(`The answers about ${given.id} are not enough to go on; nothing was written.\n${problems}`);
}

function writeFolder(answers: Answers): string[] {
  const files = Object.entries(filesOf(answers));
  for (const [file, text] of files) {
    const path = inProject('agents', answers.id, file);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text, { flag: 'wx' });
  }
  return files.map(([file]) => file);
}

function nextSteps(id: string): string[] {
  return [
    '',
    `It is in ${INDEX} now, in phase shadow. Its examples are stubs: replace them before you measure anything.`,
    '  npm start',
    `  npm run trigger -- ${id} agents/${id}/samples/first.json    (in another terminal)`,
  ];
}

async function askTerminal(id: string): Promise<Given> {
  const terminal = terminalOn(process.stdin, process.stdout);
  try {
    return await askAnswers(id, terminal);
  } finally {
    terminal.close();
  }
}

function readText(path: string): string {
  if (!existsSync(path)) throw new Problem(`There is no file ${path}.`);
  return readFileSync(path, 'utf8');
}

if (import.meta.main) await runCommand(newWorkflow);
