import type { Json, JsonObject } from '../../kernel/service.ts';
import type { Catcher, Flow, Machine, QueryLanguage, Retrier, State, StateBase } from './definition.ts';
import { isObject } from './definition.ts';

/**
 * Reads a definition that validation has accepted. For one that it would reject, the result is undefined behaviour up
 * to an exception: always validate first where the text comes from outside.
 */
export function parseDefinition(text: string): Machine {
  const source = objectOf(JSON.parse(text));
  const language = source['QueryLanguage'] === 'JSONata' ? 'JSONata' : 'JSONPath';
  return { ...parseFlow(source, language), timeoutSeconds: numberOf(source['TimeoutSeconds']) };
}

function parseFlow(source: JsonObject, language: QueryLanguage): Flow {
  const states = new Map<string, State>();
  for (const [name, fields] of Object.entries(objectOf(source['States']))) {
    states.set(name, parseState(name, objectOf(fields), language));
  }
  return { startAt: String(source['StartAt']), states };
}

/** Reads one state by itself. */
export function parseState(name: string, fields: JsonObject, machineLanguage: QueryLanguage): State {
  const language = queryLanguageOf(fields['QueryLanguage']) ?? machineLanguage;
  const base: StateBase = {
    name,
    language,
    fields,
    next: textOf(fields['Next']),
    retry: listOf(fields['Retry']).map(parseRetrier),
    catch: listOf(fields['Catch']).map(parseCatcher),
  };
  switch (fields['Type']) {
    case 'Task':
      return { ...base, type: 'Task', resource: String(fields['Resource']) };
    case 'Choice':
      return {
        ...base,
        type: 'Choice',
        choices: listOf(fields['Choices']).map(objectOf),
        defaultNext: textOf(fields['Default']),
      };
    case 'Parallel':
      return {
        ...base,
        type: 'Parallel',
        branches: listOf(fields['Branches']).map((branch) => parseFlow(objectOf(branch), machineLanguage)),
      };
    case 'Map':
      return parseMap(base, machineLanguage);
    case 'Pass':
    case 'Wait':
    case 'Succeed':
    case 'Fail':
      return { ...base, type: fields['Type'] };
    default:
      throw new Error(`the state '${name}' has an unknown type`);
  }
}

function parseMap(base: StateBase, machineLanguage: QueryLanguage): State {
  const processor = objectOf(base.fields['ItemProcessor'] ?? base.fields['Iterator'] ?? null);
  const config = isObject(processor['ProcessorConfig']) ? processor['ProcessorConfig'] : {};
  return {
    ...base,
    type: 'Map',
    processor: parseFlow(processor, machineLanguage),
    isDistributed: config['Mode'] === 'DISTRIBUTED',
    executionType: config['ExecutionType'] === 'EXPRESS' ? 'EXPRESS' : 'STANDARD',
  };
}

function parseRetrier(source: Json): Retrier {
  const fields = objectOf(source);
  return {
    errorEquals: listOf(fields['ErrorEquals']).map(String),
    intervalSeconds: numberOf(fields['IntervalSeconds']) ?? 1,
    maxAttempts: numberOf(fields['MaxAttempts']) ?? 3,
    backoffRate: numberOf(fields['BackoffRate']) ?? 2,
    maxDelaySeconds: numberOf(fields['MaxDelaySeconds']),
    hasFullJitter: fields['JitterStrategy'] === 'FULL',
  };
}

function parseCatcher(source: Json, index: number): Catcher {
  const fields = objectOf(source);
  return { index, errorEquals: listOf(fields['ErrorEquals']).map(String), next: String(fields['Next']), fields };
}

function queryLanguageOf(value: Json | undefined): QueryLanguage | null {
  return value === 'JSONata' || value === 'JSONPath' ? value : null;
}

function objectOf(value: Json | undefined): JsonObject {
  if (!isObject(value)) throw new Error('the definition has something else where an object belongs');
  return value;
}

function listOf(value: Json | undefined): readonly Json[] {
  return Array.isArray(value) ? value : [];
}

function textOf(value: Json | undefined): string | null {
  return typeof value === 'string' ? value : null;
}

function numberOf(value: Json | undefined): number | null {
  return typeof value === 'number' ? value : null;
}
