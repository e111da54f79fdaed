import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';

const shared = resolve(process.env['REMIT_SHARED'] ?? '../shared');
const runner = join(shared, 'conformance/asl/run.mjs');
const isThere = existsSync(runner);

if (!isThere) process.stderr.write(`SKIPPED: no recorded executions at ${runner}; set REMIT_SHARED\n`);

interface Result {
  readonly id: string;
  readonly pass: boolean;
  readonly history: boolean | null;
  readonly why: string | null;
}

/** Runs the recorded cases of one kind through the adapter, in a process of its own. */
async function run(kind: string): Promise<readonly Result[]> {
  const folder = mkdtempSync(join(tmpdir(), 'conformance-'));
  try {
    const file = join(folder, 'results.json');
    const adapter = join(import.meta.dirname, 'conformance-adapter.ts');
    // The runner's exit status says that a case failed; the file says which.
    await new Promise((done) =>
      execFile(process.execPath, [runner, '--adapter', adapter, '--kind', kind, '--json', file], done),
    );
    const parsed = JSON.parse(readFileSync(file, 'utf8')) as { results: readonly Result[] } | readonly Result[];
    return 'results' in parsed ? parsed.results : parsed;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const share = (results: readonly Result[], passes: (result: Result) => boolean): number =>
  results.filter(passes).length / results.length;

/** Cases that differ, each with its reason. */
const EXCEPTIONS: Readonly<Record<string, string>> = {
  'test_field_validation_mode_present.test_present_mode_aws_sdk_kms_task_wrong_blob_length_less_than_minimum_.validation-exception':
    'the local runtime does not have KMS, and takes mocks of it as they are',
  'test_field_validation_mode_present.test_present_mode_aws_sdk_kms_task_wrong_blob_type_number_.validation-exception':
    'the local runtime does not have KMS, and takes mocks of it as they are',
  'test_field_validation_mode_present.test_present_mode_aws_sdk_s3_task_non_existent_enum_value_.validation-exception':
    'the local runtime does not have S3, and takes mocks of it as they are',
  'test_field_validation_mode_present.test_present_mode_aws_sdk_s3_task_wrong_long_type_string_.validation-exception':
    'the local runtime does not have S3, and takes mocks of it as they are',
};

describe.skipIf(!isThere)('executions recorded on AWS', () => {
  it('end with the same status, output and error, and with the same history', async () => {
    const results = await run('execution');
    expect(results.length).toBeGreaterThan(0);
    expect(share(results, ({ pass }) => pass)).toBeGreaterThanOrEqual(0.98);
    const withHistory = results.filter(({ history }) => history !== null);
    expect(share(withHistory, ({ history }) => history === true)).toBeGreaterThanOrEqual(0.95);
  }, 60_000);

  it.each(['validation', 'api', 'teststate'])('and calls of kind %s are answered as there', async (kind) => {
    const results = await run(kind);
    const failed = results.filter(({ id, pass }) => !pass && EXCEPTIONS[id] === undefined);
    expect(failed.map(({ id, why }) => [id, why])).toEqual([]);
  });
});
