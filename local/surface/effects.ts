import { AwsError } from '../kernel/errors.ts';
import type { Json, JsonObject } from '../kernel/service.ts';
import { isObject } from '../template/intrinsics.ts';
import type { SurfaceParts } from './parts.ts';

/** What sandbox connectors performed for a case, in order. */
export async function effectsOf(parts: SurfaceParts, caseId: string): Promise<readonly Json[]> {
  if (parts.effectsTable === null) {
    throw new AwsError('NotFound', 'The stack has no table of sandbox connectors.', { status: 404 });
  }
  const effects: Json[] = [];
  let startKey: Json | undefined;
  do {
    const page: JsonObject = await queryPage(parts, parts.effectsTable, caseId, startKey);
    const items = Array.isArray(page['Items']) ? (page['Items'] as readonly JsonObject[]) : [];
    effects.push(...items.map((item) => plainValue(item['effect'] ?? { NULL: true })));
    startKey = page['LastEvaluatedKey'];
  } while (startKey !== undefined);
  return effects;
}

function queryPage(
  parts: SurfaceParts,
  TableName: string,
  caseId: string,
  startKey: Json | undefined,
): Promise<JsonObject> {
  return parts.dispatch({
    service: 'dynamodb',
    operation: 'Query',
    input: {
      TableName,
      KeyConditionExpression: 'pk = :case AND begins_with(sk, :effect)',
      ExpressionAttributeValues: { ':case': { S: `case#${caseId}` }, ':effect': { S: 'effect#' } },
      ConsistentRead: true,
      ...(startKey === undefined ? {} : { ExclusiveStartKey: startKey }),
    },
    caller: { kind: 'operator', traceId: null },
  });
}

/** A DynamoDB attribute value as plain JSON; numbers that JSON cannot hold lose digits, binaries stay base64. */
function plainValue(value: Json): Json {
  const [type, content] = isObject(value) ? (Object.entries(value)[0] ?? ['NULL', null]) : ['NULL', null];
  switch (type) {
    case 'N':
      return Number(content);
    case 'NS':
      return Array.isArray(content) ? content.map(Number) : null;
    case 'L':
      return Array.isArray(content) ? content.map((item: Json) => plainValue(item)) : null;
    case 'M':
      return isObject(content)
        ? Object.fromEntries(Object.entries(content).map(([key, member]) => [key, plainValue(member)]))
        : null;
    case 'NULL':
      return null;
    default:
      return content;
  }
}
