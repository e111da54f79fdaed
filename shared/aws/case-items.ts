import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import * as z from 'zod';
import { Action, Case, CaseId, Example, LedgerEntry, PersonRequest } from '../contracts/index.ts';
import { isGovernance } from '../domain/governance-case.ts';
import type { Follower, Overturning } from '../ports/index.ts';
import { keyOf, listOf, sortableTime } from './item-keys.ts';

export type Item = Record<string, AttributeValue>;

/** Fields of a case that are plain text or numbers of their own, because conditions and indexes read them. */
const RAW_FIELDS = ['round'] as const;

/** The item of a case: each field as an attribute, so that a step can change some without reading all. */
export function caseItem(fresh: Omit<Case, 'ledger'>, ledger: Case['ledger']): Item {
  return {
    ...keyOf.case(fresh.id),
    ...caseAttributes(fresh),
    ...(isGovernance(fresh) ? {} : listedIn(fresh)),
    ledgerSeq: { N: String(ledger.seq) },
    ledgerHash: { S: ledger.hash },
  };
}

function listedIn({ id, workflow, state, openedAtMs }: Omit<Case, 'ledger'>): Item {
  return {
    listPk: { S: listOf.casesOf(workflow) },
    listSk: { S: sortableTime(openedAtMs, id) },
    statePk: { S: listOf.casesIn(workflow, state) },
  };
}

export function caseAttributes(fields: Partial<Case>): Item {
  const item: Item = {};
  for (const [name, value] of Object.entries(fields)) {
    if (value === undefined || name === 'ledger') continue;
    item[name] = (RAW_FIELDS as readonly string[]).includes(name) ? { N: String(value) } : { S: JSON.stringify(value) };
  }
  return item;
}

export function readCase(item: Item): Case {
  const fields = Object.keys(Case.shape).filter((name) => name !== 'ledger' && item[name] !== undefined);
  const values = fields.map((name) => [name, JSON.parse(item[name]?.S ?? item[name]?.N ?? 'null')] as const);
  return Case.parse({ ...Object.fromEntries(values), ledger: readCursor(item) });
}

export function readCursor(item: Item): Case['ledger'] {
  return { seq: Number(item['ledgerSeq']?.N ?? 0), hash: item['ledgerHash']?.S ?? '' };
}

export function actionItem(caseId: string, action: Action): Item {
  const { state, digest, begun } = action;
  return {
    ...keyOf.action(caseId, action.id),
    state: { S: state },
    begun: { BOOL: begun },
    digest: { S: digest },
    body: { S: JSON.stringify(action) },
  };
}

export function readAction(item: Item): Action {
  return Action.parse(body(item));
}

export function readIntent(item: Item): Action['intent'] {
  return Action.shape.intent.parse(body(item));
}

/** That a case followed from an action of another one. */
export function followerItem(
  { id: caseId, openedAtMs }: Omit<Case, 'ledger'>,
  cause: NonNullable<Case['causedBy']>,
): Item {
  const follower: Follower = { caseId, actionId: cause.actionId };
  return { ...keyOf.follower(cause.caseId, openedAtMs, caseId), body: { S: JSON.stringify(follower) } };
}

export function readFollower(item: Item): Follower {
  return StoredFollower.parse(body(item));
}

const StoredFollower = z.object({ caseId: CaseId, actionId: z.string() });

/** An overturning stands in the list of those to start until it is. */
export function overturningItem(overturning: Overturning): Item {
  const { caseId, ref, atMs } = overturning;
  return {
    ...keyOf.overturning(caseId, ref),
    listPk: { S: listOf.overturningsToStart },
    listSk: { S: sortableTime(atMs, caseId) },
    body: { S: JSON.stringify(overturning) },
  };
}

export function readOverturning(item: Item): Overturning {
  return StoredOverturning.parse(body(item));
}

const StoredOverturning = z.object({ caseId: CaseId, ref: z.string(), atMs: z.number() });

export function exampleItem(example: Example): Item {
  const { workflow, id, provenance } = example;
  return { ...keyOf.example(workflow, provenance.atMs, id), body: { S: JSON.stringify(example) } };
}

export function readExample(item: Item): Example {
  return Example.parse(body(item));
}

/** An open request stands in the list of open ones, an answered one among those whose execution is to be woken. */
export function requestItem(request: PersonRequest): Item {
  const lists: Readonly<Partial<Record<PersonRequest['state'], string>>> = {
    open: listOf.openRequests,
    answered: listOf.requestsToWake,
  };
  const listPk = lists[request.state];
  return {
    ...keyOf.request(request.id),
    state: { S: request.state },
    digest: { S: request.digest },
    revision: { N: String(request.revision) },
    statePk: { S: listOf.requestsOf(request.caseId) },
    listSk: { S: sortableTime(request.deadlineMs, request.id) },
    ...(listPk === undefined ? {} : { listPk: { S: listPk } }),
    body: { S: JSON.stringify(request) },
  };
}

export function readRequest(item: Item): PersonRequest {
  return PersonRequest.parse(body(item));
}

export function ledgerItem(entry: LedgerEntry): Item {
  return {
    caseId: { S: entry.caseId },
    seq: { N: String(entry.seq) },
    type: { S: entry.event.type },
    body: { S: JSON.stringify(entry) },
  };
}

/** As it was written, to the last member: its hash speaks for exactly that. */
export function readLedgerEntry(item: Item): LedgerEntry {
  const written = body(item);
  LedgerEntry.parse(written);
  return written as LedgerEntry;
}

function body(item: Item): unknown {
  return JSON.parse(z.string().parse(item['body']?.S));
}
