import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { BootError } from '../template/index.ts';

/** The data folder, held by this process alone. */
export interface Home {
  readonly dataFile: string;
  readonly logFolder: string;
  /** Code of functions and their versions. */
  readonly codeFolder: string;
  readonly compileCacheFolder: string;
  readonly release: () => void;
}

/**
 * Makes the folder where missing and takes hold of it. The hold is a lock that the operating system keeps on an open
 * file, so it ends with the process however that ends; the process id beside it is only for the message.
 * Throws BootError when another process has it or when it cannot be written.
 */
export function openHome(folder: string): Home {
  const pidFile = join(folder, 'lock.pid');
  try {
    mkdirSync(folder, { recursive: true });
  } catch (error) {
    throw diskError(folder, error);
  }
  const lock = takeLock(folder, pidFile);
  try {
    writeFileSync(pidFile, String(process.pid));
  } catch (error) {
    lock.close();
    throw diskError(folder, error);
  }
  return {
    dataFile: join(folder, 'data.sqlite'),
    logFolder: join(folder, 'logs'),
    codeFolder: join(folder, 'code'),
    compileCacheFolder: join(folder, 'compile-cache'),
    release: () => lock.close(),
  };
}

/** What a person can do about a disk that refuses. */
export function diskError(folder: string, error: unknown): BootError {
  const code = String((error as NodeJS.ErrnoException | null)?.code ?? '');
  const text = error instanceof Error ? error.message : String(error);
  if (code === 'ENOSPC' || /disk is full|database or disk is full/.test(text)) {
    return new BootError(`The disk under ${folder} is full.`);
  }
  if (['EACCES', 'EPERM', 'EROFS'].includes(code) || /readonly|unable to open/.test(text)) {
    return new BootError(`The data folder ${folder} cannot be written; set REMIT_HOME to one that can.`);
  }
  if (/malformed|not a database/.test(text)) return new BootError(`The data in ${folder} is broken: ${text}.`);
  return new BootError(`The data folder ${folder} cannot be used: ${text}.`);
}

function takeLock(folder: string, pidFile: string): DatabaseSync {
  let lock: DatabaseSync | null = null;
  try {
    lock = new DatabaseSync(join(folder, 'lock.sqlite'), { timeout: 0 });
    lock.exec('PRAGMA locking_mode = EXCLUSIVE');
    lock.exec('BEGIN EXCLUSIVE');
    return lock;
  } catch (error) {
    lock?.close();
    if (!/locked|busy/.test(error instanceof Error ? error.message : '')) throw diskError(folder, error);
    throw new BootError(`Another local runtime (process ${readPid(pidFile)}) already works on ${folder}.`);
  }
}

function readPid(pidFile: string): string {
  try {
    return readFileSync(pidFile, 'utf8');
  } catch {
    return 'unknown';
  }
}
