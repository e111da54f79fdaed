import { gunzipSync, gzipSync } from 'node:zlib';
import * as z from 'zod';
import type { EvaluationRun } from '../../shared/contracts/index.ts';
import { sha256 } from '../../shared/domain/digest.ts';
import type { EvaluationStore } from '../../shared/ports/index.ts';
import type { Report } from '../report/report.ts';
import { reportFile } from './report-files.ts';
import { parseRow, rowDigest, StoredSight } from './stored-rows.ts';

/** A report without its rows, which lie beside it, each by itself: one person's can be taken away, and the digest still holds. */
interface StoredReport {
  readonly report: Omit<Report, 'cases' | 'worst' | 'removed'>;
  /** In the order of the set. */
  readonly rows: readonly RowDigest[];
  /** The worst, the surest first, with what the agent saw. */
  readonly sights: readonly RowDigest[];
}

interface RowDigest {
  readonly example: string;
  readonly digest: string;
}

const Digests = z.array(z.object({ example: z.string(), digest: z.string() }));
/** What is read back is held to its digest; of what it is, only the parts are looked at. */
const Stored = z.object({ report: z.record(z.string(), z.unknown()), rows: Digests, sights: Digests });

export interface ReportRows {
  /** Texts of the rows and sights, by example. */
  readonly rows: ReadonlyMap<string, string>;
  readonly sights: ReadonlyMap<string, string>;
}

/** Keeps the report of an attempt; what was kept first stays. @returns the digest of what is kept. */
export async function keepReport(
  evaluations: EvaluationStore,
  { id, attempt }: Pick<EvaluationRun, 'id' | 'attempt'>,
  { cases, worst, removed: _none, ...report }: Report,
  { rows, sights }: ReportRows,
): Promise<string> {
  const digests = (examples: readonly string[], texts: ReadonlyMap<string, string>): RowDigest[] =>
    examples.map((example) => ({ example, digest: rowDigest(texts.get(example) ?? '') }));
  const stored: StoredReport = {
    report,
    rows: digests(
      cases.map((result) => result.id),
      rows,
    ),
    sights: digests(
      worst.map(({ result }) => result.id),
      sights,
    ),
  };
  await evaluations.keepFile(id, reportFile(attempt), gzipSync(JSON.stringify(stored)));
  const kept = await evaluations.file(id, reportFile(attempt));
  return sha256(textOf(kept ?? new Uint8Array()));
}

/**
 * | kind | what |
 * |---|---|
 * | `read` | as it was made, but for rows that were removed since; `digest` is the one that is on record |
 * | `none` | nothing was measured, or it is gone |
 * | `changed` | it is not what was made: nothing may rest on it |
 */
export type ReadReport =
  | { readonly kind: 'read'; readonly report: Report; readonly digest: string }
  | { readonly kind: 'none' }
  | { readonly kind: 'changed'; readonly problem: string };

type ReportStore = Pick<EvaluationStore, 'file' | 'results' | 'sights'>;

/** The report of an evaluation, put together of its figures and of the rows that are there, each held to its digest. */
export async function readReport(evaluations: ReportStore, run: EvaluationRun): Promise<ReadReport> {
  const { id, attempt, outcome } = run;
  const bytes = outcome?.state === 'measured' ? await evaluations.file(id, reportFile(attempt)) : null;
  if (bytes === null) return { kind: 'none' };
  const text = textOf(bytes);
  const digest = sha256(text);
  if (digest !== outcome?.reportDigest) return changed('Its figures are not those that were measured.');
  const stored = Stored.parse(JSON.parse(text));
  const rows = new Map((await evaluations.results(id)).map((kept) => [kept.example, kept.text]));
  const sights = new Map((await evaluations.sights(id, attempt)).map((kept) => [kept.example, kept.text]));
  const odd = oddIn(stored.rows, rows) ?? oddIn(stored.sights, sights);
  if (odd !== null) return changed(`The row of ${odd} is not the one that was measured.`);
  const cases = stored.rows.flatMap(({ example }) => {
    const row = rows.get(example);
    return row === undefined ? [] : [parseRow(row).result];
  });
  const worst = stored.sights.flatMap(({ example }) => {
    const [seen, result] = [sights.get(example), cases.find((one) => one.id === example)];
    if (seen === undefined || result === undefined) return [];
    const { input, sources, note } = StoredSight.parse(JSON.parse(seen));
    return [{ result, input, sources, note }];
  });
  const removed = stored.rows.filter(({ example }) => !rows.has(example)).length;
  const figures = stored.report as unknown as StoredReport['report'];
  return { kind: 'read', report: { ...figures, worst, removed, cases }, digest };
}

function changed(problem: string): ReadReport {
  return { kind: 'changed', problem: `This report was changed after it was made. ${problem}` };
}

/** The first that is there and not what it was; null for none. */
function oddIn(digests: readonly RowDigest[], texts: ReadonlyMap<string, string>): string | null {
  const odd = digests.find(({ example, digest }) => {
    const text = texts.get(example);
    return text !== undefined && rowDigest(text) !== digest;
  });
  return odd?.example ?? null;
}

function textOf(gzipped: Uint8Array): string {
  try {
    return gunzipSync(gzipped).toString('utf8');
  } catch {
    // Nothing that was ever kept by this: its digest is that of no report.
    return '';
  }
}
