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
    effects.push(...items.map(performed));
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

/** The sandbox connectors keep what they performed as JSON text. */
function performed(item: JsonObject): Json {
  const effect = item['effect'];
  return isObject(effect) && typeof effect['S'] === 'string' ? JSON.parse(effect['S']) : null;
}
