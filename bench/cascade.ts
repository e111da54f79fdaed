/**
 * What the models of a workflow cost as a cascade, and with Claude for everything.
 * `node bench/cascade.ts [--json] [--a-day 1000]`
 */
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { leadQualification } from '../agents/lead-qualification/workflow.ts';
import { table } from '../scripts/report/table.ts';
import { PRICES_AS_OF, PRICES_SOURCE } from '../shared/models/pricing.ts';
import { type CallCost, meteredCalls } from './cascade/metered.ts';
import { unseenCases } from './cascade/unseen.ts';

const DAYS = 30;
const MODELS = { fast: 'claude-haiku-5-5', smart: 'claude-sonnet-5-5' } as const;

const { values } = parseArgs({ options: { json: { type: 'boolean' }, 'a-day': { type: 'string' } } });
const aDay = Number(values['a-day'] ?? '1000');

const workflow = leadQualification;
const instructions = readFileSync(`agents/${workflow.id}/qualifier.md`);
const cases = await unseenCases(workflow);
const decided = cases.filter(({ isDecided }) => isDecided);
const left = cases.filter(({ isDecided }) => !isDecided);
const learnedShare = decided.length / cases.length;

const alone = await meteredCalls(MODELS.smart, cases, { instructions, isTold: false });
const fast = await meteredCalls(MODELS.fast, left, { instructions, isTold: true });
const smart = await meteredCalls(MODELS.smart, left, { instructions, isTold: true });

/** Of what the learned model leaves, so much is decided by fast: nobody has measured it, so several are shown. */
const rows = [
  row('Claude (smart) for everything', alone.averageUsd),
  row('learned, then smart', (1 - learnedShare) * smart.averageUsd),
  ...[0, 0.5, 0.8].map((share) =>
    row(
      `learned, fast, smart; fast decides ${share * 100} % of what it is asked`,
      (1 - learnedShare) * (fast.averageUsd + (1 - share) * smart.averageUsd),
    ),
  ),
];

const figures = {
  workflow: workflow.id,
  cases: cases.length,
  learned: {
    decides: learnedShare,
    rightThere: decided.filter(({ isRight }) => isRight).length / Math.max(1, decided.length),
  },
  calls: { smartAlone: alone, fast, smart },
  rows,
  prices: { asOf: PRICES_AS_OF, source: PRICES_SOURCE },
};
if (values.json === true) console.log(JSON.stringify(figures, null, 2));
else print();

function row(what: string, averageUsd: number) {
  const monthUsd = averageUsd * aDay * DAYS;
  return { what, averageUsd, monthUsd, share: averageUsd / alone.averageUsd };
}

function print(): void {
  const { decides, rightThere } = figures.learned;
  console.log(`${workflow.id}: ${cases.length} labelled cases, each judged by a model that had not seen it`);
  console.log(
    `The learned model decides ${percent(decides)} of them and is right in ${percent(rightThere)} of those.\n`,
  );
  const calls: readonly (readonly [string, CallCost])[] = [
    [`${MODELS.smart}, alone`, alone],
    [`${MODELS.fast}, told what the learned model thinks`, fast],
    [`${MODELS.smart}, told the same`, smart],
  ];
  const heads = ['a call of', 'calls', 'input tokens', 'output tokens', 'USD'];
  const lines = calls.map(([name, call]) => [
    ...[
      name,
      String(call.calls),
      call.inputTokens.toFixed(0),
      call.outputTokens.toFixed(0),
      call.averageUsd.toFixed(6),
    ],
  ]);
  console.log(`${table(heads, lines).join('\n')}\n`);
  const month = `${aDay.toLocaleString('en-US')} a day for ${DAYS} days, USD`;
  const shown = rows.map(({ what, averageUsd, monthUsd, share }) => [
    ...[what, averageUsd.toFixed(6), monthUsd.toFixed(2), (share * 100).toFixed(0)],
  ]);
  console.log(table(['models', 'a case, USD', month, '% of the first'], shown).join('\n'));
  console.log(`\nPrices: ${PRICES_SOURCE}, ${PRICES_AS_OF}. What AWS costs comes on top: npm run cost.`);
}

function percent(share: number): string {
  return `${(share * 100).toFixed(1)} %`;
}
