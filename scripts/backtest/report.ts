import * as z from 'zod';
import { table } from '../report/table.ts';
import { instant } from '../report/words.ts';

/** What `POST /api/workflows/{id}/back-test` answers. */
export const BacktestAnswer = z.object({
  summary: z.string(),
  days: z.int(),
  cases: z.int(),
  items: z.int(),
  stopped: z.string().nullable(),
  changed: z.array(
    z.object({
      caseId: z.string(),
      actionId: z.string().nullable(),
      atMs: z.number(),
      before: z.string(),
      after: z.string(),
      said: z.object({ verb: z.string(), by: z.string().nullable(), reason: z.string() }).nullable(),
    }),
  ),
});
export type BacktestAnswer = z.infer<typeof BacktestAnswer>;

/** The answer for a terminal: the sentence, then each item that would have been treated otherwise. */
export function backtestReport({ summary, days, cases, stopped, changed }: BacktestAnswer): string[] {
  const looked = `Looked at ${cases} closed ${cases === 1 ? 'case' : 'cases'} of the last ${days} days.`;
  const rows = changed.map(({ caseId, actionId, atMs, before, after, said }) => [
    ...[caseId, instant(atMs), actionId ?? 'decision', before, after],
    said === null ? '' : `${said.by ?? 'nobody'}: ${said.verb}${said.reason === '' ? '' : ` (${said.reason})`}`,
  ]);
  const head = ['case', 'decided', 'what', 'was', 'would be', 'people said'];
  return [
    summary,
    stopped === null ? looked : `${looked} ${stopped}`,
    ...(rows.length === 0 ? [] : ['', ...table(head, rows)]),
  ];
}
