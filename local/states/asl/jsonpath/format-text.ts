import type { Json } from '../../../kernel/service.ts';
import { isObject } from '../definition.ts';

/** A value as States.Format prints it: `{Arg1=1, Arg2=[]}`. */
export function formatText(value: Json): string {
  if (typeof value === 'string') return value;
  if (Array.isArray(value)) return `[${value.map(formatText).join(', ')}]`;
  if (!isObject(value)) return String(value);
  return `{${Object.entries(value)
    .map(([key, item]) => `${key}=${formatText(item)}`)
    .join(', ')}}`;
}
