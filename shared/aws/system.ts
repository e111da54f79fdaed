import { randomBytes, randomInt } from 'node:crypto';
import type { Clock, Ids } from '../ports/index.ts';

/** The machine's own time. */
export const systemClock: Clock = {
  nowMs: () => Date.now(),
  sleep: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
};

/** The machine's own chance. */
export const systemIds: Ids = {
  linkSecret: () => randomBytes(16).toString('base64url'),
  code: () => String(randomInt(1_000_000)).padStart(6, '0'),
};
