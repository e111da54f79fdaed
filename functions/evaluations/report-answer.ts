import { gunzipSync } from 'node:zlib';
import { reportFiles } from '../../evals/machine/report-files.ts';
import type { EvaluationRun } from '../../shared/contracts/index.ts';
import { pageHeaders } from '../../shared/pages/index.ts';
import type { EvaluationStore } from '../../shared/ports/index.ts';
import type { HttpAnswer, HttpRequest } from '../triggers/http.ts';

/** What the page needs to look like itself, and no more: it loads nothing and runs nothing. */
const PAGE_POLICY = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; base-uri 'none'";

const HEADERS = {
  report: { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store' },
  page: { ...pageHeaders(), 'content-security-policy': PAGE_POLICY },
} as const;

/** The report of an evaluation, as it lies there: gzipped, where that is taken. Null where there is none. */
export async function reportAnswer(
  evaluations: Pick<EvaluationStore, 'file'>,
  { id, attempt }: Pick<EvaluationRun, 'id' | 'attempt'>,
  form: keyof typeof HEADERS,
  request: HttpRequest,
): Promise<HttpAnswer | null> {
  const { json, page } = reportFiles(attempt);
  const bytes = await evaluations.file(id, form === 'report' ? json : page);
  if (bytes === null) return null;
  const isGzipTaken = /\bgzip\b/.test(request.headers['accept-encoding'] ?? '');
  return {
    statusCode: 200,
    headers: { ...HEADERS[form], ...(isGzipTaken ? { 'content-encoding': 'gzip' } : {}) },
    body: Buffer.from(isGzipTaken ? bytes : gunzipSync(bytes)).toString('base64'),
    isBase64Encoded: true,
  };
}
