import type { TransactWriteItem } from '@aws-sdk/client-dynamodb';
import * as z from 'zod';
import { Shape } from '../contracts/index.ts';
import type { CaseWrite } from '../ports/index.ts';
import type { Item } from './case-items.ts';
import type { CaseTables, WritePart } from './case-write.ts';
import { keyOf } from './item-keys.ts';

/** A shape that has ended stays in view for so long. */
const KEPT_SECONDS = 90 * 86_400;

/** Uses, end and revocation are attributes of their own, because conditions read and change them. */
function shapeItem(shape: Shape): Item {
  const { uses, revoked, ...lasting } = shape;
  return {
    ...keyOf.shape(shape.id),
    body: { S: JSON.stringify(lasting) },
    uses: { N: String(uses) },
    maximumUses: { N: String(shape.maximumUses) },
    expiresAtMs: { N: String(shape.expiresAtMs) },
    // DynamoDB deletes by seconds.
    expiresAt: { N: String(Math.ceil(shape.expiresAtMs / 1_000) + KEPT_SECONDS) },
    ...(revoked === null ? {} : { revoked: { S: JSON.stringify(revoked) } }),
  };
}

export function readShape(item: Item): Shape {
  const lasting = z.record(z.string(), z.unknown()).parse(JSON.parse(item['body']?.S ?? '{}'));
  const revoked = item['revoked']?.S;
  return Shape.parse({
    ...lasting,
    uses: Number(item['uses']?.N),
    revoked: revoked === undefined ? null : JSON.parse(revoked),
  });
}

/** What a write does to a remembered approval. */
export function shapeParts({ cases }: CaseTables, { shape: change }: CaseWrite): WritePart[] {
  if (change === undefined) return [];
  switch (change.kind) {
    case 'remember': {
      const put = { TableName: cases, Item: shapeItem(change.shape), ConditionExpression: 'attribute_not_exists(pk)' };
      return [part({ Put: put }, 'shape-exists')];
    }
    case 'use':
      return [
        part(
          {
            Update: {
              TableName: cases,
              Key: keyOf.shape(change.id),
              UpdateExpression: 'SET uses = uses + :one',
              // A shape that is not there has no uses, and so does not hold either.
              ConditionExpression: 'attribute_not_exists(revoked) AND uses < maximumUses AND expiresAtMs > :now',
              ExpressionAttributeValues: { ':one': { N: '1' }, ':now': { N: String(change.atMs) } },
            },
          },
          'shape-over',
        ),
      ];
    case 'revoke':
      return [
        part(
          {
            Update: {
              TableName: cases,
              Key: keyOf.shape(change.id),
              UpdateExpression: 'SET revoked = :revoked',
              ConditionExpression: 'attribute_exists(pk) AND attribute_not_exists(revoked)',
              ExpressionAttributeValues: { ':revoked': { S: JSON.stringify(change.revoked) } },
            },
          },
          'shape-over',
        ),
      ];
  }
}

function part(item: TransactWriteItem, conflict: 'shape-exists' | 'shape-over'): WritePart {
  return { item, onRefused: () => ({ kind: 'conflict', conflict }) };
}
