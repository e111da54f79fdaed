import { spawn } from 'node:child_process';
import { projectRoot } from './project.ts';

/** What is collected is printed to this terminal later on, or to a file. */
const COLOR = process.stdout.isTTY ? { FORCE_COLOR: '1' } : { NO_COLOR: '1' };

export interface ProgramResult {
  /** 1 for a program that was ended by a signal. */
  readonly exitCode: number;
  /** stdout and stderr as they came. */
  readonly output: string;
}

/** Runs a program in the repository's root and collects what it prints; an exit code other than 0 is not an error. */
export function runProgram(
  command: string,
  args: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): Promise<ProgramResult> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd: projectRoot,
      env: { ...process.env, ...COLOR, ...environment },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => (output += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (output += text));
    child.once('error', reject);
    child.once('close', (code) => resolve({ exitCode: code ?? 1, output }));
  });
}
