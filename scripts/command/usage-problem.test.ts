import { parseArgs } from 'node:util';
import { expect, it } from 'vitest';
import { usageProblem } from './usage-problem.ts';

const USAGE = 'npm run cost -- [workflow]';

function refused(...args: string[]): unknown {
  try {
    return parseArgs({ args, options: { json: { type: 'boolean' } }, allowPositionals: true });
  } catch (error) {
    return error;
  }
}

it.each(['--help', '-h'])('%s is answered with the use alone, and is no failure', (option) => {
  expect(usageProblem(refused(option), USAGE, { exitCode: 2 })).toMatchObject({ message: USAGE, exitCode: 0 });
});

it('an option that there is not is named before the use', () => {
  const problem = usageProblem(refused('--jsn'), USAGE, { exitCode: 2 });
  expect(problem).toMatchObject({ message: `Unknown option '--jsn'\n${USAGE}`, exitCode: 2 });
});
