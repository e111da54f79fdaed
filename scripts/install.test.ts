import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';

let root = '';

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'remit-install-'));
  mkdirSync(join(root, 'scripts'));
  for (const file of ['run.mjs', 'install.mjs']) cpSync(join(import.meta.dirname, file), join(root, 'scripts', file));
  write('package.json', JSON.stringify({ type: 'module' }));
  write('package-lock.json', lockFile('1.0.0'));
  write('scripts/hello.ts', "console.log('hello', ...process.argv.slice(2));\nprocess.exitCode = 7;\n");
});

afterEach(() => rmSync(root, { recursive: true }));

test('installs from the lock file, then runs the script with its arguments and hands its exit code back', () => {
  npmThat(putsNodeThere());
  const first = run('hello', 'a', 'b');
  expect(first.stdout).toMatch(/install {3}1 packages[\s\S]*done in \d+ s[\s\S]*hello a b/);
  expect(first.status).toBe(7);
  expect(readFileSync(join(root, 'npm-calls'), 'utf8')).toContain('ci --include=dev');
});

test('installs once, and again when the lock file has changed', () => {
  npmThat(putsNodeThere());
  run('hello');
  npmThat('echo "npm error must not be called" >&2; exit 1');
  expect(run('hello')).toMatchObject({ status: 7, stdout: 'hello\n' });
  write('package-lock.json', lockFile('2.0.0'));
  expect(run('hello')).toMatchObject({ status: 1 });
});

test('takes what npm install has put there for an install', () => {
  npmThat('echo "npm error must not be called" >&2; exit 1');
  mkdirSync(join(root, 'node_modules', '.bin'), { recursive: true });
  symlinkSync(process.execPath, join(root, 'node_modules', '.bin', 'node'));
  write('node_modules/.package-lock.json', lockFile('1.0.0'));
  expect(run('hello')).toMatchObject({ status: 7, stdout: 'hello\n' });
});

test.each([
  [
    'no network',
    'npm error code EAI_AGAIN',
    'The packages could not be fetched: the package registry cannot be reached',
  ],
  ['a full disk', 'npm error code ENOSPC', 'The disk is full'],
  ['a lock file that does not fit', 'npm error code EUSAGE', 'package.json and package-lock.json differ'],
  ['a changed package', 'npm error code EINTEGRITY', 'differs from what the lock file says'],
  ['anything else', 'npm error code EWEIRD', 'The packages could not be installed. npm says:\nnpm error code EWEIRD'],
])('says in a sentence what stopped it: %s', (_what, output, sentence) => {
  npmThat(`echo "${output}" >&2; exit 1`);
  const { status, stderr } = run('hello');
  expect(stderr).toContain(sentence);
  expect(stderr).not.toContain('    at ');
  expect(status).toBe(1);
});

test('takes the Node that runs it where the pinned one is not there and this is of the same version', () => {
  npmThat('mkdir -p node_modules/.bin');
  expect(run('hello')).toMatchObject({ status: 7, stdout: expect.stringContaining('hello') });
});

test('refuses an npm that cannot read the lock file', () => {
  npmThat('exit 0', '6.14.0');
  expect(run('hello').stderr).toContain('npm 6.14.0 cannot read the lock file: use npm 7 or newer');
});

test('says that npm is missing', () => {
  expect(run('hello').stderr).toContain('npm was not found');
});

test('knows only scripts that exist, and no paths', () => {
  expect(run('gone').stderr).toContain('There is no script gone');
  expect(run('../scripts/hello').stderr).toContain('There is no script');
  expect(existsSync(join(root, 'node_modules'))).toBe(false);
});

function lockFile(version: string): string {
  return JSON.stringify({ lockfileVersion: 3, packages: { '': {}, 'node_modules/thing': { version } } });
}

/** Puts a program named npm on the PATH that runs the shell commands for anything but --version. */
function npmThat(commands: string, version = '10.0.0'): void {
  const script = `#!/bin/sh\nif [ "$1" = --version ]; then echo ${version}; exit 0; fi\necho "$@" >> npm-calls\n${commands}\n`;
  write('bin/npm', script);
  chmodSync(join(root, 'bin', 'npm'), 0o755);
}

function putsNodeThere(): string {
  return `mkdir -p node_modules/.bin; ln -s "${process.execPath}" node_modules/.bin/node`;
}

/** Runs the launcher with the npm of npmThat, or with none at all. */
function run(...args: string[]) {
  const bin = join(root, 'bin');
  const env = { PATH: existsSync(join(bin, 'npm')) ? `${bin}:/usr/bin:/bin` : bin };
  return spawnSync(process.execPath, [join(root, 'scripts', 'run.mjs'), ...args], { cwd: root, encoding: 'utf8', env });
}

function write(path: string, text: string): void {
  const target = join(root, path);
  mkdirSync(join(target, '..'), { recursive: true });
  writeFileSync(target, text);
}
