import type { Json } from '../../../kernel/service.ts';
import { isObject } from '../../asl/definition.ts';
import { parseResource } from '../../asl/resource.ts';
import { validationError } from '../refusals.ts';

/** A field of a service's answer, as far as a mock of it is checked. */
interface Field {
  readonly type: 'array' | 'boolean' | 'number' | 'object' | 'string';
  readonly isRequired?: boolean;
}

const TEXT: Field = { type: 'string' };
const NUMBER: Field = { type: 'number' };
const OBJECT: Field = { type: 'object' };
const LIST: Field = { type: 'array' };
const NEEDED: Field = { type: 'string', isRequired: true };

type Shape = Readonly<Record<string, Field>>;

/** Answers of the operations that the local runtime calls; mocks of others are taken as they are. */
const SHAPES: Readonly<Record<string, Shape>> = {
  'dynamodb:deleteItem': { Attributes: OBJECT, ConsumedCapacity: OBJECT, ItemCollectionMetrics: OBJECT },
  'dynamodb:getItem': { ConsumedCapacity: OBJECT, Item: OBJECT },
  'dynamodb:putItem': { Attributes: OBJECT, ConsumedCapacity: OBJECT, ItemCollectionMetrics: OBJECT },
  'dynamodb:query': {
    ConsumedCapacity: OBJECT,
    Count: NUMBER,
    Items: LIST,
    LastEvaluatedKey: OBJECT,
    ScannedCount: NUMBER,
  },
  'dynamodb:updateItem': { Attributes: OBJECT, ConsumedCapacity: OBJECT, ItemCollectionMetrics: OBJECT },
  'events:putEvents': { Entries: LIST, FailedEntryCount: NUMBER },
  'lambda:invoke': { ExecutedVersion: TEXT, FunctionError: TEXT, LogResult: TEXT, StatusCode: NUMBER },
  'sns:publish': { MessageId: TEXT, SequenceNumber: TEXT },
  'sqs:sendMessage': {
    MD5OfMessageAttributes: TEXT,
    MD5OfMessageBody: TEXT,
    MD5OfMessageSystemAttributes: TEXT,
    MessageId: TEXT,
    SequenceNumber: TEXT,
  },
  'states:startExecution': { ExecutionArn: NEEDED, StartDate: NEEDED },
};

/** Names that the SDK integrations have for services. */
const SAME_AS: Readonly<Record<string, string>> = { eventbridge: 'events', sfn: 'states' };

/** Throws ValidationException where a mock differs from the real answer; all required fields must be there if `isStrict`. */
export function checkShape(resourceArn: string, result: Json, isStrict: boolean): void {
  const resource = parseResource(resourceArn);
  if (resource?.kind !== 'service' || resource.pattern === 'sync' || resource.pattern === 'sync:2') return;
  const service = resource.resourceType.replace('aws-sdk:', '');
  const shape = SHAPES[`${SAME_AS[service] ?? service}:${resource.operation}`];
  if (shape === undefined || !isObject(result)) return;
  for (const [name, field] of Object.entries(shape)) {
    const value = result[name];
    if (value === undefined && isStrict && field.isRequired === true)
      throw mismatch(`Required field '${name}' is missing`);
    if (value !== undefined && typeName(value) !== field.type)
      throw mismatch(`Field '${name}' must be ${ARTICLES[field.type]} ${field.type}`);
  }
}

const ARTICLES: Readonly<Record<Field['type'], string>> = {
  array: 'an',
  boolean: 'a',
  number: 'a',
  object: 'an',
  string: 'a',
};

function typeName(value: Json): string {
  if (value === null) return 'null';
  return Array.isArray(value) ? 'array' : typeof value;
}

function mismatch(problem: string): Error {
  return validationError(`Mock result schema validation error: ${problem}`);
}
