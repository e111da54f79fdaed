import type { Reading } from '../contracts/index.ts';
import { firstReadings, handedOn, type KeptReading, notKept, restored } from '../domain/kept-readings.ts';
import type { ReadingStore, Telemetry } from '../ports/index.ts';

/** Writes at the same time. */
const AT_ONCE = 20;

interface KeepPorts {
  readonly readings: ReadingStore;
  readonly telemetry: Telemetry;
}

/** Readings as a step hands them on; what is too large for that is kept, each on its own. */
export async function keepReadings(ports: KeepPorts, caseId: string, all: readonly Reading[]): Promise<Reading[]> {
  const { readings, toKeep } = handedOn(all);
  const lost = new Set<string>();
  for (let from = 0; from < toKeep.length; from += AT_ONCE) {
    const some = toKeep.slice(from, from + AT_ONCE);
    const results = await Promise.allSettled(some.map((kept) => ports.readings.keep(caseId, kept)));
    for (const [at, { status }] of results.entries()) if (status === 'rejected') lost.add(some[at]?.id ?? '');
  }
  if (lost.size > 0) ports.telemetry.log('readings-not-kept', { caseId, count: lost.size });
  return readings.map((reading) => (lost.has(reading.kept?.id ?? '') ? notKept(reading) : reading));
}

/**
 * Readings with the data that rules and plans look at. @throws where the first of a source is not there any more; a later
 * one stays without its data, and nothing can rest on it.
 */
export function wholeReadings(store: ReadingStore, caseId: string, all: readonly Reading[]): Promise<Reading[]> {
  const needed = new Set(firstReadings(all));
  return Promise.all(
    all.map((reading) => {
      const restoring = whole(store, caseId, reading);
      return needed.has(reading) ? restoring : restoring.catch(() => reading);
    }),
  );
}

/** Turns, or a case, in the same way. */
export async function withWholeReadings<T extends { readonly readings: readonly Reading[] }>(
  store: ReadingStore,
  caseId: string,
  one: T,
): Promise<T> {
  if (one.readings.every(({ kept }) => kept === undefined)) return one;
  return { ...one, readings: await wholeReadings(store, caseId, one.readings) };
}

async function whole(store: ReadingStore, caseId: string, reading: Reading): Promise<Reading> {
  if (reading.kept === undefined) return reading;
  const { id } = reading.kept;
  const text = await store.text(caseId, id);
  if (text === null) throw new Error(`What was read of ${reading.source} is not kept any more`);
  return restored(reading, { id, text } satisfies KeptReading);
}
