import type { Json } from '../contracts/index.ts';
import { amountWords, asMoney } from './amounts.ts';
import { type FieldShape, optionText } from './form-fields.ts';
import { isObject } from './json-schema.ts';

/** Whether a value can stand in the control of a shape; one that cannot is never taken over from a draft. */
export function fits(shape: FieldShape, value: Json | undefined, isNullable: boolean): boolean {
  if (value === null && isNullable) return true;
  switch (shape.kind) {
    case 'text':
      return typeof value === 'string';
    case 'number':
      return typeof value === 'number' && (!shape.isInteger || Number.isInteger(value));
    case 'boolean':
      return typeof value === 'boolean';
    case 'choice':
      return shape.options.some((option) => option === value);
    case 'list':
      return Array.isArray(value) && value.every((item) => fits(shape.item, item, false));
    case 'group':
      return isObject(value);
    case 'money':
      return asMoney(value) !== null;
    case 'json':
      return value !== undefined;
  }
}

/** What the control of a scalar, choice or JSON field holds for a value; empty for one that does not fit. */
export function controlText(shape: FieldShape, value: Json | undefined): string {
  if (value === undefined) return '';
  if (shape.kind === 'json') return JSON.stringify(value, null, 2);
  if (!fits(shape, value, false)) return '';
  const amount = shape.kind === 'money' ? asMoney(value) : null;
  if (amount !== null) return amountWords(amount);
  if (Array.isArray(value)) return value.map((item) => optionText(item)).join('\n');
  return shape.kind === 'choice' || typeof value !== 'string' ? optionText(value) : value;
}

/** A list stands one item to a line, unless an item has lines of its own or none. */
export function isLineList(items: readonly Json[]): boolean {
  return items.every((item) => typeof item !== 'string' || (item !== '' && !/[\r\n]/.test(item)));
}

/** What a browser sends back for a text that was put in a control and left alone. */
export function asSentBack(text: string): string {
  return text.toWellFormed().replaceAll('\u0000', '\ufffd').replace(/\r\n?/g, '\n');
}
