import { describe, expect, it } from 'vitest';
import { type CostedCase, costReport } from './cost-report.ts';
import { costTable } from './cost-table.ts';
import { type TierUse, tierUseOf } from './tier-mix.ts';

const PRICES = { asOf: '2025-07-21', region: 'us-east-1', source: 'AWS list prices', checked: 'not since' };

describe('costReport', () => {
  it('averages over the cases, items that only some have too, and multiplies the average', () => {
    const report = costReport('leads', [costed('new', { mails: 4 }, 0.02), costed('old', { mails: 1, calls: 3 })], {
      cases: 10,
      casesADay: 1_000,
    });
    expect(report).toMatchObject({
      n: 2,
      lastCaseId: 'new',
      items: [
        { item: 'mails', quantity: 2.5, averageUsd: 2.5, lastUsd: 4, manyUsd: 25 },
        { item: 'calls', quantity: 1.5, averageUsd: 1.5, lastUsd: 0, manyUsd: 15 },
      ],
      total: { averageUsd: 4, lastUsd: 4, manyUsd: 40 },
      model: { averageUsd: 0.01, lastUsd: 0.02, manyUsd: 0.1 },
      month: { casesADay: 1_000, days: 30, awsUsd: 120_000, modelUsd: 300 },
      prices: PRICES,
    });
  });

  it('says which tier was asked and which decided, and what each cost on the average of all cases', () => {
    const learned = use('qualifier (learned)', { learned: 0 });
    const smart = use('qualifier (smart)', { learned: 0, fast: 0.001, smart: 0.02 });
    const person = use('lead@remit.example', { learned: 0, fast: 0.001, smart: 0.02 });
    const cases = [learned, learned, smart, person].map((one) => ({ ...costed('c', {}), use: one }));
    expect(costReport('leads', cases, { cases: 1, casesADay: 1 }).mix).toEqual([
      { tier: 'learned', asked: 1, decided: 0.5, averageUsd: 0 },
      { tier: 'fast', asked: 0.5, decided: 0, averageUsd: 0.0005 },
      { tier: 'smart', asked: 0.5, decided: 0.25, averageUsd: 0.01 },
      { tier: 'person', asked: 0.25, decided: 0.25, averageUsd: 0 },
    ]);
  });
});

describe('costTable', () => {
  const lines = costTable(
    costReport('leads', [costed('new', { mails: 2 }, 0.001)], { cases: 1_000, casesADay: 1_000 }),
  );

  it('lines the figures up under their heads', () => {
    expect(lines.slice(0, 7)).toEqual([
      'What a case of leads costs on AWS, by what the local runtime counted',
      'The average is of the newest closed case; the last one is new.',
      '',
      'item                an average case has  average, USD   last, USD  1,000 cases, USD',
      '------------------  -------------------  ------------  ----------  ----------------',
      'mails               2 piece                2.00000000  2.00000000         2000.0000',
      'together                                   2.00000000  2.00000000         2000.0000',
    ]);
  });

  it('says what logs cost, by case and by month', () => {
    const logging = costed('new', { 'log-bytes': 0.25, 'log-byte-months': 0.125 });
    expect(costTable(costReport('leads', [logging], { cases: 1000, casesADay: 1000 }))).toContain(
      'Logs of an average case, USD: 0.25000000 to take them in, 0.12500000 to keep them for 90 days (remit:logRetentionDays in cdk.json); with 1,000 cases a month 375.0000 a month.',
    );
    const forever = { ...logging, meter: { ...logging.meter, logRetentionDays: null } };
    expect(costTable(costReport('leads', [forever], { cases: 1000, casesADay: 1000 })).join('\n')).toContain(
      'keeping them without end',
    );
  });

  it('says what a month comes to, and which tier decides how much of it', () => {
    const month = lines.findIndex((line) => line.startsWith('A month of 30 days with 1,000 cases a day'));
    expect(lines[month]).toContain('AWS 60000.00 USD, models 30.00 USD, together 60030.00 USD');
    expect(lines.slice(month + 2, month + 5)).toEqual([
      'tier   asked in, %  decided, %  an average case, USD  the month, USD',
      '-----  -----------  ----------  --------------------  --------------',
      'smart        100.0       100.0            0.00100000           30.00',
    ]);
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
  return {
    caseId,
    modelUsd,
    meter: { lines, usd, prices: PRICES, logRetentionDays: 90 },
    use: use('qualifier (smart)', { smart: modelUsd }),
  };
}

/** As the record of a case has it. */
function use(decidedBy: string, spent: Readonly<Record<string, number>>): TierUse {
  const opinions = Object.entries(spent).map(([tier, costUsd]) => ({ tier, costUsd }));
  const turn = { tier: 'smart', usage: { costUsd: 0 }, opinions };
  return tierUseOf({ decidedBy, ledger: [{ event: { type: 'turn-finished', turn } }] });
}
