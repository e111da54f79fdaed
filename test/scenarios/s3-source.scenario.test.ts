import { DeleteObjectCommand, GetObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Caller } from '../../local/kernel/service.ts';
import { type CaseAnswer, type Deployment, startDeployment } from '../support/deployment.ts';
import { bucketOf, s3Of } from '../support/inbound.ts';
import { dayFile, EXPENSES, FINANCE, paymentCases, samplePayment } from '../support/payments.ts';

const KEY = 'expense-categorisation/limits.csv';
let remit: Deployment;
let first = '';
beforeAll(async () => {
  remit = await startDeployment();
  const found = await s3Of(remit).send(new GetObjectCommand({ Bucket: bucketOf(remit, 'OwnFiles'), Key: KEY }));
  first = (await found.Body?.transformToString()) ?? '';
}, 180_000);
afterAll(() => remit?.stop());

/** As finance would, with any client of S3. */
async function putLimits(text: string, type = 'text/csv'): Promise<void> {
  const Bucket = bucketOf(remit, 'OwnFiles');
  await s3Of(remit).send(new PutObjectCommand({ Bucket, Key: KEY, Body: text, ContentType: type }));
}

async function decided(id: string): Promise<CaseAnswer> {
  const { caseId } = await remit.trigger(EXPENSES, samplePayment('small-payment', { id }));
  return remit.waitFor(caseId, ({ state }) => state !== 'open');
}

const reasonsOf = ({ verdict }: CaseAnswer) => (verdict?.reasons ?? []).map(({ code }) => code);
/** The page that the finance manager reads. */
const storyOf = async ({ caseId }: CaseAnswer): Promise<string> => {
  const answer = await remit.api(`/api/cases/${caseId}`, {}, FINANCE);
  return answer.text();
};
const booked = async ({ caseId }: CaseAnswer) => (await remit.effects(caseId)).length > 0;

describe('the table of limits in the bucket', () => {
  it('is there from the first start, and lets a payment be booked that no limit forbids', async () => {
    expect(first).toMatch(/^account,most_at_once,note\n/);
    const found = await decided('L-1');
    expect(found).toMatchObject({ state: 'closed', outcome: 'done', decision: { isOverLimit: false } });
    expect(await booked(found)).toBe(true);
  });

  it('says from the next case on what finance has put into it, without a deploy', async () => {
    await putLimits(`${first}office-supplies,30.00,Made up: paper is dear this month\n`);
    const found = await decided('L-2');
    expect(found).toMatchObject({ state: 'waiting', decision: { account: 'office-supplies', isOverLimit: true } });
    expect(reasonsOf(found)).toContain('rule:over-limit');
    expect(await booked(found)).toBe(false);
  });

  const HEADING = 'account,most_at_once,note\n';
  it.each([
    [
      'an amount that could be read in two ways',
      'L-3',
      `${HEADING}lodging,"30,00",x\n`,
      'text/csv',
      'written like 60.00',
    ],
    ['an account that there is not', 'L-4', `${HEADING}paper,30.00,x\n`, 'text/csv', 'account'],
    ['a heading alone', 'L-5', HEADING, 'text/csv', 'it has no rows'],
    ['another kind of file under its name', 'L-6', `${HEADING}lodging,9,x\n`, 'image/png', 'its type is'],
    ['more than is read of it', 'L-7', `${HEADING}${'x'.repeat(1_000_001)}`, 'text/csv', 'at most 1000000 are read'],
  ])('with %s is no table: a person decides, who reads why', async (_what, id, text, type, why) => {
    await putLimits(text, type);
    const found = await decided(id);
    expect(found).toMatchObject({ state: 'waiting' });
    expect(await storyOf(found)).toContain('limits.csv: ');
    expect(await storyOf(found)).toContain(why);
    expect(await booked(found)).toBe(false);
  });

  it('that is gone sends the case to a person', async () => {
    await s3Of(remit).send(new DeleteObjectCommand({ Bucket: bucketOf(remit, 'OwnFiles'), Key: KEY }));
    const found = await decided('L-8');
    expect(found).toMatchObject({ state: 'waiting' });
    expect(await storyOf(found)).toContain('limits.csv: it is not there, or may not be read');
    expect(await booked(found)).toBe(false);
  });
});

