/**
 * How long the pages for owners take with many cases stored: `node bench/console.ts [--json] [--cases 100000] [--times 60]`.
 * A case is decided through the stack; the others are its like under other ids and times. Each page is read whole, over HTTP,
 * one at a time, by somebody who is signed in.
 */

import { parseArgs } from 'node:util';
import { BatchWriteItemCommand } from '@aws-sdk/client-dynamodb';
import { caseItem } from '../shared/aws/case-items.ts';
import { Case } from '../shared/contracts/index.ts';
import { type Deployment, startDeployment } from '../test/support/deployment.ts';
import { APPROVER, sampleLead, WORKFLOW } from '../test/support/leads.ts';
import { PersonBrowser } from '../test/support/person-browser.ts';
import { connect } from './local/clients.ts';

/** Of one write, by the limits of DynamoDB. */
const PER_WRITE = 25;
const WRITES_AT_ONCE = 8;
/** The cases lie a minute apart, back from the one that was decided. */
const APART_MS = 60_000;
const BUDGET_MS = 300;

const { values: options } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    cases: { type: 'string', default: '100000' },
    times: { type: 'string', default: '60' },
  },
});
const [cases, times] = [Number(options.cases), Number(options.times)];

const remit = await startDeployment();
try {
  const { caseId } = await remit.trigger(WORKFLOW, sampleLead('cold-lead'));
  await remit.waitFor(caseId, ({ state }) => state === 'closed');
  const { caseId: id, chain: ledger, ...rest } = JSON.parse(await (await remit.api(`/api/cases/${caseId}`)).text());
  await store(remit, Case.parse({ ...rest, id, ledger }), cases - 1);
  const browser = new PersonBrowser(remit.url);
  await browser.signIn(APPROVER);
  const pages = [
    ...['/cases', `/cases?workflow=${WORKFLOW}`, `/cases?workflow=${WORKFLOW}&state=closed`, `/cases/${caseId}`],
    ...['/workflows', `/workflows/${WORKFLOW}`, '/inbox'],
  ];
  const tookMs = new Map<string, number[]>(pages.map((page) => [page, []]));
  for (let time = 0; time < times; time += 1) {
    for (const [page, all] of tookMs) all.push(await timed(browser, page));
  }
  print([...tookMs].map(([page, all]) => ({ page, n: all.length, ...figuresOf(all) })));
} finally {
  await remit.stop();
}

async function store({ url, runtime }: Deployment, like: Case, count: number): Promise<void> {
  const { dynamodb, destroy } = connect(url);
  const table = runtime.resources.find(({ logicalId }) => logicalId.startsWith('StoresCases'))?.physicalId ?? '';
  const batches = Array.from({ length: Math.ceil(count / PER_WRITE) }, (_, batch) =>
    Array.from({ length: Math.min(PER_WRITE, count - batch * PER_WRITE) }, (__, n) =>
      itemOf(like, batch * PER_WRITE + n + 1),
    ),
  );
  const writer = async (): Promise<void> => {
    for (let batch = batches.pop(); batch !== undefined; batch = batches.pop()) {
      const RequestItems = { [table]: batch.map((Item) => ({ PutRequest: { Item } })) };
      await dynamodb.send(new BatchWriteItemCommand({ RequestItems }));
    }
  };
  await Promise.all(Array.from({ length: WRITES_AT_ONCE }, writer));
  destroy();
}

function itemOf({ ledger, ...like }: Case, n: number) {
  const id = Case.shape.id.parse(n.toString(16).padStart(32, '0'));
  const openedAtMs = like.openedAtMs - n * APART_MS;
  return caseItem({ ...like, id, openedAtMs, closedAtMs: openedAtMs + 1_000 }, ledger);
}

async function timed(browser: PersonBrowser, page: string): Promise<number> {
  const before = performance.now();
  const { status, text } = await browser.open(page);
  if (status !== 200 || !text.includes('</html>')) throw new Error(`${page} was answered with ${status}`);
  return performance.now() - before;
}

function figuresOf(all: readonly number[]): { medianMs: number; p95Ms: number } {
  const sorted = all.toSorted((a, b) => a - b);
  const at = (share: number): number => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
  return { medianMs: at(0.5), p95Ms: at(0.95) };
}

function print(figures: readonly { page: string; n: number; medianMs: number; p95Ms: number }[]): void {
  if (options.json) {
    console.log(JSON.stringify({ cases, budgetMs: BUDGET_MS, pages: figures }, null, 2));
    return;
  }
  console.log(`${cases} cases stored; budget ${BUDGET_MS} ms at the 95th percentile`);
  for (const { page, n, medianMs, p95Ms } of figures) {
    console.log(
      `  ${page.padEnd(52)} ${n} times  median ${medianMs.toFixed(0).padStart(4)} ms  p95 ${p95Ms.toFixed(0).padStart(4)} ms`,
    );
  }
}
