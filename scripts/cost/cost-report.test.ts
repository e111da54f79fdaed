import { describe, expect, it } from 'vitest';
import { type CostedCase, costReport } from './cost-report.ts';
import { costTable } from './cost-table.ts';

const PRICES = { asOf: '2025-07-21', region: 'us-east-1', source: 'AWS list prices', checked: 'not since' };

describe('costReport', () => {
  it('averages over the cases, items that only some have too, and multiplies the average', () => {
    const report = costReport('leads', [costed('new', { mails: 4 }, 0.02), costed('old', { mails: 1, calls: 3 })], 10);
    expect(report).toMatchObject({
      n: 2,
      lastCaseId: 'new',
      items: [
        { item: 'mails', quantity: 2.5, averageUsd: 2.5, lastUsd: 4, manyUsd: 25 },
        { item: 'calls', quantity: 1.5, averageUsd: 1.5, lastUsd: 0, manyUsd: 15 },
      ],
      total: { averageUsd: 4, lastUsd: 4, manyUsd: 40 },
      model: { averageUsd: 0.01, lastUsd: 0.02, manyUsd: 0.1 },
      prices: PRICES,
    });
  });
});

describe('costTable', () => {
  const lines = costTable(costReport('leads', [costed('new', { mails: 2 })], 1000));

  it('lines the figures up under their heads', () => {
    expect(lines.slice(0, 7)).toEqual([
      'What a case of leads costs on AWS, by what the local runtime counted',
      'The average is of the 1 newest closed case; the last one is new.',
      '',
      'item                an average case has  average, USD   last, USD  1,000 cases, USD',
      '------------------  -------------------  ------------  ----------  ----------------',
      'mails               2 piece                2.00000000  2.00000000         2000.0000',
      'together                                   2.00000000  2.00000000         2000.0000',
    ]);
  });

  it('says what logs cost, by case and by month', () => {
    const logging = costed('new', { 'log-bytes': 0.25, 'log-byte-months': 0.125 });
    expect(costTable(costReport('leads', [logging], 1000))).toContain(
      'Logs of an average case, USD: 0.25000000 to take them in, 0.12500000 to keep them for 90 days (remit:logRetentionDays in cdk.json); with 1,000 cases a month 375.0000 a month.',
    );
    const forever = { ...logging, meter: { ...logging.meter, logRetentionDays: null } };
    expect(costTable(costReport('leads', [forever], 1000)).join('\n')).toContain('keeping them without end');
  });

  it('says where the prices are from and what is not in the figures', () => {
    expect(lines).toContain('Prices: AWS list prices, 2025-07-21, us-east-1; not since.');
    expect(lines).toContain('Not in these figures:');
  });
});

function costed(caseId: string, quantities: Record<string, number>, modelUsd = 0): CostedCase {
  const lines = Object.entries(quantities).map(([item, quantity]) => ({
    item,
    unit: 'piece',
    quantity,
    usd: quantity,
  }));
  const usd = lines.reduce((sum, line) => sum + line.usd, 0);
  return { caseId, modelUsd, meter: { lines, usd, prices: PRICES, logRetentionDays: 90 } };
}
