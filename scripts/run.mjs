// Plain JavaScript for any Node from 18 on: it runs before anything is installed.
// `node scripts/run.mjs <command> [arguments]` installs what is missing, then runs scripts/<command>.ts on Node 24.
// A command that lives elsewhere is named by its path: `node scripts/run.mjs bench/models`.
import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { constants } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ensureInstalled } from './install.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
/** How often to look whether the npm that started this is still there. */
const NPM_CHECK_MS = 250;
/** Time for the script to say that it has a signal already. */
const SIGNAL_GRACE_MS = 200;

let isStopping = false;

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  if (process.env.REMIT_DEBUG === '1') console.error(error);
  else console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}

async function main([command, ...args]) {
  const script = join(root, command?.includes('/') ? '' : 'scripts', `${command}.ts`);
  if (command === undefined || !/^[a-z][a-z-]*(\/[a-z][a-z-]*)*$/.test(command) || !existsSync(script)) {
    throw new Error(`There is no script ${command ?? '(none given)'}: npm run help lists those that there are.`);
  }
  const node = await ensureInstalled(root);
  return run(node, [script, ...args]);
}

/** Runs the script with the terminal handed through; resolves with its exit code. */
function run(node, args) {
  const bin = join(root, 'node_modules', '.bin');
  const child = spawn(node, args, {
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
    env: { ...process.env, PATH: `${bin}${delimiter}${process.env.PATH ?? ''}` },
  });
  passSignalsTo(child);
  stopWithNpm(child);
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code, signal) => resolve(signal === null ? code : 128 + constants.signals[signal]));
  });
}

/**
 * A terminal sends Ctrl-C to the script too, a program only to this process. So a signal is passed on unless the script
 * says in time that it has it already: to some a second interrupt means "at once".
 */
function passSignalsTo(child) {
  const seen = new Set();
  child.on('message', (signal) => seen.add(signal));
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    process.on(signal, () => {
      isStopping = true;
      setTimeout(() => {
        if (!seen.delete(signal)) child.kill(signal);
      }, SIGNAL_GRACE_MS).unref();
    });
  }
}

/** A killed npm tells nobody; without this, what it started would keep its port. Where there is no /proc, it does. */
function stopWithNpm(child) {
  const npm = npmAbove();
  if (npm === null) return;
  const timer = setInterval(() => {
    if (npm.isThere()) return;
    clearInterval(timer);
    if (!isStopping) child.kill('SIGTERM');
  }, NPM_CHECK_MS);
  timer.unref();
}

/** The npm that runs this, as its parent or with a shell in between; null when started in another way. */
function npmAbove() {
  const parent = process.ppid;
  if (nameOf(parent).startsWith('npm')) return { isThere: () => process.ppid === parent };
  const above = parentOf(parent);
  return nameOf(above).startsWith('npm') ? { isThere: () => parentOf(parent) === above } : null;
}

function nameOf(pid) {
  return procFile(pid, 'comm');
}

function parentOf(pid) {
  return procFile(pid, 'stat')
    .replace(/^.*\) \S+ /s, '')
    .split(' ')[0];
}

function procFile(pid, file) {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8');
  } catch {
    return '';
  }
}
