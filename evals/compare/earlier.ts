import * as z from 'zod';
import { CaseResult } from '../run/result.ts';

/** What of an earlier run's case a comparison looks at. A baseline does not say how long it took: it was another machine. */
export const Earlier = CaseResult.pick({ id: true, digest: true, isRight: true, isAlone: true, costUsd: true }).extend({
  tookMs: z.number().min(0).nullable(),
});
export type Earlier = z.infer<typeof Earlier>;

/** A report, or the baseline of one. */
export const EarlierRun = z.object({
  gates: z
    .array(z.object({ id: z.string(), passes: z.boolean() }))
    .readonly()
    .default([]),
  cases: z.array(Earlier).readonly(),
});
export type EarlierRun = z.infer<typeof EarlierRun>;

/** The cases and gates of a report, or of a baseline. @throws Error where the text is neither. */
export function parseEarlier(text: string): EarlierRun {
  if (!text.startsWith('{"format":"remit baseline 1"')) return EarlierRun.parse(JSON.parse(text));
  const [head, ...cases] = text.split('\n').filter((line) => line !== '');
  return EarlierRun.parse({ ...JSON.parse(head ?? ''), cases: cases.map((line): unknown => JSON.parse(line)) });
}
