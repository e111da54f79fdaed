import { segmentKey } from '../../domain/phase-changes.ts';
import type { SegmentRecord } from '../../domain/promotion.ts';
import { firstDayOf, type SpotFigures, spotFigures } from '../../domain/spot-checks/figures.ts';
import type { RecordStore } from '../../ports/index.ts';

/** As many cases as may be drawn in the days that count. */
export const MOST_CHECKS = 1_200;

/** What the spot-checks of one workflow say, of whatever is asked. Where nothing was drawn, no checks are read. */
export async function readFigures(
  records: RecordStore,
  workflow: string,
  nowMs: number,
): Promise<(of: { readonly version: string; readonly segment?: string; readonly sinceMs?: number }) => SpotFigures> {
  const draws = await records.spotDraws({ workflow, sinceDay: firstDayOf(nowMs) });
  const checks = draws.length === 0 ? [] : await records.spotChecks({ workflow, limit: MOST_CHECKS });
  return ({ version, segment, sinceMs = 0 }) =>
    spotFigures(draws, checks, {
      ...{ version, sinceDay: firstDayOf(nowMs, sinceMs) },
      ...(segment === undefined ? {} : { segment }),
    });
}

/** Of the cases of one segment under its version, from the first whole day of its phase on. */
export function figuresInPhase(
  figures: Awaited<ReturnType<typeof readFigures>>,
  { segment, version, sinceMs }: Pick<SegmentRecord, 'segment' | 'version' | 'sinceMs'>,
): SpotFigures {
  return figures({ version, segment: segmentKey(segment), sinceMs });
}
