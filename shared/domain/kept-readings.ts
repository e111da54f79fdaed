import type { Json, JsonObject, Reading } from '../contracts/index.ts';
import { sha256 } from './digest.ts';

/**
 * Readings of one turn that are handed on with their data, in bytes of JSON. An item holds at most 400 KB, and that of the
 * case holds what came in and what all of its agents read.
 */
const HANDED_ON_BYTES = 48 * 1_024;

/** A reading up to here is no longer than its reference would be. */
const SMALL_BYTES = 512;

/** The JSON text of a reading's data and arguments, by its own digest. */
export interface KeptReading {
  readonly id: string;
  readonly text: string;
}

/** Readings as steps hand them on, and those that are kept elsewhere because they are too large for it. */
export function handedOn(readings: readonly Reading[]): {
  readonly readings: readonly Reading[];
  readonly toKeep: readonly KeptReading[];
} {
  let left = HANDED_ON_BYTES;
  const toKeep: KeptReading[] = [];
  const slim = readings.map((reading): Reading => {
    const bytes = Buffer.byteLength(JSON.stringify(reading));
    if (bytes <= SMALL_BYTES) return reading;
    left -= bytes;
    if (left >= 0) return reading;
    left += bytes;
    const kept = keptOf(reading);
    toKeep.push(kept);
    return referenceTo(reading, kept);
  });
  return { readings: slim, toKeep };
}

/** What could not be kept was not read: nobody could ever see what an answer rests on. */
export function notKept(reading: Reading): Reading {
  const { source, readAtMs, tookMs } = reading;
  const problems = ['it was read, and could not be kept as evidence'];
  return { source, status: 'failed', readAtMs, tookMs, data: null, problems };
}

/** Of each source the first reading that gave something: the one that rules see. */
export function firstReadings(readings: readonly Reading[]): readonly Reading[] {
  return readings.filter(
    ({ source, status }, at) =>
      status !== 'failed' && readings.findIndex((other) => other.source === source && other.status !== 'failed') === at,
  );
}

/** @throws where the text is not what was kept. */
export function restored(reading: Reading, { id, text }: KeptReading): Reading {
  if (sha256(text) !== id) throw new Error(`What was kept of ${reading.source} is not what was read`);
  const { kept: _kept, ...rest } = reading;
  const { data, arguments: asked } = JSON.parse(text) as {
    readonly data: Json;
    readonly arguments?: JsonObject | null;
  };
  return { ...rest, data, ...(asked === null || asked === undefined ? {} : { arguments: asked }) };
}

function keptOf({ data, arguments: args }: Reading): KeptReading {
  const text = JSON.stringify({ data, arguments: args ?? null });
  return { id: sha256(text), text };
}

const MOST_PROBLEMS = 3;
const LONGEST_PROBLEM = 100;

function referenceTo(reading: Reading, { id, text }: KeptReading): Reading {
  const { arguments: _arguments, ...rest } = reading;
  const problems = reading.problems
    .slice(0, MOST_PROBLEMS)
    .map((text) => text.slice(0, LONGEST_PROBLEM).toWellFormed());
  return { ...rest, problems, data: null, kept: { id, bytes: Buffer.byteLength(text) } };
}
