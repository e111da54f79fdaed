import type { JsonObject } from '../../kernel/service.ts';
import type { Path } from '../expressions/path.ts';
import { Placeholders } from '../expressions/placeholders.ts';
import { parseProjection, project } from '../expressions/projection.ts';
import { optionalString } from '../input.ts';
import type { AttributeMap } from '../values/attribute-value.ts';

/** Reads the ProjectionExpression of a request that can have no other expression; null for whole items. */
export function parseOnlyProjection(input: JsonObject): readonly Path[] | null {
  const placeholders = new Placeholders(input, ['ProjectionExpression']);
  const text = optionalString(input, 'ProjectionExpression');
  const paths = text === null ? null : parseProjection(text, placeholders);
  placeholders.refuseUnused();
  return paths;
}

export function projected(item: AttributeMap, paths: readonly Path[] | null): AttributeMap {
  return paths === null ? item : project(item, paths);
}
