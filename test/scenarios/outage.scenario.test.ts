import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { claudeStage } from '../support/claude-stage.ts';
import { errorReply, rateLimit, structured } from '../support/fake-anthropic-replies.ts';
import { HOT } from '../support/lead-case.ts';
import { sampleLead, WORKFLOW } from '../support/leads.ts';
import { until } from '../support/patiently.ts';

const CASES = 4;
const OUTAGE_MINUTES = 240;
const STEP_MINUTES = 60;
/** Answers that the service gives in each ten minutes of the drain; it refuses all others. */
const LIMIT = 2;
/** Longer than any turn: no second try is worth the wait. */
const NOT_SOON = { 'retry-after': '3600' };

const COLD = { ...HOT, buyingIntent: 'none', hasBuyingAuthority: false, usesIntegratedStack: false };
const GOOD = structured({ judgement: COLD, reasons: [], confidence: 0.9, doubts: [], cites: ['company-directory'] });

const stage = claudeStage('test/support/reading-leads/index.ts');

it('loses nothing in four hours without a model, asks nobody, and drains under the rate limit', async () => {
  // given: the service is down, and cases come
  stage.claude.serve(() => errorReply(529, 'overloaded_error', 'Overloaded', { headers: NOT_SOON }));
  const names = Array.from({ length: CASES }, (_, at) => `Outage Works ${at}`);
  const leads = names.map((company) => ({ ...sampleLead('cold-lead'), company }));
  const cases = await Promise.all(leads.map((lead) => stage.remit.trigger(WORKFLOW, lead)));
  await asked(names, 0);
  for (let minutes = 0; minutes < OUTAGE_MINUTES; minutes += STEP_MINUTES) await later(STEP_MINUTES, names);
  const waiting = await Promise.all(cases.map(({ caseId }) => stage.remit.waitFor(caseId, () => true)));
  expect(waiting.flatMap(({ verdict }) => verdict?.reasons ?? [])).toEqual([]);
  expect(waiting.map(({ state, requests }) => [state, requests.length])).toEqual(waiting.map(() => ['open', 0]));

  // when: it is back, and answers so many in each ten minutes
  let left = 0;
  stage.claude.serve(() => {
    left -= 1;
    return left >= 0 ? GOOD : rateLimit('3600');
  });
  let open = names;
  let drains = 0;
  for (; drains < 10 && open.length > 0; drains += 1) {
    left = LIMIT;
    await later(10, open);
    const found = await Promise.all(cases.map(({ caseId }) => stage.remit.waitFor(caseId, () => true)));
    open = names.filter((_, at) => found[at]?.decidedBy === null);
    expect(open.length).toBeGreaterThanOrEqual(CASES - LIMIT * (drains + 1));
  }

  // then
  const ended = await Promise.all(
    cases.map(({ caseId }) => stage.remit.waitFor(caseId, ({ state }) => state !== 'open')),
  );
  expect(ended.map(({ outcome, decidedBy }) => [outcome, decidedBy])).toEqual(
    ended.map(() => ['done', 'qualifier (smart)']),
  );
  expect(drains).toBeGreaterThanOrEqual(CASES / LIMIT);
  const effects = await Promise.all(cases.map(({ caseId }) => stage.remit.effects(caseId)));
  expect(effects.map(({ length }) => length)).toEqual(effects.map(() => 1));
}, 300_000);

/** Moves the clock, and waits until each of these has asked the service once more. */
async function later(minutes: number, companies: readonly string[]): Promise<void> {
  const before = stage.claude.requests.length;
  await stage.remit.advance(minutes * 60);
  await asked(companies, before);
}

/** Time that moves in the middle of a turn would end it, so each turn is over first. */
async function asked(companies: readonly string[], before: number): Promise<void> {
  const haveAsked = () => {
    const bodies = stage.claude.requests.slice(before).map(({ body }) => JSON.stringify(body));
    return companies.every((company) => bodies.some((body) => body.includes(company)));
  };
  await until(haveAsked, 'every case to ask the service again', { everyMs: 500 });
  await sleep(500);
}
