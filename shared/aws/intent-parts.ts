import type { TransactWriteItem } from '@aws-sdk/client-dynamodb';
import type { Action } from '../contracts/index.ts';
import { intentKey } from '../domain/plan-actions.ts';
import type { CaseWrite, IntentTaken } from '../ports/index.ts';
import type { Refusal, WritePart } from './case-write.ts';
import { keyOf } from './item-keys.ts';

/**
 * What a write does to the intents of its case, and what it asks of them. The item of an intent says whether people have
 * closed it, and which round's actions have begun it; both stay on it, whatever becomes of the other.
 */
export function intentParts(table: string, write: CaseWrite): WritePart[] {
  const { caseId, closedIntents = [], reopenedIntents = [], whileIntentOpen, takesIntent } = write;
  return [
    ...closedIntents.map((intent) => setPart(table, caseId, intent, 'closed')),
    ...reopenedIntents.map((intent) => setPart(table, caseId, intent, 'open')),
    ...(whileIntentOpen === undefined ? [] : [openPart(table, caseId, whileIntentOpen)]),
    ...(takesIntent === undefined ? [] : takenParts(table, caseId, takesIntent)),
  ];
}

/** A person refused it, or allows it again. */
function setPart(table: string, caseId: string, intent: Action['intent'], state: 'closed' | 'open'): WritePart {
  const item: TransactWriteItem = {
    Update: {
      ...at(table, caseId, intent),
      UpdateExpression: 'SET #state = :state, body = :body',
      ExpressionAttributeNames: { '#state': 'state' },
      ExpressionAttributeValues: { ':state': { S: state }, ':body': { S: JSON.stringify(intent) } },
    },
  };
  return { item, onRefused: () => ({ kind: 'conflict', conflict: 'ledger-busy' }) };
}

const IS_OPEN = '(attribute_not_exists(#state) OR #state <> :closed)';

function openPart(table: string, caseId: string, intent: Action['intent']): WritePart {
  const item: TransactWriteItem = {
    ConditionCheck: {
      ...at(table, caseId, intent),
      ConditionExpression: IS_OPEN,
      ExpressionAttributeNames: { '#state': 'state' },
      ExpressionAttributeValues: { ':closed': { S: 'closed' } },
    },
  };
  return { item, onRefused: () => CLOSED };
}

function takenParts(table: string, caseId: string, { intent, round, instead }: IntentTaken): WritePart[] {
  const from = instead === null ? {} : { ':instead': { N: String(instead.round) } };
  const item: TransactWriteItem = {
    Update: {
      ...at(table, caseId, intent),
      UpdateExpression: 'SET heldBy = :round, body = :body, #state = if_not_exists(#state, :open)',
      ConditionExpression: `${IS_OPEN} AND (attribute_not_exists(heldBy) OR heldBy IN (${[':round', ...Object.keys(from)].join(', ')}))`,
      ExpressionAttributeNames: { '#state': 'state' },
      ExpressionAttributeValues: {
        ...{ ':closed': { S: 'closed' }, ':open': { S: 'open' }, ':round': { N: String(round) }, ...from },
        ':body': { S: JSON.stringify(intent) },
      },
      ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
    },
  };
  const taken: WritePart = {
    item,
    onRefused: ({ Item: found }) => (found?.['state']?.S === 'closed' ? CLOSED : takenBy(found?.['heldBy']?.N ?? '')),
  };
  const unhappened = (instead?.actionIds ?? []).map((id) => ({
    item: { ConditionCheck: { TableName: table, Key: keyOf.action(caseId, id), ...hasNotHappened } },
    onRefused: () => takenBy(String(instead?.round)),
  }));
  return [taken, ...unhappened];
}

function at(table: string, caseId: string, intent: Action['intent']) {
  return { TableName: table, Key: keyOf.intent(caseId, intentKey(intent)) };
}

const CLOSED: Refusal = { kind: 'conflict', conflict: 'intent-closed' };

function takenBy(round: string): Refusal {
  return { kind: 'conflict', conflict: 'intent-taken', about: round };
}

/** As `mayHaveHappened` has it; actions of older code do not say whether they were begun. */
const hasNotHappened = {
  ConditionExpression:
    'attribute_not_exists(pk) OR #state IN (:refused, :takenBack) OR ' +
    '((attribute_not_exists(begun) OR begun = :false) AND NOT #state IN (:intended, :done, :unsure))',
  ExpressionAttributeNames: { '#state': 'state' },
  ExpressionAttributeValues: {
    ...{ ':refused': { S: 'refused' }, ':takenBack': { S: 'taken-back' }, ':false': { BOOL: false } },
    ...{ ':intended': { S: 'intended' }, ':done': { S: 'done' }, ':unsure': { S: 'unsure' } },
  },
};
