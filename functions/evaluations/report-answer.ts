import { gzipSync } from 'node:zlib';
import { readReport } from '../../evals/machine/stored-report.ts';
import { evaluationPage } from '../../evals/report/page.ts';
import type { EvaluationRun } from '../../shared/contracts/index.ts';
import { headersWith } from '../../shared/pages/page-headers.ts';
import type { EvaluationStore } from '../../shared/ports/index.ts';
import { type HttpAnswer, type HttpRequest, json } from '../triggers/http.ts';

/** What the page needs to look like itself, and no more: it loads nothing and runs nothing. */
const PAGE_POLICY = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; base-uri 'none'";

const HEADERS = {
  report: { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store' },
  page: { ...headersWith(''), 'content-security-policy': PAGE_POLICY },
} as const;

/** The report of an evaluation, without rows that were removed since. Null where there is none; 409 where it was changed. */
export async function reportAnswer(
  evaluations: Pick<EvaluationStore, 'file' | 'results' | 'sights'>,
  run: EvaluationRun,
  form: keyof typeof HEADERS,
  request: HttpRequest,
): Promise<HttpAnswer | null> {
  const found = await readReport(evaluations, run);
  if (found.kind === 'none') return null;
  if (found.kind === 'changed') return json(409, { message: found.problem });
  const text = form === 'report' ? JSON.stringify(found.report) : evaluationPage(found.report);
  const isGzipTaken = /\bgzip\b/.test(request.headers['accept-encoding'] ?? '');
  return {
    statusCode: 200,
    headers: { ...HEADERS[form], ...(isGzipTaken ? { 'content-encoding': 'gzip' } : {}) },
    body: (isGzipTaken ? gzipSync(text) : Buffer.from(text)).toString('base64'),
    isBase64Encoded: true,
  };
}
