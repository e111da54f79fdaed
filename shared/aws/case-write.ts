import type { CancellationReason, TransactWriteItem } from '@aws-sdk/client-dynamodb';
import type { Cursor, LedgerEntry } from '../contracts/index.ts';
import { ALL_WORKFLOWS } from '../contracts/index.ts';
import { governanceCaseId } from '../domain/governance-case.ts';
import type { CaseWrite, ConflictKind } from '../ports/index.ts';
import { countPart, uncountPart } from './cap-counters.ts';
import {
  actionItem,
  caseAttributes,
  caseItem,
  exampleItem,
  followerItem,
  type Item,
  ledgerItem,
  overturningItem,
  readCursor,
  requestItem,
} from './case-items.ts';
import { lessonParts } from './history-items.ts';
import { intentParts } from './intent-parts.ts';
import { keyOf, listOf } from './item-keys.ts';
import { recordItem, reviewItem, secondReviewItem, seedItem, spotCheckItem, spotDrawItem } from './record-items.ts';
import { settingsItem } from './settings-item.ts';
import { shapeParts } from './shape-items.ts';

export interface CaseTables {
  readonly cases: string;
  readonly ledger: string;
}

/** One part of a transaction and what it means when its condition does not hold. */
export interface WritePart {
  readonly item: TransactWriteItem;
  readonly onRefused: (reason: CancellationReason) => Refusal;
}

/** `stale`: only the ledger moved on; write again after it. */
export type Refusal =
  | { readonly kind: 'stale'; readonly cursor: Cursor | null }
  | { readonly kind: 'conflict'; readonly conflict: ConflictKind; readonly about?: string };

/** All parts of one write. The order is the order in which refusals are looked at. */
export function writeParts(
  tables: CaseTables,
  write: CaseWrite,
  entries: readonly LedgerEntry[],
  from: Cursor,
): WritePart[] {
  const head = entries.at(-1) ?? { seq: from.seq, hash: from.hash };
  return [
    ...runningParts(tables, write),
    ...intentParts(tables.cases, write),
    ...actionParts(tables, write),
    ...requestParts(tables, write),
    ...turnParts(tables, write),
    ...capParts(tables, write),
    ...shapeParts(tables, write),
    write.opened === undefined ? changedHead(tables, write, from, head) : newHead(tables, write.opened, head),
    ...listedParts(tables, write),
    ...entries.map((entry) => ledgerPart(tables, entry)),
    // After the head: a round that is over has its record already, and is told as such.
    ...evidenceParts(tables, write),
    ...lessonParts(tables, write),
    ...spotParts(tables, write),
    ...settingsParts(tables, write),
  ];
}

const conflict = (kind: ConflictKind) => (): Refusal => ({ kind: 'conflict', conflict: kind });

function runningParts({ cases }: CaseTables, { whileRunning }: CaseWrite): WritePart[] {
  if (whileRunning === undefined) return [];
  return [whileRunning, ALL_WORKFLOWS].map((workflow) => ({
    item: {
      ConditionCheck: {
        TableName: cases,
        Key: keyOf.settings(workflow),
        ConditionExpression: 'attribute_not_exists(pk) OR paused = :false',
        ExpressionAttributeValues: { ':false': { BOOL: false } },
      },
    },
    onRefused: conflict('paused'),
  }));
}

function actionParts(tables: CaseTables, { caseId, actions = [] }: CaseWrite): WritePart[] {
  return actions.map(({ action, from }) => ({
    item: {
      Put: {
        TableName: tables.cases,
        Item: actionItem(caseId, action),
        ...(from === null ? isNew : isIn(from.states, from.digest)),
      },
    },
    onRefused: conflict('action-moved'),
  }));
}

function requestParts(tables: CaseTables, { openedRequest, changedRequest }: CaseWrite): WritePart[] {
  const parts: WritePart[] = [];
  if (openedRequest !== undefined) {
    const item = { Put: { TableName: tables.cases, Item: requestItem(openedRequest), ...isNew } };
    parts.push({ item, onRefused: conflict('request-exists') });
  }
  if (changedRequest !== undefined) {
    const { request, from } = changedRequest;
    const condition = isIn(['open'], from.digest);
    const item = {
      Put: {
        TableName: tables.cases,
        Item: requestItem(request),
        ...condition,
        ConditionExpression: `${condition.ConditionExpression} AND revision = :revision`,
        ExpressionAttributeValues: {
          ...condition.ExpressionAttributeValues,
          ':revision': { N: String(from.revision) },
        },
      },
    };
    parts.push({ item, onRefused: conflict('request-settled') });
  }
  return parts;
}

