import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { EXCEPTIONS } from './conformance/exceptions.ts';
import type { CaseResult } from './conformance/run-corpus.ts';
import { runCorpus } from './conformance/run-corpus.ts';

const corpus = join(resolve(process.env['REMIT_SHARED'] ?? '../shared'), 'conformance/asl');
const isThere = existsSync(join(corpus, 'run.mjs'));

if (!isThere) process.stderr.write(`SKIPPED: no recorded executions at ${corpus}; set REMIT_SHARED\n`);

function share(results: readonly CaseResult[], passes: (result: CaseResult) => boolean): number {
  return results.filter(passes).length / results.length;
}

describe.skipIf(!isThere)('executions recorded on AWS', () => {
  it('end with the same status, output and error, and with the same history', async () => {
    const { results } = await runCorpus(corpus, ['--kind', 'execution']);
    expect(results.length).toBeGreaterThan(0);
    expect(share(results, ({ pass }) => pass)).toBeGreaterThanOrEqual(0.98);
    const withHistory = results.filter(({ history }) => history !== null && history !== undefined);
    expect(share(withHistory, ({ history }) => history === true)).toBeGreaterThanOrEqual(0.95);
  }, 60_000);

  it('differ only where an exception says why', async () => {
    const { results } = await runCorpus(corpus, ['--kind', 'all']);
    const failed = results.filter(({ id, pass }) => !pass && EXCEPTIONS[id] === undefined);
    expect(failed.map(({ id, why }) => [id, why])).toEqual([]);
  }, 60_000);
});
