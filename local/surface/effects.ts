import { AwsError } from '../kernel/errors.ts';
import type { Json, JsonObject } from '../kernel/service.ts';
import { isObject } from '../template/intrinsics.ts';
import type { SurfaceParts } from './parts.ts';

/** What sandbox connectors performed for a case, in order. */
export function effectsOf(parts: SurfaceParts, caseId: string): Promise<readonly Json[]> {
  return itemsOf(parts, caseId, 'effect');
}

/** What the sandbox's channels show of a case's questions. */
export function cardsOf(parts: SurfaceParts, caseId: string): Promise<readonly Json[]> {
  return itemsOf(parts, caseId, 'card');
}

async function itemsOf(parts: SurfaceParts, caseId: string, kind: 'effect' | 'card'): Promise<readonly Json[]> {
  if (parts.effectsTable === null) {
    throw new AwsError('NotFound', 'The stack has no table of sandbox connectors.', { status: 404 });
  }
  const found: Json[] = [];
  let startKey: Json | undefined;
  do {
    const page: JsonObject = await queryPage(parts, { table: parts.effectsTable, caseId, kind }, startKey);
    const items = Array.isArray(page['Items']) ? (page['Items'] as readonly JsonObject[]) : [];
    found.push(...items.map((item) => contentOf(item, kind)));
    startKey = page['LastEvaluatedKey'];
  } while (startKey !== undefined);
  return found;
}

function queryPage(
  parts: SurfaceParts,
  { table: TableName, caseId, kind }: { table: string; caseId: string; kind: 'effect' | 'card' },
  startKey: Json | undefined,
): Promise<JsonObject> {
  return parts.dispatch({
    service: 'dynamodb',
    operation: 'Query',
    input: {
      TableName,
      KeyConditionExpression: 'pk = :case AND begins_with(sk, :kind)',
      ExpressionAttributeValues: { ':case': { S: `case#${caseId}` }, ':kind': { S: `${kind}#` } },
      ConsistentRead: true,
      ...(startKey === undefined ? {} : { ExclusiveStartKey: startKey }),
    },
    caller: { kind: 'operator', traceId: null },
  });
}

/** The sandbox connectors keep what they performed, and show, as JSON text. */
function contentOf(item: JsonObject, kind: 'effect' | 'card'): Json {
  const content = item[kind];
  return isObject(content) && typeof content['S'] === 'string' ? JSON.parse(content['S']) : null;
}
