import { expect } from 'vitest';
import type { Json } from '../../../shared/contracts/index.ts';
import { APPROVER } from '../../support/leads.ts';
import { wordsOf } from '../../support/person-browser.ts';
import { hostile } from './browser-steps.ts';
import { NotRunError } from './row.ts';
import type { World } from './world.ts';

type Check = (world: World, expected: Json) => Promise<void>;

/** Everything that a row may claim, by its word. */
const CHECKS: Readonly<Record<string, Check>> = {
  effects: async (world, expected) => {
    if (Number(expected) > 0) await settled(world);
    const [firstName = ''] = world.lead.name.split(' ');
    const mails = (await world.remit.mails(world.lead.email)).filter(({ subject }) => subject.includes(firstName));
    expect(mails.length).toBe(expected);
  },
  decisions: async (world, expected) => expect((await decisions(world)).length).toBe(expected),
  distinctHashes: async (world, expected) => {
    const requests = (await Promise.all(world.bulk.caseIds.map((id) => world.case(id)))).flatMap((one) => one.requests);
    expect(new Set(requests.filter(({ answer }) => answer !== null).map(({ digest }) => digest)).size).toBe(expected);
  },
  successCalls: async (world, expected) => {
    await settled(world);
    const meter = JSON.parse(await (await fetch(`${world.remit.url}/_local/meter?caseId=${world.caseId}`)).text());
    expect(meter.calls.function['states:SendTaskSuccess'] ?? 0).toBe(expected);
  },
  execution: async (world, expected) => {
    const states: Readonly<Record<string, string>> = { waiting: 'waiting', done: 'closed' };
    const state = states[String(expected)];
    if (state === undefined) throw new NotRunError(`an execution that is ${String(expected)}`);
    if (state === 'closed') await settled(world);
    expect((await world.case()).state).toBe(state);
  },
  link: async (world, expected) => {
    const page = await world.page('scanner', 'link');
    const state = page.status === 200 && page.text.includes('value="approve"') ? 'usable' : 'dead';
    expect(state).toBe(expected);
  },
  status: async (world, expected) => expect(expected).toContain(world.answers.at(-1)?.status),
  statusAll: async (world, expected) => {
    const allowed = new Set((expected as number[]).map(Number));
    expect(world.answers.map(({ status }) => status).filter((status) => !allowed.has(status))).toEqual([]);
  },
  decisionPosts: async (world, expected) => expect(world.seen.decisionPosts).toBe(expected),
  outsideRequests: async (world, expected) => expect(world.seen.outsideRequests).toBe(expected),
  dialogs: async (world, expected) => expect(world.seen.dialogs).toBe(expected),
  cspReports: async (world, expected) => expect(world.seen.cspReports).toBe(expected),
  hits: async (world, expected) => expect(world.seen.scans).toBe(expected),
  shows: async (world, expected) => {
    const words: Readonly<Record<string, RegExp>> = {
      decided: new RegExp(`Answered by ${APPROVER}`),
      expired: /Expired.*Nobody answered in time/,
      changed: /the question has changed.*You saw.*Now/,
    };
    const last = world.answers.at(-1);
    expect(wordsOf({ text: last?.text ?? '' })).toMatch(words[String(expected)] ?? new RegExp(String(expected)));
  },
  // At the deadline the answer is no, and everybody who was asked is told so: that is what people find in their mail.
  personQueue: async (world, expected) => {
    const { requests } = await world.remit.waitFor(world.caseId, (found) =>
      found.requests.every(({ state }) => state !== 'open'),
    );
    const told = (await world.remit.mails(APPROVER)).filter(
      ({ subject, text }) => subject.startsWith('Expired: ') && text.includes(world.lead.name),
    );
    expect([requests.filter(({ state }) => state === 'expired').length, told.length]).toEqual([expected, expected]);
  },
  rowHas: async (world, expected) => {
    const [given] = await decisions(world);
    const request = (await world.case()).requests[0];
    const has: Readonly<Record<string, unknown>> = { who: given?.by, when: given?.atMs, actionHash: request?.digest };
    for (const name of expected as string[]) expect(has[name]).toBeTruthy();
  },
  headers: async (world, expected) => {
    for (const [name, value] of Object.entries(expected as Record<string, string>)) {
      expect(world.answers.at(-1)?.headers.get(name)).toBe(value);
    }
  },
  headersAll: async (world, expected) => {
    for (const { headers } of world.answers) {
      for (const [name, value] of Object.entries(expected as Record<string, string>))
        expect(headers.get(name)).toBe(value);
    }
  },
  locationHost: async (world) => {
    for (const { headers, text } of world.answers) {
      const places = [headers.get('location'), headers.get('refresh')].filter((one) => one !== null);
      for (const place of places)
        expect(new URL(place.replace(/^0; url=/, ''), world.remit.url).origin).toBe(world.remit.url);
      expect(text).not.toContain('evil.test');
    }
  },
  sameAs: async (world) => {
    const unknown = await (await world.browserOf('approver')).send(`/r/${'A'.repeat(22)}`);
    const last = world.answers.at(-1);
    expect([last?.status, last?.text]).toEqual([unknown.status, await unknown.text()]);
  },
  alarm: async (world) => {
    // It may have come to rest by now; the owner has heard of it.
    const mails = await world.remit.mails(APPROVER);
    expect(mails.map(({ subject }) => subject)).toContainEqual(expect.stringMatching(/^ALARM: "remit-refused-calls"/));
  },
  isolated: async (world, expected) => expect(hostileFacts(world).every(({ isolated }) => isolated)).toBe(expected),
  controlsVisible: async (world, expected) =>
    expect(hostileFacts(world).every(({ controlsVisible }) => controlsVisible)).toBe(expected),
  amountLineFrom: async (world, expected) =>
    expect(new Set(hostileFacts(world).map(({ amountLineFrom }) => amountLineFrom))).toEqual(new Set([expected])),
  oneOf: async (world, expected) => {
    const sets = expected as Record<string, Json>[];
    const results = await Promise.all(
      sets.map((one) =>
        check(world, one).then(
          () => null,
          (error: unknown) => error,
        ),
      ),
    );
    if (results.some((result) => result instanceof NotRunError))
      throw results.find((result) => result instanceof NotRunError);
    expect(results.filter((result) => result === null)).toHaveLength(1);
  },
};

/** All that a row claims holds. @throws NotRunError for a claim that this runner cannot judge. */
export async function check(world: World, claims: Readonly<Record<string, Json>>): Promise<void> {
  for (const [name, expected] of Object.entries(claims)) {
    const run = CHECKS[name];
    if (run === undefined) throw new NotRunError(`This runner does not know the claim ${name}`);
    await run(world, expected);
  }
}

function hostileFacts(world: World) {
  const facts = hostile.get(world) ?? [];
  if (facts.length === 0) throw new NotRunError('no hostile text was shown');
  return facts;
}

function settled(world: World) {
  return world.remit.waitFor(world.caseId, ({ state }) => state === 'closed');
}

/** What the ledger holds of answers that were taken. */
async function decisions(world: World): Promise<{ by: string; atMs: number }[]> {
  const caseIds = world.bulk.caseIds.length > 0 ? world.bulk.caseIds : [world.caseId];
  const cases = await Promise.all(caseIds.map((id) => world.case(id)));
  return cases.flatMap(({ ledger = [] }) =>
    ledger.flatMap(({ event }) =>
      event.type === 'request-answered' ? [event['answer'] as { by: string; atMs: number }] : [],
    ),
  );
}
