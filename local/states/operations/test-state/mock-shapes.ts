import type { Json } from '../../../kernel/service.ts';
import { isObject } from '../../asl/definition.ts';
import { parseResource } from '../../asl/resource.ts';
import { validationError } from '../refusals.ts';
import type { Shape, Structure } from './response-shape.ts';
import { RESPONSE_SHAPES } from './response-shapes.ts';

/** Throws ValidationException where a mock differs from the real answer; all required fields must be there if `isStrict`. */
export function checkShape(resourceArn: string, result: Json, isStrict: boolean): void {
  const resource = parseResource(resourceArn);
  if (resource?.kind !== 'service' || resource.pattern === 'sync' || resource.pattern === 'sync:2') return;
  const shape = RESPONSE_SHAPES[resource.resourceType]?.[resource.operation];
  if (shape !== undefined && isObject(result)) checkStructure(result, shape, isStrict);
}

/** Fields that the model does not have are left alone, as AWS does for the sake of newer models. */
function checkStructure(value: Json, { fields, required }: Structure, isStrict: boolean): void {
  if (!isObject(value)) return;
  const missing = isStrict ? required.find((name) => value[name] === undefined) : undefined;
  if (missing !== undefined) throw mismatch(`Required field '${missing}' is missing`);
  for (const [name, shape] of Object.entries(fields)) {
    const given = value[name];
    if (given !== undefined) checkValue(given, shape, name, isStrict);
  }
}

function checkValue(value: Json, shape: Shape, name: string, isStrict: boolean): void {
  if (typeName(value) !== EXPECTED[shape.kind].type)
    throw mismatch(`Field '${name}' must be ${EXPECTED[shape.kind].told}`);
  switch (shape.kind) {
    case 'structure':
      checkStructure(value, shape, isStrict);
      break;
    case 'list':
      for (const item of value as readonly Json[]) checkValue(item, shape.of, name, isStrict);
      break;
    case 'map':
      for (const item of Object.values(value as { readonly [key: string]: Json }))
        checkValue(item, shape.of, name, isStrict);
      break;
    case 'text':
      checkText(String(value), shape, name);
      break;
    case 'boolean':
    case 'number':
      break;
  }
}

function checkText(text: string, { values, min, max }: Extract<Shape, { kind: 'text' }>, name: string): void {
  if (values !== undefined && !values.includes(text)) throw mismatch(`Field '${name}' is not an expected value`);
  if (min !== undefined && text.length < min) throw mismatch(`Field '${name}' is smaller than the minimum length`);
  if (max !== undefined && text.length > max) throw mismatch(`Field '${name}' is larger than the maximum length`);
}

const EXPECTED: Readonly<Record<Shape['kind'], { readonly type: string; readonly told: string }>> = {
  boolean: { type: 'boolean', told: 'a boolean' },
  list: { type: 'array', told: 'an array' },
  map: { type: 'object', told: 'an object' },
  number: { type: 'number', told: 'a number' },
  structure: { type: 'object', told: 'an object' },
  text: { type: 'string', told: 'a string' },
};

function typeName(value: Json): string {
  if (value === null) return 'null';
  return Array.isArray(value) ? 'array' : typeof value;
}

function mismatch(problem: string): Error {
  return validationError(`Mock result schema validation error: ${problem}`);
}
