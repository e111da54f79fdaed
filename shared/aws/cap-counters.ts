import type { DynamoDBClient, TransactWriteItem } from '@aws-sdk/client-dynamodb';
import type { CapCount, CapTotals, Counted } from '../contracts/index.ts';
import type { CaseWrite } from '../ports/index.ts';
import type { Item } from './case-items.ts';
import { keyOf } from './item-keys.ts';
import { readItems } from './read-items.ts';

type Owner = Pick<CaseWrite, 'caseId' | 'workflow'>;

/** Kept after its day is over, for whoever wants to look at it. */
const KEPT_DAYS = 30;
const DAY_SECONDS = 86_400;

/** Adds to a counter if there is room. All cases of a workflow meet at the counter of a day: one write at a time. */
export function countPart(table: string, of: Owner, { cap, day, amount, limit }: CapCount): TransactWriteItem {
  const room = limit - amount;
  return {
    Update: {
      ...addition(table, of, { cap, day, amount }),
      // A counter that is not there yet has room for what the limit has room for.
      ConditionExpression: room < 0 ? '#total <= :room' : 'attribute_not_exists(#total) OR #total <= :room',
      ExpressionAttributeValues: { ...values({ day, amount }), ':room': { N: String(room) } },
    },
  };
}

/** Takes off what was added before. */
export function uncountPart(table: string, of: Owner, { cap, day, amount }: Counted): TransactWriteItem {
  const given = { cap, day, amount: -amount };
  return { Update: { ...addition(table, of, given), ExpressionAttributeValues: values(given) } };
}

/** Where counters stand, in one read. */
export async function readTotals(
  client: DynamoDBClient,
  table: string,
  of: Owner,
  counters: readonly Counted[],
): Promise<CapTotals> {
  const items = await readItems(
    client,
    table,
    counters.map(({ cap, day }) => keyOf.cap(of, cap, day)),
  );
  return Object.fromEntries(
    counters.flatMap(({ cap }, place) => {
      const item = items[place];
      return item === undefined ? [] : [[cap, Number(item['total']?.N ?? 0)]];
    }),
  );
}

function addition(table: string, of: Owner, { cap, day }: Counted) {
  return {
    TableName: table,
    Key: keyOf.cap(of, cap, day),
    UpdateExpression: `ADD #total :amount${day === null ? '' : ' SET expiresAt = :expiresAt'}`,
    ExpressionAttributeNames: { '#total': 'total' },
  };
}

function values({ day, amount }: Pick<Counted, 'day' | 'amount'>): Item {
  const added = { ':amount': { N: String(amount) } };
  if (day === null) return added;
  const expiresAt = Date.parse(day) / 1_000 + (1 + KEPT_DAYS) * DAY_SECONDS;
  return { ...added, ':expiresAt': { N: String(expiresAt) } };
}
