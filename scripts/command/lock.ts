import { mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { inCache } from './project.ts';

const POLL_MS = 100;
/** Nothing that is locked takes longer; an older lock is of a process whose id another one has now. */
const LONGEST_HOLD_MS = 300_000;

/** Runs `work` while no other process of this project is in a work of that name; waits for its turn. */
export async function inTurn<T>(name: string, work: () => Promise<T>, file = inCache(`${name}.lock`)): Promise<T> {
  mkdirSync(dirname(file), { recursive: true });
  while (!isTaken(file)) {
    if (!isHeld(file)) rmSync(file, { force: true });
    else await sleep(POLL_MS);
  }
  try {
    return await work();
  } finally {
    rmSync(file, { force: true });
  }
}

function isTaken(file: string): boolean {
  try {
    writeFileSync(file, String(process.pid), { flag: 'wx' });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

/** Whether whoever took the lock still has it; a process that was killed leaves it behind. */
function isHeld(file: string): boolean {
  try {
    process.kill(Number(readFileSync(file, 'utf8')), 0);
    return Date.now() - statSync(file).mtimeMs < LONGEST_HOLD_MS;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
