import {
  ConditionalCheckFailedException,
  DeleteItemCommand,
  type DynamoDBClient,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import type { StoredDocument } from '../ports/index.ts';
import type { Item } from './case-items.ts';
import { confirmedIn, nameOf, readLesson } from './history-items.ts';
import { keyOf } from './item-keys.ts';

/** What a case taught: itself under each key, and its lesson, which says where it stands and so goes last. */
export function historyDocuments(table: string, own: readonly Item[]): StoredDocument[] {
  const place = 'histories';
  return own
    .filter(({ sk }) => sk?.S === keyOf.lesson('').sk.S)
    .flatMap((item) => {
      const { caseId, keys } = readLesson(item);
      const under = keys.map((key) => ({ table, item: keyOf.history(key), attribute: nameOf(caseId) }));
      const lesson = { table, item: keyOf.lesson(caseId) };
      return [...under, lesson].map((key) => ({ place, body: null, key }) as const);
    });
}

interface UnderKey {
  readonly table: string;
  readonly item: Item;
  readonly attribute: string;
}

/** Takes a case out from under a key; a key of no case is not kept. */
export async function removeFromHistory(
  client: DynamoDBClient,
  { table, item: Key, attribute }: UnderKey,
): Promise<void> {
  try {
    const { Attributes: left = {} } = await client.send(
      new UpdateItemCommand({
        ...{ TableName: table, Key, ReturnValues: 'ALL_NEW' },
        UpdateExpression: 'REMOVE #case ADD revision :one',
        ConditionExpression: 'attribute_exists(#case)',
        ExpressionAttributeNames: { '#case': attribute },
        ExpressionAttributeValues: { ':one': { N: '1' } },
      }),
    );
    if (confirmedIn(left).length > 0) return;
    await client.send(
      new DeleteItemCommand({
        ...{ TableName: table, Key },
        // Unless another case came in between.
        ConditionExpression: 'revision = :revision',
        ExpressionAttributeValues: { ':revision': left['revision'] ?? { N: '0' } },
      }),
    );
  } catch (error) {
    if (!(error instanceof ConditionalCheckFailedException)) throw error;
  }
}
