import { notBuilt } from '../../kernel/errors.ts';
import type { JsonObject } from '../../kernel/service.ts';
import { validationError } from '../errors.ts';
import { requiredString } from '../input.ts';
import type { AttributeTypes } from './attribute-definitions.ts';
import type { KeyAttribute, KeySchema } from './table.ts';

/** Reads KeySchema: the hash key, then perhaps the range key. @throws ValidationException in the words of AWS. */
export function parseKeySchema(elements: readonly JsonObject[], types: AttributeTypes): KeySchema {
  if (elements.length > 2) throw notBuilt('dynamodb', 'keys of more than one hash and one range attribute');
  const [hash, range] = elements;
  if (hash === undefined) throw missingKeySchema();
  if (hash['KeyType'] !== 'HASH') {
    throw invalid('The first KeySchemaElement is not a HASH key type');
  }
  if (range !== undefined && range['KeyType'] !== 'RANGE') {
    throw invalid('The second KeySchemaElement is not a RANGE key type');
  }
  const keys = {
    hash: attribute(hash, types),
    range: range === undefined ? null : attribute(range, types),
  };
  if (keys.range?.name === keys.hash.name) {
    throw invalid('Both the Hash Key and the Range Key element in the KeySchema have the same name');
  }
  return keys;
}

function attribute(element: JsonObject, types: AttributeTypes): KeyAttribute {
  const name = requiredString(element, 'AttributeName');
  const type = types.get(name);
  if (type !== undefined) return { name, type };
  const known = [...types.keys()].join(', ');
  throw validationError(
    `One or more parameter values were invalid: Some index key attributes are not defined in AttributeDefinitions. Keys: [${name}], AttributeDefinitions: [${known}]`,
  );
}

function missingKeySchema(): Error {
  return validationError(
    "1 validation error detected: Value null at 'keySchema' failed to satisfy constraint: Member must not be null",
  );
}

function invalid(what: string): Error {
  return validationError(`Invalid KeySchema: ${what}`);
}
