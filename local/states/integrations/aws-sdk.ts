import { randomUUID } from 'node:crypto';
import { AwsError } from '../../kernel/errors.ts';
import type { Json, JsonObject } from '../../kernel/service.ts';
import { isObject } from '../asl/definition.ts';
import type { CallAnswer } from '../asl/signal.ts';
import { exceptionName } from './call-failure.ts';
import { fieldsOf, recased, withTextFields } from './parameters.ts';
import type { ServiceCall } from './task-call.ts';

/** A service that tasks reach as `aws-sdk:<name>:<operation>`. */
interface SdkService {
  /** Its name in calls of the local runtime. */
  readonly service: string;
  readonly errorPrefix: string;
  /** Fields of a request that are text, whatever is given for them. */
  readonly textFields: readonly string[];
  /** Whether the service's own fields begin with a small letter, which tasks write large. */
  readonly isCamelCase: boolean;
  /** Of the errors that services have in common, those that its API model names. */
  readonly modelled?: readonly string[];
}

const SDK_SERVICES: Readonly<Record<string, SdkService>> = {
  cloudwatch: {
    service: 'cloudwatch',
    errorPrefix: 'CloudWatch',
    textFields: [],
    isCamelCase: false,
    modelled: ['ValidationException'],
  },
  dynamodb: {
    service: 'dynamodb',
    errorPrefix: 'DynamoDb',
    textFields: [],
    isCamelCase: false,
    modelled: ['ThrottlingException'],
  },
  eventbridge: {
    service: 'events',
    errorPrefix: 'EventBridge',
    textFields: ['Detail'],
    isCamelCase: false,
    modelled: ['AccessDeniedException', 'ThrottlingException'],
  },
  lambda: { service: 'lambda', errorPrefix: 'Lambda', textFields: ['Payload'], isCamelCase: false },
  scheduler: {
    service: 'scheduler',
    errorPrefix: 'Scheduler',
    textFields: ['Input'],
    isCamelCase: false,
    modelled: ['ThrottlingException', 'ValidationException'],
  },
  secretsmanager: {
    service: 'secretsmanager',
    errorPrefix: 'SecretsManager',
    textFields: ['SecretString'],
    isCamelCase: false,
  },
  sesv2: { service: 'ses', errorPrefix: 'SesV2', textFields: [], isCamelCase: false },
  sfn: {
    service: 'states',
    errorPrefix: 'Sfn',
    textFields: ['Input', 'Output', 'Cause', 'Definition'],
    isCamelCase: true,
    modelled: ['ValidationException'],
  },
  sns: { service: 'sns', errorPrefix: 'Sns', textFields: ['Message'], isCamelCase: false },
  sqs: { service: 'sqs', errorPrefix: 'Sqs', textFields: ['MessageBody'], isCamelCase: false },
};

export function isSdkService(resourceType: string): boolean {
  return Object.hasOwn(SDK_SERVICES, resourceType.replace('aws-sdk:', ''));
}

/** Calls any operation of a service that the local runtime has. */
export async function callSdk({ resource, input, dispatch, caller }: ServiceCall): Promise<CallAnswer> {
  const service = SDK_SERVICES[resource.resourceType.replace('aws-sdk:', '')];
  if (service === undefined) throw new Error(`no service stands behind ${resource.resourceType}`);
  const operation = `${resource.operation.charAt(0).toUpperCase()}${resource.operation.slice(1)}`;
  try {
    const request = requestOf(fieldsOf(input), service);
    const response = await dispatch({ service: service.service, operation, input: request, caller });
    return { ok: true, output: responseOf(response, service), childArn: null };
  } catch (error) {
    return sdkFailure(error, service);
  }
}

function requestOf(input: JsonObject, service: SdkService): JsonObject {
  const withTexts = withTextFields(input, service.textFields);
  const entries = withTexts['Entries'];
  const complete = Array.isArray(entries)
    ? {
        ...withTexts,
        Entries: entries.map((entry: Json) => (isObject(entry) ? withTextFields(entry, service.textFields) : entry)),
      }
    : withTexts;
  if (!service.isCamelCase) return complete;
  const present = Object.fromEntries(Object.entries(complete).filter(([, value]) => value !== null));
  return fieldsOf(recased(present, 'lower'));
}

function responseOf(response: JsonObject, service: SdkService): Json {
  if (!service.isCamelCase) return response;
  return withIsoDates(fieldsOf(recased(response, 'upper')));
}

/** Seconds since the epoch, which the service answers, as the text that tasks get. */
function withIsoDates(response: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(response).map(([key, value]) => {
      const isDate = key.endsWith('Date') && typeof value === 'number';
      return [key, isDate ? new Date(value * 1000).toISOString() : value];
    }),
  );
}

function sdkFailure(error: unknown, service: SdkService): CallAnswer {
  if (!(error instanceof AwsError)) {
    return { ok: false, error: `${service.errorPrefix}.SdkClientException`, cause: String(error) };
  }
  const where = `(Service: ${service.errorPrefix}, Status Code: ${error.status}, Request ID: ${randomUUID()})`;
  return {
    ok: false,
    error: `${service.errorPrefix}.${sdkExceptionName(error.name, service)}`,
    cause: `${error.message} ${where}`,
  };
}

/** Errors that services have in common and most API models do not name. */
const COMMON_ERRORS = new Set([
  'AccessDeniedException',
  'InternalFailure',
  'MissingParameter',
  'SerializationException',
  'ThrottlingException',
  'UnknownOperationException',
  'UnrecognizedClientException',
  'ValidationError',
  'ValidationException',
]);

/** What a service's API model does not name is its general exception, as in `DynamoDb.DynamoDbException`. */
function sdkExceptionName(code: string, { errorPrefix, modelled }: SdkService): string {
  const isUnmodelled = COMMON_ERRORS.has(code) && modelled?.includes(code) !== true;
  return isUnmodelled ? `${errorPrefix}Exception` : exceptionName(code);
}
