import { globSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { readBatchFile, readLine } from '../../shared/domain/batches/batch-file.ts';
import { textOf } from '../../shared/domain/batches/file-records.ts';
import { pairsAlike, wordsOf } from '../../test/support/alike-texts.ts';
import { connectorWorld, noObjects } from '../../test/support/connector-world.ts';
import { ACCOUNTS, Account } from './accounts.ts';
import { isOverLimit, limitsBelow } from './limits.ts';
import { merchantKey } from './merchant.ts';
import { ExpenseJudgement, fromFeed, Transaction } from './transaction.ts';

const FILE = { etag: 'e1', changedAtMs: 0, versionId: 'v1', type: 'text/csv', mark: null };

const AccountNumber = z.string().regex(/^\d{4}$/);
const History = z.strictObject({
  times: z.int().min(0),
  usualAccount: AccountNumber.nullable(),
  isMerchantKnown: z.boolean(),
  merchantAccount: AccountNumber.nullable(),
});
const Example = z.strictObject({
  id: z.string(),
  input: z.strictObject({
    input: Transaction,
    sources: z.strictObject({
      books: z.strictObject({ account: z.null(), sameCharge: z.null() }),
      'card-history': History,
      limits: limitsBelow.data,
    }),
  }),
  expected: ExpenseJudgement,
  note: z.string().min(1).optional(),
});
const Sandbox = z.strictObject({
  note: z.string(),
  merchants: z.record(z.string(), AccountNumber),
  history: z.record(z.string(), z.strictObject({ times: z.int().min(1), account: AccountNumber })),
});

const read = (path: string): string => readFileSync(new URL(path, import.meta.url), 'utf8');
const examples = read('./examples.jsonl')
  .trim()
  .split('\n')
  .map((line) => Example.parse(JSON.parse(line)));
const sandbox = Sandbox.parse(JSON.parse(read('./sandbox.json')));
const samples = globSync('samples/*.json', { cwd: import.meta.dirname }).toSorted();

describe('the labelled examples', () => {
  it('are enough, with consecutive ids that occur once', () => {
    expect(examples.length).toBeGreaterThanOrEqual(300);
    const expected = examples.map((_, index) => `expense-${String(index + 1).padStart(4, '0')}`);
    expect(examples.map(({ id }) => id)).toEqual(expected);
  });

  it('reach nobody: every holder has an address at remit.example', () => {
    expect(examples.filter(({ input }) => !input.input.holder.endsWith('@remit.example'))).toEqual([]);
  });

  it('never have the same memo twice', () => {
    const memos = examples.map(({ input }) => wordsOf(input.input.memo).join(' '));
    expect(memos.filter((memo, index) => memos.indexOf(memo) !== index)).toEqual([]);
  });

  it('never have two memos that share most of their word trigrams', () => {
    const texts = examples.map(({ id, input }) => ({ id, text: input.input.memo }));
    expect(pairsAlike(texts, 0.6)).toEqual([]);
  });

  it('show every account at least ten times', () => {
    const counts = Object.keys(ACCOUNTS).map((account) => [
      account,
      countOf(({ expected }) => expected.account === account),
    ]);
    expect(counts.filter(([, count]) => Number(count) < 10)).toEqual([]);
  });

  it.each([
    ['breaksPolicy', 0.05, 0.12],
    ['isWasteful', 0.08, 0.16],
  ] as const)('say %s in a share between %d and %d, as real payments would', (field, least, most) => {
    const share = countOf(({ expected }) => expected[field]) / examples.length;
    expect(share).toBeGreaterThan(least);
    expect(share).toBeLessThan(most);
  });

  it('are of every size, and some are paid privately', () => {
    const within = (least: number, most: number) =>
      countOf(({ input }) => input.input.amountMinor >= least && input.input.amountMinor < most);
    expect(within(0, 10_000)).toBeGreaterThan(150);
    expect(within(10_000, 100_001)).toBeGreaterThan(80);
    expect(within(100_001, 1_000_000)).toBeGreaterThan(10);
    expect(countOf(({ input }) => input.input.paidWith === 'private')).toBeGreaterThan(10);
  });

  it('have shops whose usual account is another than the right one', () => {
    const misled = countOf(({ input, expected }) => {
      const { merchantAccount } = input.sources['card-history'];
      return merchantAccount !== null && merchantAccount !== ACCOUNTS[expected.account];
    });
    expect(misled).toBeGreaterThan(5);
  });
});

describe('the sandbox data', () => {
  it('says first that it is made up', () => {
    expect(Object.keys(sandbox)[0]).toBe('note');
    expect(sandbox.note).toMatch(/made up/);
  });

  it('knows accounts of the chart only', () => {
    const numbers = new Set<string>(Object.values(ACCOUNTS));
    const used = [...Object.values(sandbox.merchants), ...Object.values(sandbox.history).map(({ account }) => account)];
    expect(used.filter((account) => !numbers.has(account))).toEqual([]);
    expect(numbers.size).toBe(Account.options.length);
  });

  it('answers for each payment as the examples say', () => {
    for (const { id, input } of examples) {
      const { card, merchant } = input.input;
      const key = merchantKey(merchant);
      const known = sandbox.history[`${card}|${key}`];
      const merchantAccount = sandbox.merchants[key] ?? null;
      expect({ id, ...input.sources['card-history'] }).toEqual({
        id,
        times: known?.times ?? 0,
        usualAccount: known?.account ?? null,
        isMerchantKnown: merchantAccount !== null,
        merchantAccount,
      });
    }
  });
});

describe('the table of limits', () => {
  it('says what the examples read of it, in whichever line', async () => {
    const objects = {
      ...noObjects,
      ...{
        own: 'files',
        get: async () => ({ ...FILE, bytes: readFileSync(new URL('./files/limits.csv', import.meta.url)) }),
      },
    };
    const { sources } = connectorWorld({ sources: [limitsBelow], objects });
    for (const { id, input } of examples) {
      const { amountMinor } = input.input;
      const context = { workflow: 'expense-categorisation' };
      const { rows } = limitsBelow.data.parse(await sources.read(limitsBelow.id, { amountMinor }, context));
      expect({ id, rows }).toEqual({ id, rows: input.sources.limits.rows });
    }
  });

  it('decides examples: some are asked because of it, and without it would not be', () => {
    const isOver = ({ input, expected }: z.infer<typeof Example>, rows = input.sources.limits.rows) =>
      isOverLimit(expected.account, rows);
    expect(countOf((example) => isOver(example))).toBeGreaterThan(5);
    expect(countOf((example) => isOver(example, []))).toBe(0);
  });

  it('says in every line that it is made up', () => {
    const [heading, ...lines] = read('./files/limits.csv').trim().split('\n');
    expect(heading).toBe('account,most_at_once,note');
    expect(lines.filter((line) => !line.includes('Made up'))).toEqual([]);
  });
});

describe('the samples', () => {
  it.each(samples.filter((file) => !file.includes('broken')))('%s is a payment as the issuer reports it', (file) => {
    expect(Transaction.safeParse(fromFeed(sample(file))).error).toBeUndefined();
  });

  it('broken has one thing wrong: its amount can be read in two ways', () => {
    const result = Transaction.safeParse(fromFeed(sample('samples/broken.json')));
    expect(result.error?.issues.map(({ path, message }) => [path, message])).toEqual([
      [['amountMinor'], 'an amount is written like 1234.50'],
    ]);
  });

  it('small, middle and large are on their sides of 100.00 and 1,000.00', () => {
    const amounts = ['small', 'middle', 'large'].map((size) =>
      Number(sample(`samples/${size}-payment.json`)['amount']),
    );
    expect(amounts.map((amount) => [amount < 100, amount > 1_000])).toEqual([
      [true, false],
      [false, false],
      [false, true],
    ]);
  });

  it.each([
    ['day-file.csv', 40, 1],
    ['day-file.jsonl', 3, 0],
  ])('%s has %d lines, of which %d cannot be read', (file, count, broken) => {
    const bytes = Buffer.from(read(`./samples/${file}`));
    const batch = readBatchFile(bytes);
    if (!batch.ok) throw new Error(batch.problem);
    const lines = batch.records.map((record) => readLine(batch.format, textOf(bytes, record)));
    expect(lines).toHaveLength(count);
    expect(lines.filter(({ ok }) => !ok)).toHaveLength(broken);
    for (const line of lines) if (line.ok) Transaction.parse(fromFeed(line.body));
  });

  it('are none of the examples', () => {
    const known = new Set(examples.map(({ input }) => input.input.id));
    expect(samples.map((file) => String(sample(file)['id'])).filter((id) => known.has(id))).toEqual([]);
  });
});

function sample(file: string): Record<string, unknown> {
  return z.record(z.string(), z.unknown()).parse(JSON.parse(read(`./${file}`)));
}

function countOf(isCounted: (example: z.infer<typeof Example>) => boolean): number {
  return examples.filter(isCounted).length;
}
