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
  if (typeof value !== 'number' || !Number.isInteger(value)) report.error(location, 'Value must be an integer');
  else if (value < min || value > max) report.error(location, `Value must be between ${min} and ${max}`);
}

export function checkNumber(value: Json | undefined, { min, max }: Range, location: string, report: Report): void {
  if (value === undefined || isExpression(value)) return;
  if (typeof value !== 'number') report.error(location, 'Value must be a number');
  else if (value < min || value > max) report.error(location, `Value must be between ${min} and ${max}`);
}

export function isExpression(value: Json): boolean {
  return typeof value === 'string' && expressionIn(value) !== null;
}

/** At most one of two fields. */
export function checkExclusive(fields: JsonObject, one: string, other: string, location: string, report: Report): void {
  if (fields[one] === undefined || fields[other] === undefined) return;
  report.error(location, `You cannot specify both '${one}' and '${other}'`);
}

/** All expressions in a template of a JSONata state can be compiled. */
export function checkExpressions(template: Json, location: string, report: Report): void {
  if (typeof template === 'string') {
    const source = expressionIn(template);
    const fault = source === null ? null : expressionFault(source);
    if (fault !== null) report.error(location, `The JSONata expression is not valid: ${fault}`);
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
  if (typeof value !== 'string' || !isPathOrIntrinsic(value)) report.error(location, 'Value is not a valid JSONPath');
}

/** A path that names one place, such as a ResultPath. */
export function checkReferencePath(value: Json | undefined, location: string, report: Report): void {
  if (value === undefined || value === null) return;
  if (typeof value !== 'string' || !isReferencePath(value)) report.error(location, 'Value is not a Reference Path');
}

function isReferencePath(text: string): boolean {
  try {
    const { root, path } = parsePath(text);
    return root.kind === 'input' && path.every(({ kind }) => kind === 'name' || kind === 'index');
  } catch {
    return false;
  }
}

export function isPathOrIntrinsic(text: string): boolean {
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
