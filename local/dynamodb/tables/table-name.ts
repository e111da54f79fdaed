import { arnOf, type Place } from '../../kernel/names.ts';
import { resourceNotFound, validationError } from '../errors.ts';

const NAME = /^[a-zA-Z0-9_.-]+$/;

export function tableArn(place: Place, name: string): string {
  return arnOf(place, 'dynamodb', `table/${name}`);
}

/**
 * The table's name, from its name or ARN.
 *
 * @throws ResourceNotFoundException for an ARN of another place.
 */
export function tableNameOf(reference: string, place: Place): string {
  if (!reference.startsWith('arn:')) return reference;
  const prefix = tableArn(place, '');
  if (reference.startsWith(prefix)) return reference.slice(prefix.length);
  throw resourceNotFound();
}

/** @throws ValidationException unless it could name a table or index. */
export function checkName(name: string, member: 'tableName' | 'indexName'): void {
  if (name.length >= 3 && name.length <= 255 && NAME.test(name)) return;
  const rule = NAME.test(name)
    ? `Member must have length ${name.length < 3 ? 'greater than or equal to 3' : 'less than or equal to 255'}`
    : 'Member must satisfy regular expression pattern: [a-zA-Z0-9_.-]+';
  throw validationError(
    `1 validation error detected: Value '${name}' at '${member}' failed to satisfy constraint: ${rule}`,
  );
}
