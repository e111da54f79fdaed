import { randomBytes, randomInt } from 'node:crypto';
import type { Clock, Ids } from '../ports/index.ts';

/** The machine's own time. */
export const systemClock: Clock = {
  nowMs: () => Date.now(),
  sleep: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
};

/** 128 random bits in hexadecimal digits, for what must not be guessed by its digest. */
export function systemSalt(): string {
  return randomBytes(16).toString('hex');
}

/** The machine's own chance. */
export const systemIds: Ids = {
  linkSecret: () => randomBytes(16).toString('base64url'),
  code: () => String(randomInt(1_000_000)).padStart(6, '0'),
};
