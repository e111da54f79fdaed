import type { JsonObject } from '../../kernel/service.ts';
import { validationError } from '../errors.ts';
import { constraint, objectsIn, requiredString } from '../input.ts';
import { type KeyAttribute, type KeyType, keyAttributesOf, type TableDefinition } from './table.ts';

/** AttributeDefinitions by name. */
export type AttributeTypes = ReadonlyMap<string, KeyType>;

export function parseAttributeTypes(input: JsonObject): AttributeTypes {
  const types = new Map<string, KeyType>();
  for (const definition of objectsIn(input, 'AttributeDefinitions')) {
    const name = requiredString(definition, 'AttributeName');
    if (types.has(name)) {
      throw validationError(
        `One or more parameter values were invalid: Duplicate AttributeName in AttributeDefinitions: ${name}`,
      );
    }
    types.set(name, parseKeyType(requiredString(definition, 'AttributeType')));
  }
  return types;
}

/** All key attributes of a table and its indexes, each once, with their types. */
export function attributesInUse({ keys, indexes }: TableDefinition): readonly KeyAttribute[] {
  const attributes = new Map<string, KeyAttribute>();
  for (const schema of [keys, ...indexes.map((index) => index.keys)]) {
    for (const attribute of keyAttributesOf(schema)) attributes.set(attribute.name, attribute);
  }
  return [...attributes.values()];
}

/** @throws ValidationException if an attribute is defined that no key uses. */
export function refuseUndescribed(definition: TableDefinition, types: AttributeTypes): void {
  const used = attributesInUse(definition).map(({ name }) => name);
  if (types.size === used.length) return;
  throw validationError(
    `One or more parameter values were invalid: Number of attributes in KeySchema does not exactly match number of attributes defined in AttributeDefinitions`,
  );
}

function parseKeyType(type: string): KeyType {
  if (type === 'S' || type === 'N' || type === 'B') return type;
  throw constraint(
    type,
    'attributeDefinitions.1.member.attributeType',
    'Member must satisfy enum value set: [B, N, S]',
  );
}
