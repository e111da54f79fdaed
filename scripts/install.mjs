// Plain JavaScript for any Node from 18 on: it runs before anything is installed.
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const OLDEST_NODE = 18;
const NODE_OF_THE_PROJECT = 24;
/** The first npm that reads this lock file. */
const OLDEST_NPM = 7;

/**
 * Makes node_modules match package-lock.json and returns the path of Node 24.
 * Throws an Error of one sentence when that cannot be had.
 */
export async function ensureInstalled(root) {
  if (major(process.versions.node) < OLDEST_NODE) {
    throw new Error(`Remit needs Node ${OLDEST_NODE} or newer to start from; this is ${process.versions.node}.`);
  }
  const wanted = stampOf(root);
  if (installedStamp(root) !== wanted) {
    if (!isInstalledByNpm(root)) await install(root);
    const node = nodeOfTheProject(root);
    writeFileSync(stampPath(root), wanted);
    return node;
  }
  const node = pathOfNode(root);
  return existsSync(node) ? node : nodeOfTheProject(root);
}

/** Says what an install depends on: the lock file and the kind of machine that binaries were fetched for. */
function stampOf(root) {
  const lock = readFileSync(join(root, 'package-lock.json'));
  return createHash('sha256').update(lock).update(`${process.platform} ${process.arch}`).digest('hex');
}

function installedStamp(root) {
  return existsSync(stampPath(root)) ? readFileSync(stampPath(root), 'utf8') : null;
}

function stampPath(root) {
  return join(root, 'node_modules', '.remit-install');
}

/** Whether npm itself has just put there what the lock file says (npm install, npm ci). */
function isInstalledByNpm(root) {
  const record = join(root, 'node_modules', '.package-lock.json');
  if (!existsSync(record) || versionOf(pathOfNode(root)) === null) return false;
  const wanted = packagesOf(join(root, 'package-lock.json'));
  const installed = packagesOf(record);
  return Object.entries(wanted).every(
    ([path, { version, optional }]) => path === '' || optional === true || installed[path]?.version === version,
  );
}

function packagesOf(lockFile) {
  return JSON.parse(readFileSync(lockFile, 'utf8')).packages;
}

async function install(root) {
  const npm = npmCommand();
  const count = Object.keys(packagesOf(join(root, 'package-lock.json'))).length - 1;
  console.log(`  install   ${count} packages from the lock file; this takes a minute or two, once`);
  const startedMs = Date.now();
  const { code, output } = await collect(
    npm,
    ['ci', '--include=dev', '--no-audit', '--no-fund', '--loglevel=error'],
    root,
  );
  if (code !== 0) throw new Error(problemOf(output));
  console.log(`  install   done in ${((Date.now() - startedMs) / 1000).toFixed(0)} s`);
}

/** npm as it was called, or the one on PATH; an Error when there is none that reads the lock file. */
function npmCommand() {
  const running = process.env.npm_execpath ?? '';
  const npm = /npm-cli\.[cm]?js$/.test(running) ? [process.execPath, running] : ['npm'];
  const found = spawnSync(npm[0], [...npm.slice(1), '--version'], { encoding: 'utf8' });
  const version = found.status === 0 ? found.stdout.trim() : null;
  if (version === null)
    throw new Error('npm was not found: install it beside Node (it comes with Node from nodejs.org).');
  if (major(version) < OLDEST_NPM) {
    throw new Error(`npm ${version} cannot read the lock file: use npm ${OLDEST_NPM} or newer (npm install -g npm).`);
  }
  return npm;
}

function collect([command, ...first], args, cwd) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, [...first, ...args], { cwd, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    child.stdout.on('data', (chunk) => (output += chunk));
    child.stderr.on('data', (chunk) => (output += chunk));
    child.once('error', reject);
    child.once('close', (code) => resolve({ code, output }));
  });
}

/** In one sentence, why npm could not install. */
function problemOf(output) {
  const known = [
    [/ENOSPC/, 'The disk is full: the packages need about 1 GB of free space.'],
    [
      /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|ERR_SOCKET_TIMEOUT|npm error network/,
      'The packages could not be fetched: the package registry cannot be reached from here (check the network or proxy).',
    ],
    [/EUSAGE|in sync/, 'package.json and package-lock.json differ: run npm install and commit the lock file.'],
    [/EACCES|EPERM|EROFS/, 'The packages could not be written: node_modules is not writable for this user.'],
    [/EINTEGRITY/, 'A package differs from what the lock file says it must be (EINTEGRITY): nothing was installed.'],
  ];
  const sentence = known.find(([pattern]) => pattern.test(output))?.[1];
  if (sentence !== undefined && process.env.REMIT_DEBUG !== '1') return sentence;
  const lines = output.split('\n').filter((line) => line.startsWith('npm error'));
  return `The packages could not be installed. npm says:\n${(lines.length > 0 ? lines : [output]).slice(0, 12).join('\n')}`;
}

/** The pinned Node, or the one that runs this if it is of the same major version. */
function nodeOfTheProject(root) {
  const pinned = pathOfNode(root);
  const version = versionOf(pinned);
  if (version !== null && major(version) === NODE_OF_THE_PROJECT) return pinned;
  if (major(process.versions.node) === NODE_OF_THE_PROJECT) return process.execPath;
  throw new Error(
    `Node ${NODE_OF_THE_PROJECT} is not in node_modules although it is in the lock file: its package fetches it in an install ` +
      'script, so run npm ci --ignore-scripts=false, or use Node 24 yourself.',
  );
}

function pathOfNode(root) {
  return join(root, 'node_modules', '.bin', 'node');
}

function versionOf(node) {
  const found = spawnSync(node, ['--version'], { encoding: 'utf8' });
  return found.status === 0 ? found.stdout.trim() : null;
}

function major(version) {
  return Number.parseInt(version.replace(/^v/, ''), 10);
}