/** A repeat writes the same; what a turn came to stays beside it. */
function turnParts({ cases }: CaseTables, { caseId, dueTurns }: CaseWrite): WritePart[] {
  const { run = '', round = 0, turns = [] } = dueTurns ?? {};
  return turns.flatMap(({ agent, handOver }) => {
    if (handOver === null) return [];
    const item: TransactWriteItem = {
      Update: {
        TableName: cases,
        Key: keyOf.turn(caseId, { run, round, agent }),
        UpdateExpression: 'SET handOver = :handOver',
        ExpressionAttributeValues: { ':handOver': { S: JSON.stringify(handOver) } },
      },
    };
    return [{ item, onRefused: conflict('ledger-busy') }];
  });
}

/** After the actions: whoever comes second is told that the action has moved, not that the first one used up the cap. */
function capParts({ cases }: CaseTables, write: CaseWrite): WritePart[] {
  const { counts = [], uncounts = [] } = write;
  return [
    ...counts.map((count) => ({
      item: countPart(cases, write, count),
      onRefused: (): Refusal => ({ kind: 'conflict', conflict: 'cap-reached', about: count.cap }),
    })),
    ...uncounts.map((count) => ({ item: uncountPart(cases, write, count), onRefused: conflict('ledger-busy') })),
  ];
}

/** What lists are made of: a case that followed from another, corrections, overturnings, and by what a case is found to be erased. */
function listedParts({ cases }: CaseTables, write: CaseWrite): WritePart[] {
  const { opened, examples = [], overturning: ref, caseId, atMs, erasableBy } = write;
  const cause = opened?.causedBy ?? null;
  const follower = opened === undefined || cause === null ? [] : [followerItem(opened, cause)];
  const overturning = ref === undefined ? [] : [overturningItem({ caseId, ref, atMs })];
  const lists =
    erasableBy === undefined
      ? []
      : [...erasableBy.subjects.map((one) => keyOf.subject(one, caseId)), keyOf.openedOn(erasableBy.day, caseId)];
  return [...follower, ...examples.map(exampleItem), ...overturning, ...lists].map((item) => ({
    item: { Put: { TableName: cases, Item: item } },
    onRefused: conflict('ledger-busy'),
  }));
}

function newHead(tables: CaseTables, opened: NonNullable<CaseWrite['opened']>, head: Cursor): WritePart {
  const item = { Put: { TableName: tables.cases, Item: caseItem(opened, head), ...isNew } };
  return { item, onRefused: conflict('case-exists') };
}

function changedHead(tables: CaseTables, write: CaseWrite, from: Cursor, head: Cursor): WritePart {
  const changes: Item = {
    ...caseAttributes(write.head ?? {}),
    ledgerSeq: { N: String(head.seq) },
    ledgerHash: { S: head.hash },
  };
  const names = Object.keys(changes);
  const expectRound = write.expectRound === undefined ? '' : ' AND #round = :expectedRound';
  const expectOpen = write.expectOpen === undefined ? '' : ' AND #state <> :closed';
  // A governance case stands in no list, whatever its state.
  const state = write.caseId === governanceCaseId(write.workflow) ? undefined : write.head?.state;
  const item: TransactWriteItem = {
    Update: {
      TableName: tables.cases,
      Key: keyOf.case(write.caseId),
      UpdateExpression: `SET ${names.map((name) => `#${name} = :${name}`).join(', ')}${state === undefined ? '' : ', statePk = :statePk'}`,
      ConditionExpression: `ledgerSeq = :fromSeq AND ledgerHash = :fromHash${expectRound}${expectOpen}`,
      ExpressionAttributeNames: {
        ...Object.fromEntries(names.map((name) => [`#${name}`, name])),
        ...(write.expectRound === undefined ? {} : { '#round': 'round' }),
        ...(write.expectOpen === undefined ? {} : { '#state': 'state' }),
      },
      ExpressionAttributeValues: {
        ...Object.fromEntries(names.map((name) => [`:${name}`, changes[name] ?? { NULL: true }])),
        ...(state === undefined ? {} : { ':statePk': { S: listOf.casesIn(write.workflow, state) } }),
        ':fromSeq': { N: String(from.seq) },
        ':fromHash': { S: from.hash },
        ...(write.expectOpen === undefined ? {} : { ':closed': CLOSED }),
        ...(write.expectRound === undefined ? {} : { ':expectedRound': { N: String(write.expectRound) } }),
      },
      ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
    },
  };
  return { item, onRefused: (reason) => headRefusal(reason, write) };
}

