import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ListBucketsCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { afterAll, expect, it } from 'vitest';
import { deployedAssembly, people } from '../support/deployment.ts';
import { freePort } from '../support/free-port.ts';
import { s3Of } from '../support/inbound.ts';
import { patiently } from '../support/patiently.ts';
import { dayFile, FINANCE, type PaymentCase, paymentCases } from '../support/payments.ts';
import { RuntimeProcess } from '../support/runtime-process.ts';

/** Of three pieces, and too large for the queue. */
const LINES = 1_050;

const assembly = deployedAssembly();
const home = mkdtempSync(join(tmpdir(), 'remit-file-crash-'));
const runtime = new RuntimeProcess(assembly, home);
let url = '';

afterAll(async () => {
  await runtime.kill();
  rmSync(home, { recursive: true, force: true });
  rmSync(assembly, { recursive: true, force: true });
});

it('kill -9 of the runtime in the middle of a large file loses no line and doubles none', {
  timeout: 900_000,
}, async () => {
  // given
  const port = await freePort();
  url = `http://127.0.0.1:${port}`;
  await runtime.start(port);
  await drop(largeFile());

  // when: it is killed while the file is divided or put on the queue, and twice while its lines are worked on
  await new Promise((resolve) => setTimeout(resolve, 1_000));
  await killed(port);
  for (const begun of [1, LINES / 3]) {
    const cases = await casesWhen((found) => found.length >= begun);
    expect(cases.length).toBeLessThan(LINES);
    await killed(port);
  }

  // then
  const cases = await casesWhen((found) => found.length >= LINES && found.every(({ state }) => state !== 'open'));
  expect(cases.map(({ input }) => input['id']).toSorted()).toEqual(ids().toSorted());
  expect(cases.filter(({ problems }) => problems.length > 0)).toEqual([]);
  const { effects } = people(url);
  const booked: number[] = [];
  for (const { caseId } of cases) {
    const done = (await effects(caseId)).filter(({ connector }) => connector === 'sandbox.books-entry');
    booked.push(done.length);
  }
  expect(booked.filter((times) => times > 1)).toEqual([]);
  expect(booked.filter((times) => times === 1).length).toBeGreaterThan(0);
  const mails = await summaries();
  expect(mails.map(({ subject }) => subject)).toEqual([expect.stringMatching(`^${LINES} lines: `)]);
  expect(mails[0]?.text).toMatch(new RegExp(`^Lines: +${LINES}: ${LINES} new$`, 'm'));
});

async function killed(port: number): Promise<void> {
  await runtime.kill();
  await runtime.start(port);
}

function ids(): string[] {
  return Array.from({ length: LINES }, (_, at) => `L-${String(at).padStart(5, '0')}`);
}

/** Small payments that differ in all that they are known by. */
function largeFile(): string {
  const [heading = ''] = dayFile().split('\n');
  const memo = `folders for the archive shelf ${'and more of them '.repeat(8)}`.trim();
  const rows = ids().map((id, at) => {
    const shop = `joana.reis@remit.example,Operations,company-card,Papierkontor,Stationery`;
    return `${id},2026-04-14,card-${id},${shop},${(10 + at / 100).toFixed(2)},EUR,${memo}`;
  });
  return [heading, ...rows, ''].join('\n');
}

async function drop(file: string): Promise<void> {
  const s3 = s3Of({ url });
  const { Buckets = [] } = await s3.send(new ListBucketsCommand({}));
  const Bucket = Buckets.map(({ Name = '' }) => Name).find((name) => /brought/i.test(name));
  await s3.send(new PutObjectCommand({ Bucket, Key: 'expense-categorisation/large.csv', Body: file }));
}

function casesWhen(holds: (found: readonly PaymentCase[]) => boolean): Promise<readonly PaymentCase[]> {
  const patience = { what: 'the lines of a file', forMs: 600_000, everyMs: 400 };
  return patiently(() => paymentCases(url), holds, patience);
}

function summaries() {
  const { advance, mails } = people(url);
  const look = async () => {
    // The longest that it waits between two looks.
    await advance(301);
    return (await mails(FINANCE)).filter(({ subject }) => / lines: /.test(subject));
  };
  const patience = { what: 'a mail about what came of the file', forMs: 150_000, everyMs: 500 };
  return patiently(look, ({ length }) => length > 0, patience);
}
