import { notBuilt } from '../../kernel/errors.ts';
import type { JsonObject } from '../../kernel/service.ts';
import { validationError } from '../errors.ts';
import { objectsIn, optionalBoolean, optionalObject, optionalWord } from '../input.ts';
import { type AttributeTypes, parseAttributeTypes, refuseUndescribed } from './attribute-definitions.ts';
import { parseIndex } from './parse-index.ts';
import { parseKeySchema } from './parse-key-schema.ts';
import type { Index, TableDefinition } from './table.ts';
import { parseThroughput } from './throughput.ts';

/**
 * Reads what CreateTable says about a table.
 *
 * @throws ValidationException in the words of AWS; UnsupportedOperationException for streams and replicas.
 */
export function parseDefinition(input: JsonObject): TableDefinition {
  refuseStream(input);
  const types = parseAttributeTypes(input);
  const keys = parseKeySchema(objectsIn(input, 'KeySchema'), types);
  const isProvisioned =
    (optionalWord(input, 'BillingMode', ['PROVISIONED', 'PAY_PER_REQUEST']) ?? 'PROVISIONED') === 'PROVISIONED';
  const throughput = parseThroughput(input, isProvisioned);
  const indexes = parseIndexes(input, types, isProvisioned);
  const definition: TableDefinition = {
    keys,
    indexes,
    indexCount: indexes.length,
    timeToLiveAttribute: null,
    isProtected: optionalBoolean(input, 'DeletionProtectionEnabled') ?? false,
    throughput,
    described: describedSettings(input),
  };
  refuseUndescribed(definition, types);
  return definition;
}

function parseIndexes(input: JsonObject, types: AttributeTypes, isProvisioned: boolean): readonly Index[] {
  for (const list of ['GlobalSecondaryIndexes', 'LocalSecondaryIndexes']) {
    if (input[list] !== undefined && objectsIn(input, list).length === 0)
      throw validationError(`One or more parameter values were invalid: List of ${list} is empty`);
  }
  const specified = [
    ...objectsIn(input, 'GlobalSecondaryIndexes').map((index) => ({ index, scope: 'global' as const })),
    ...objectsIn(input, 'LocalSecondaryIndexes').map((index) => ({ index, scope: 'local' as const })),
  ];
  const indexes = specified.map(({ index, scope }, at) => parseIndex(index, scope, at + 1, types, isProvisioned));
  const names = new Set(indexes.map(({ name }) => name));
  if (names.size < indexes.length) {
    throw validationError('One or more parameter values were invalid: Duplicate index name');
  }
  refuseForeignLocal(input, indexes);
  return indexes;
}

function refuseForeignLocal(input: JsonObject, indexes: readonly Index[]): void {
  const tableKeys = objectsIn(input, 'KeySchema');
  const [hash] = tableKeys.filter((element) => element['KeyType'] === 'HASH');
  for (const { name, scope, keys } of indexes) {
    if (scope === 'global') continue;
    if (tableKeys.length < 2 || keys.hash.name !== hash?.['AttributeName'] || keys.range === null) {
      throw validationError(
        `One or more parameter values were invalid: Table KeySchema does not have a range key, or Index KeySchema does not share its hash key, for index: ${name}`,
      );
    }
  }
}

function refuseStream(input: JsonObject): void {
  const stream = optionalObject(input, 'StreamSpecification');
  if (stream?.['StreamEnabled'] === true || stream?.['StreamViewType'] !== undefined) {
    throw notBuilt('dynamodb', 'tables with a stream (StreamSpecification)');
  }
}

/** Settings that DescribeTable gives back and that change nothing here. */
export function describedSettings(input: JsonObject): JsonObject {
  const encryption = optionalObject(input, 'SSESpecification');
  const tableClass = optionalWord(input, 'TableClass', ['STANDARD', 'STANDARD_INFREQUENT_ACCESS']);
  return {
    ...(encryption?.['SSEEnabled'] === true && { SSEDescription: { Status: 'ENABLED', SSEType: 'KMS' } }),
    ...(tableClass !== null && { TableClassSummary: { TableClass: tableClass } }),
  };
}
