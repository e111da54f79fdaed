import type { QueryCommandInput } from '@aws-sdk/client-dynamodb';
import type { KnownCase } from '../ports/index.ts';
import { type Item, readAction, readCase, readIntent } from './case-items.ts';
import { keyOf } from './item-keys.ts';
import { readRecord } from './record-items.ts';

const ACTIONS = 'action#';
const INTENTS = 'intent#';

/** Sort keys from the first action to the record. What lies between and is not asked for is small: counters and marks. */
export function knownRange(
  caseId: string,
): Pick<QueryCommandInput, 'KeyConditionExpression' | 'ExpressionAttributeValues'> {
  const { pk, sk: last } = keyOf.record(caseId);
  return {
    KeyConditionExpression: 'pk = :pk AND sk BETWEEN :first AND :last',
    ExpressionAttributeValues: { ':pk': pk, ':first': { S: ACTIONS }, ':last': last },
  };
}

/** Of all items in that range. */
export function readKnown(items: readonly Item[]): KnownCase {
  const under = (prefix: string): Item[] => items.filter(({ sk }) => sk?.S?.startsWith(prefix));
  const at = ({ sk }: Item): Item | undefined => items.find((item) => item['sk']?.S === sk?.S);
  const [case_, record] = [at(keyOf.case('')), at(keyOf.record(''))];
  return {
    case: case_ === undefined ? null : readCase(case_),
    actions: under(ACTIONS).map(readAction),
    closedIntents: closedAmong(under(INTENTS)),
    record: record === undefined ? null : readRecord(record),
  };
}

/** Of items of intents. */
export function closedAmong(intents: readonly Item[]): KnownCase['closedIntents'] {
  return intents.filter(({ state }) => state?.S === 'closed').map(readIntent);
}
