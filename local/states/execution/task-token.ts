import { randomBytes } from 'node:crypto';

/** What a task token says about itself: enough to tell an old token from one that never was. */
export interface TokenAddress {
  readonly execution: number;
  readonly strand: number;
}

/** A token that cannot be guessed; it is opaque to whoever gets it. */
export function newTaskToken({ execution, strand }: TokenAddress): string {
  const head = Buffer.from(`${PREFIX}:${execution}:${strand}:`);
  return Buffer.concat([head, randomBytes(48)]).toString('base64');
}

/** Null for a text that cannot have been a token. */
export function addressOf(token: string): TokenAddress | null {
  const match = PATTERN.exec(Buffer.from(token, 'base64').toString('latin1'));
  return match === null ? null : { execution: Number(match[1]), strand: Number(match[2]) };
}

const PREFIX = 'task';
const PATTERN = /^task:(\d{1,15}):(\d{1,15}):[\s\S]{48}$/;