describe('the function that reads it', () => {
  it('reaches its prefix and nothing else, and is not told what is missing there', async () => {
    await putLimits(first);
    const role = remit.runtime.resources.find(
      ({ type, properties }) => type === 'AWS::IAM::Role' && properties['Description'] === 'Role of run-turn',
    );
    const caller: Caller = { kind: 'role', roleArn: role?.attributes['Arn'] ?? '', sessionName: 's', traceId: null };
    const read = (Key: string, Bucket = bucketOf(remit, 'OwnFiles')) =>
      remit.runtime.dispatch({ service: 's3', operation: 'GetObject', input: { Bucket, Key }, caller });
    expect(await read(KEY)).toMatchObject({ ETag: expect.any(String) });
    for (const key of ['payroll/all.csv', 'expense-categorisation', 'expense-categorisation/gone.csv']) {
      await expect(read(key)).rejects.toMatchObject({ name: expect.stringMatching(/^AccessDenied/) });
    }
    await expect(read('a', bucketOf(remit, 'BroughtFiles'))).rejects.toMatchObject({
      name: expect.stringMatching(/^AccessDenied/),
    });
    const put = { Bucket: bucketOf(remit, 'OwnFiles'), Key: KEY, Body: '' };
    const writing = remit.runtime.dispatch({ service: 's3', operation: 'PutObject', input: put, caller });
    await expect(writing).rejects.toMatchObject({ name: expect.stringMatching(/^AccessDenied/) });
  });
});

describe('a file that is larger than a message', () => {
  it('is read where it lies: each payment in it is one case, and the owner is told at its end', async () => {
    const [heading = '', ...payments] = dayFile().trim().split('\n');
    const some = payments.slice(0, 3).map((line) => line.replace(/^[^,]+/, (id) => `${id}-large`));
    // The same payments over and over, so that the file is large and the machine has little to decide.
    const lines = Array.from({ length: 3_000 }, (_, index) => some[index % some.length] ?? '');
    const file = [heading, ...lines, 'T-broken,2026-03-02'].join('\n');
    expect(Buffer.byteLength(file)).toBeGreaterThan(230_000);
    const before = (await paymentCases(remit.url)).length;
    const put = { Bucket: bucketOf(remit, 'BroughtFiles'), Key: 'expense-categorisation/large.csv', Body: file };
    await s3Of(remit).send(new PutObjectCommand(put));
    const told = async () => (await remit.mails(FINANCE)).filter(({ subject }) => subject.startsWith('3001 lines'));
    await expect.poll(async () => (await told()).length, { timeout: 120_000 }).toBe(1);
    expect((await told())[0]?.text).toContain('3001: 4 new, 2997 twice in the file, 1 not readable');
    const found = await paymentCases(remit.url);
    expect(found).toHaveLength(before + 4);
    const broken = found.filter(({ problems }) => problems.includes('It begins in line 3002 of the file.'));
    expect(broken.map(({ input }) => input)).toEqual([{ line: 'T-broken,2026-03-02' }]);
  }, 180_000);
});

describe('the page of files', () => {
  const page = async (path: string) => (await fetch(`${remit.url}/_local/files/${path}`)).text();

  it('shows every bucket with its files, and what is in one', async () => {
    const list = await page('');
    expect(list).toContain(bucketOf(remit, 'OwnFiles'));
    expect(list).toContain('A file <code>expense-categorisation/*.csv</code> starts cases.');
    const bucket = encodeURIComponent(bucketOf(remit, 'OwnFiles'));
    const shown = await page(`show?bucket=${bucket}&key=${encodeURIComponent(KEY)}`);
    expect(shown).toContain('travel-meals,60.00');
    expect((await fetch(`${remit.url}/_local/files/show?bucket=${bucket}&key=gone`)).status).toBe(404);
  });

  it('takes a file by its form, which starts a case for each of its lines', async () => {
    const form = new FormData();
    form.set('bucket', bucketOf(remit, 'BroughtFiles'));
    form.set('folder', 'expense-categorisation');
    form.set(
      'file',
      new File([dayFile().split('\n').slice(0, 3).join('\n')], 'two-payments.csv', { type: 'text/csv' }),
    );
    const before = (await paymentCases(remit.url)).length;
    const answer = await fetch(`${remit.url}/_local/files/drop`, { method: 'POST', body: form, redirect: 'manual' });
    expect([answer.status, answer.headers.get('location')]).toEqual([303, '/_local/files/']);
    await expect.poll(async () => (await paymentCases(remit.url)).length, { timeout: 30_000 }).toBe(before + 2);
    expect(await page('')).toContain('expense-categorisation/two-payments.csv');
  });

  it('takes a text with a name too, and says what is missing', async () => {
    const drop = async (fields: Readonly<Record<string, string>>) => {
      const form = new FormData();
      for (const [name, value] of Object.entries(fields)) form.set(name, value);
      return fetch(`${remit.url}/_local/files/drop`, { method: 'POST', body: form, redirect: 'manual' });
    };
    const bucket = bucketOf(remit, 'OwnFiles');
    expect((await drop({ bucket, folder: 'notes/', name: 'a.txt', text: 'Hello <b>' })).status).toBe(303);
    expect(await page(`show?bucket=${bucket}&key=notes/a.txt`)).toContain('<pre>Hello &lt;b&gt;</pre>');
    expect((await drop({ bucket, folder: 'notes' })).status).toBe(400);
    expect((await drop({ bucket: 'no-such-bucket', name: 'a.txt' })).status).toBe(404);
    const odd = await fetch(`${remit.url}/_local/files/drop`, { method: 'POST', body: 'x' });
    expect(odd.status).toBe(400);
  });
});