/** As case-items.ts writes a state. */
const CLOSED = { S: JSON.stringify('closed') };

function headRefusal({ Item: found }: CancellationReason, { expectRound, expectOpen }: CaseWrite): Refusal {
  if (found === undefined) return { kind: 'conflict', conflict: 'ledger-busy' };
  if (expectOpen && found['state']?.S === CLOSED.S) return { kind: 'conflict', conflict: 'case-closed' };
  const isOtherRound = expectRound !== undefined && Number(found['round']?.N) !== expectRound;
  return isOtherRound ? { kind: 'conflict', conflict: 'round-over' } : { kind: 'stale', cursor: readCursor(found) };
}

function ledgerPart(tables: CaseTables, entry: LedgerEntry): WritePart {
  const item = {
    Put: { TableName: tables.ledger, Item: ledgerItem(entry), ConditionExpression: 'attribute_not_exists(caseId)' },
  };
  return { item, onRefused: () => ({ kind: 'stale', cursor: null }) };
}

function evidenceParts({ cases }: CaseTables, { record: change, review, seed }: CaseWrite): WritePart[] {
  const parts: WritePart[] = [];
  if (change !== undefined) {
    const item = { Put: { TableName: cases, Item: recordItem(change.record), ...isAt(change.from) } };
    parts.push({ item, onRefused: conflict('record-changed') });
  }
  for (const Item of [...(review ? [reviewItem(review)] : []), ...(seed ? [seedItem(seed)] : [])]) {
    parts.push({ item: { Put: { TableName: cases, Item } }, onRefused: conflict('ledger-busy') });
  }
  return parts;
}

function spotParts({ cases }: CaseTables, { spotDraw, spotCheck, secondReview }: CaseWrite): WritePart[] {
  const drawn = spotDraw === undefined ? [] : [spotDrawItem(spotDraw.draw), ...spotDraw.checks.map(spotCheckItem)];
  const parts: WritePart[] = drawn.map((Item) => ({
    item: { Put: { TableName: cases, Item, ...isNew } },
    onRefused: conflict('draw-exists'),
  }));
  const changed = [
    ...(spotCheck === undefined ? [] : [{ item: spotCheckItem(spotCheck.check), from: spotCheck.from }]),
    ...(secondReview === undefined ? [] : [{ item: secondReviewItem(secondReview.review), from: secondReview.from }]),
  ];
  for (const { item: Item, from } of changed) {
    parts.push({ item: { Put: { TableName: cases, Item, ...isAt(from) } }, onRefused: conflict('record-changed') });
  }
  return parts;
}

function settingsParts({ cases }: CaseTables, { changedSettings: change }: CaseWrite): WritePart[] {
  if (change === undefined) return [];
  const item = { Put: { TableName: cases, Item: settingsItem(change.settings), ...isAt(change.from) } };
  return [{ item, onRefused: conflict('settings-changed') }];
}

/** At the revision that is named; null for what must not exist yet. */
function isAt(from: number | null) {
  return from === null
    ? isNew
    : { ConditionExpression: 'revision = :revision', ExpressionAttributeValues: { ':revision': { N: String(from) } } };
}

const isNew = { ConditionExpression: 'attribute_not_exists(pk)' };

function isIn(states: readonly string[], digest: string) {
  const names = states.map((_, index) => `:state${index}`);
  return {
    ConditionExpression: `#state IN (${names.join(', ')}) AND digest = :digest`,
    ExpressionAttributeNames: { '#state': 'state' },
    ExpressionAttributeValues: {
      ...Object.fromEntries(states.map((state, index) => [`:state${index}`, { S: state }])),
      ':digest': { S: digest },
    },
  };
}
