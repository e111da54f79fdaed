import type { Json, JsonObject } from '../../../kernel/service.ts';
import { isObject } from '../definition.ts';
import { expressionFault, expressionIn } from '../jsonata/expression.ts';
import type { IntrinsicCall } from '../jsonpath/intrinsic-syntax.ts';
import { isIntrinsic, parseIntrinsic } from '../jsonpath/intrinsic-syntax.ts';
import { isKnownIntrinsic } from '../jsonpath/intrinsics.ts';
import { parsePath } from '../jsonpath/lookup.ts';
import type { Report } from './report.ts';

/** Which fields are missing, in the words of AWS. */
export function checkRequired(fields: JsonObject, names: readonly string[], location: string, report: Report): void {
  const missing = names.filter((name) => fields[name] === undefined);
  if (missing.length > 0) report.error(location, `These fields are required: [${missing.join(', ')}]`);
}

export interface Range {
  readonly min: number;
  readonly max: number;
}

/** A whole number in a range; nothing to say where it is missing or an expression. */
export function checkInteger(value: Json | undefined, { min, max }: Range, location: string, report: Report): void {
  if (value === undefined || isExpression(value)) return;
  if (typeof value !== 'number' || !Number.isInteger(value)) report.error(location, 'Expected value of type Integer');
  else checkRange(value, { min, max }, location, report);
}

export function checkNumber(value: Json | undefined, { min, max }: Range, location: string, report: Report): void {
  if (value === undefined || isExpression(value)) return;
  if (typeof value !== 'number') report.error(location, 'Expected value of type Integer');
  else checkRange(value, { min, max }, location, report);
}

function checkRange(value: number, { min, max }: Range, location: string, report: Report): void {
  if (value < min) report.error(location, `Minimum value is ${min}`);
  if (value > max) report.error(location, `Maximum value is ${max}`);
}

/** A value that must be one of a few texts; nothing to say where it is missing. */
export function checkOneOf(
  value: Json | undefined,
  allowed: readonly string[],
  location: string,
  report: Report,
): void {
  if (value === undefined || (typeof value === 'string' && allowed.includes(value))) return;
  report.error(location, `Value should be one of the following: [${allowed.join(', ')}]`);
}

export function isExpression(value: Json): boolean {
  return typeof value === 'string' && expressionIn(value) !== null;
}

/** At most one of two fields. */
export function checkExclusive(fields: JsonObject, one: string, other: string, location: string, report: Report): void {
  if (fields[one] !== undefined && fields[other] !== undefined) report.error(location, onlyOneOf([one, other]));
}

/** Exactly one of some fields. */
export function checkExactlyOne(fields: JsonObject, names: readonly string[], location: string, report: Report): void {
  const given = names.filter((name) => fields[name] !== undefined);
  if (given.length > 1) report.error(location, onlyOneOf(names));
  if (given.length === 0)
    report.error(location, `This object should have only one of the following fields: [${names.join(', ')}]`);
}

export function onlyOneOf(names: readonly string[]): string {
  return `There should only be one of the following fields: [${names.join(', ')}]`;
}

/** All expressions in a template of a JSONata state can be compiled. */
export function checkExpressions(template: Json, location: string, report: Report): void {
  if (typeof template === 'string') {
    const source = expressionIn(template);
    const fault = source === null ? null : expressionFault(source);
    if (fault !== null) report.error(location, `The JSONata expression is not valid: ${fault}`);
    if (source === null && template.startsWith('{%'))
      report.error(location, 'JSONata string must start with {% and end with %}');
  } else if (Array.isArray(template)) {
    for (const [i, item] of template.entries()) checkExpressions(item, `${location}[${i}]`, report);
  } else if (isObject(template)) {
    for (const [key, item] of Object.entries(template)) checkExpressions(item, `${location}/${key}`, report);
  }
}

/** Each key of a payload template that ends in `.$` has a path or an intrinsic function. */
export function checkPayload(template: Json, location: string, report: Report): void {
  if (Array.isArray(template)) {
    for (const item of template) checkPayload(item, location, report);
    return;
  }
  if (!isObject(template)) return;
  for (const [key, value] of Object.entries(template)) {
    if (!key.endsWith('.$')) checkPayload(value, `${location}/${key}`, report);
    else if (typeof value !== 'string' || !isPathOrIntrinsic(value)) {
      report.error(
        `${location}/${key}`,
        `The value for the field '${key}' must be a valid JSONPath or a valid intrinsic function call`,
      );
    }
  }
}

/** InputPath, ItemsPath and the like; null is a value of its own where it may be one. */
export function checkPath(value: Json | undefined, location: string, report: Report): void {
  if (value === undefined || value === null) return;
  if (typeof value !== 'string' || !isPathOrIntrinsic(value)) report.error(location, 'Value must be a valid JSONPath.');
}

/** The path of a comparison in a Choice state. */
export function checkComparedPath(value: Json | undefined, location: string, report: Report): void {
  if (value === undefined) return;
  if (typeof value !== 'string' || !(value.startsWith('$') || isPathOrIntrinsic(value)))
    report.error(location, "Value is not a Reference Path: Reference path didn't start with '$'");
  else if (!isPathOrIntrinsic(value)) report.error(location, 'Value is not a Reference Path');
}

/** A path to the one list that a Map runs over: in the input, the context object or a variable. */
export function checkItemsPath(value: Json | undefined, location: string, report: Report): void {
  checkPath(value, location, report);
  if (typeof value !== 'string' || isIntrinsic(value) || !isPathOrIntrinsic(value)) return;
  if (!isOnePlace(value)) report.error(location, 'Value is not a Reference Path');
}

function isOnePlace(text: string): boolean {
  return parsePath(text).path.every(({ kind }) => kind === 'name' || kind === 'index');
}

/** A path that names one place, such as a ResultPath. */
export function checkReferencePath(value: Json | undefined, location: string, report: Report): void {
  if (value === undefined || value === null) return;
  if (typeof value !== 'string' || !isReferencePath(value)) report.error(location, 'Value is not a Reference Path');
}

function isReferencePath(text: string): boolean {
  try {
    return parsePath(text).root.kind === 'input' && isOnePlace(text);
  } catch {
    return false;
  }
}

function isPathOrIntrinsic(text: string): boolean {
  try {
    if (isIntrinsic(text)) return isKnownCall(parseIntrinsic(text));
    parsePath(text);
    return true;
  } catch {
    return false;
  }
}

function isKnownCall(call: IntrinsicCall): boolean {
  return (
    isKnownIntrinsic(call.name) &&
    call.arguments.every((argument) => argument.kind !== 'call' || isKnownCall(argument.call))
  );
}
