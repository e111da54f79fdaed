import { type ChildProcess, spawn } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const FOLDERS = ['agents', 'evals', 'functions', 'infra', 'local', 'scripts', 'shared', 'statemachines'];
const FILES = ['package.json', 'package-lock.json', 'tsconfig.json', 'biome.json', 'cdk.json'];

/** A copy of what the commands of the project need, to run them in where they write files of the project. */
export interface ProjectCopy {
  readonly root: string;
  /** Runs a script on the Node of this process, to its end. */
  readonly run: (script: string, args: readonly string[], environment?: Record<string, string>) => Promise<Ran>;
  /** Starts a script, and resolves once it has printed `until`; it runs on until it is stopped or the copy removed. */
  readonly start: (script: string, until: string, environment: Record<string, string>) => Promise<Running>;
  readonly remove: () => Promise<void>;
}

export interface Running {
  /** Ends it in order, as Ctrl-C does, and waits for that. */
  readonly stop: () => Promise<void>;
}

export interface Ran {
  readonly exitCode: number | null;
  readonly output: string;
}

export function copyProject(): ProjectCopy {
  const root = mkdtempSync(join(tmpdir(), 'remit-copy-'));
  for (const name of [...FOLDERS, ...FILES]) cpSync(name, join(root, name), { recursive: true });
  symlinkSync(join(process.cwd(), 'node_modules'), join(root, 'node_modules'));
  const running: ChildProcess[] = [];
  const launch = (script: string, args: readonly string[], environment: Record<string, string> = {}) =>
    spawn(process.execPath, [script, ...args], { cwd: root, env: { ...process.env, ...environment } });
  return {
    root,
    run: (script, args, environment) => ended(launch(script, args, environment)),
    start: async (script, until, environment) => {
      const child = launch(script, [], environment);
      running.push(child);
      await printed(child, until);
      return { stop: () => stopped(child) };
    },
    remove: async () => {
      for (const child of running) await stopped(child);
      rmSync(root, { recursive: true, force: true });
    },
  };
}

async function stopped(child: ChildProcess): Promise<void> {
  const gone = new Promise((resolve) => child.once('exit', resolve));
  if (child.exitCode === null && child.kill('SIGTERM')) await gone;
}

function ended(child: ChildProcess): Promise<Ran> {
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream?.on('data', (chunk: Buffer) => (output += chunk.toString()));
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (exitCode) => resolve({ exitCode, output }));
  });
}

function printed(child: ChildProcess, until: string): Promise<void> {
  let output = '';
  return new Promise((resolve, reject) => {
    for (const stream of [child.stdout, child.stderr]) {
      stream?.on('data', (chunk: Buffer) => {
        output += chunk.toString();
        if (output.includes(until)) resolve();
      });
    }
    child.once('exit', (code) => reject(new Error(`It ended with ${code} before it said "${until}":\n${output}`)));
  });
}
