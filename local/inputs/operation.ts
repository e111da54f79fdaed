import type { z } from 'zod';
import { AwsError, notBuilt } from '../kernel/errors.ts';
import type { Caller, JsonObject, Operation, Permission } from '../kernel/service.ts';

/**
 * Makes an operation from the schema of its input. Use `z.strictObject`: a parameter that the schema does not name is
 * refused by name, never ignored. What the schema refuses is answered with the service's own `invalidCode`.
 */
export function operation<S extends z.ZodType>(definition: OperationDefinition<S>): Operation {
  const parse = (input: JsonObject): z.output<S> => parseInput(definition, input);
  return {
    permissions: (input) => definition.permissions(parse(input)),
    run: (input, caller) => definition.run(parse(input), caller),
  };
}

export interface OperationDefinition<S extends z.ZodType> extends InputDefinition<S> {
  readonly permissions: (input: z.output<S>) => readonly Permission[];
  readonly run: (input: z.output<S>, caller: Caller) => JsonObject | Promise<JsonObject>;
}

/** Parses properties of a template or the input of an operation; errors as in `operation`. */
export function parseInput<S extends z.ZodType>(definition: InputDefinition<S>, input: JsonObject): z.output<S> {
  const parsed = definition.input.safeParse(input);
  if (parsed.success) return parsed.data;
  throw refusal(definition, parsed.error.issues, input);
}

export interface InputDefinition<S extends z.ZodType> {
  /** As people say it: `SQS`, `Secrets Manager`. */
  readonly service: string;
  /** `SendMessage`, `AWS::SQS::Queue` */
  readonly name: string;
  /** Error code for an input that AWS would refuse too. */
  readonly invalidCode: string;
  /** Where the service has a code of its own for a parameter that is missing. */
  readonly missingCode?: string;
  readonly input: S;
}

function refusal(
  definition: InputDefinition<z.ZodType>,
  issues: readonly z.core.$ZodIssue[],
  input: JsonObject,
): AwsError {
  const issue = issues.find(({ code }) => code === 'unrecognized_keys') ?? issues[0];
  if (issue === undefined) return new AwsError(definition.invalidCode, 'The input is not valid.');
  const path = issue.path.map(String).join('.');
  if (issue.code === 'unrecognized_keys') {
    const parameter = [path, issue.keys.join(', ')].filter((part) => part !== '').join('.');
    return notBuilt(definition.service, `${definition.name} parameter ${parameter}`);
  }
  if (issue.code === 'invalid_type' && issue.message.endsWith('received undefined')) {
    const missingCode = definition.missingCode ?? definition.invalidCode;
    return new AwsError(missingCode, `The request must contain the parameter ${path}.`);
  }
  const value = shown(issue.path.reduce(memberOf, input));
  const message =
    path === '' ? issue.message : `Value ${value}for parameter ${path} is invalid. Reason: ${issue.message}`;
  return new AwsError(definition.invalidCode, message);
}

function memberOf(value: unknown, name: PropertyKey): unknown {
  return typeof value === 'object' && value !== null
    ? (value as Readonly<Record<PropertyKey, unknown>>)[name]
    : undefined;
}

/** A value that is short enough to be told, with a blank after it. */
function shown(value: unknown): string {
  return ['boolean', 'number', 'string'].includes(typeof value) && String(value).length <= LONGEST_SHOWN
    ? `${String(value)} `
    : '';
}

const LONGEST_SHOWN = 100;
