import type { JsonObject } from '../../kernel/service.ts';
import { validationError } from '../errors.ts';
import { objectsIn, optionalList, optionalObject, optionalWord, refuseUnknown, requiredString } from '../input.ts';
import type { AttributeTypes } from './attribute-definitions.ts';
import { parseKeySchema } from './parse-key-schema.ts';
import type { Index, Projection } from './table.ts';
import { checkName } from './table-name.ts';
import { parseThroughput } from './throughput.ts';

/** Reads one entry of GlobalSecondaryIndexes or LocalSecondaryIndexes. @throws ValidationException in the words of AWS. */
export function parseIndex(
  input: JsonObject,
  scope: Index['scope'],
  id: number,
  types: AttributeTypes,
  isProvisioned: boolean,
): Index {
  refuseUnknown('indexes', input, ['IndexName', 'KeySchema', 'Projection', 'ProvisionedThroughput']);
  const name = requiredString(input, 'IndexName');
  checkName(name, 'indexName');
  return {
    id,
    name,
    scope,
    keys: parseKeySchema(objectsIn(input, 'KeySchema'), types),
    projection: parseProjectionOf(input, name),
    throughput: scope === 'local' ? null : parseThroughput(input, isProvisioned),
  };
}

function parseProjectionOf(input: JsonObject, indexName: string): Projection {
  const projection = optionalObject(input, 'Projection');
  const type = projection && optionalWord(projection, 'ProjectionType', ['ALL', 'KEYS_ONLY', 'INCLUDE']);
  if (type === null || projection === null) {
    throw invalid(`Unknown ProjectionType: null, for index: ${indexName}`);
  }
  const attributes = optionalList(projection, 'NonKeyAttributes');
  if (type === 'INCLUDE' && attributes === null)
    throw invalid('ProjectionType is INCLUDE, but NonKeyAttributes is not specified');
  if (type !== 'INCLUDE' && attributes !== null) {
    throw invalid(`ProjectionType is ${type}, but NonKeyAttributes is specified`);
  }
  return { type, attributes: (attributes ?? []).map(String) };
}

function invalid(what: string): Error {
  return validationError(`One or more parameter values were invalid: ${what}`);
}
