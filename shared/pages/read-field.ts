import type { Json, JsonObject } from '../contracts/index.ts';
import { amountWords, asMoney, readAmount } from './amounts.ts';
import { asSentBack, controlText, fits, isLineList } from './field-text.ts';
import {
  type FieldShape,
  type FormField,
  type MoneyShape,
  type NumberShape,
  optionText,
  type TextShape,
} from './form-fields.ts';
import { isObject, own } from './json-schema.ts';

/** What was sent, by control name; every line break is a line feed. */
export type Submitted = ReadonlyMap<string, readonly string[]>;

/** A value, or undefined where the field is left out; and what is wrong with it, in words without the label. */
export type FieldReading = { readonly value: Json | undefined; readonly problems: readonly FieldProblem[] };
export type FieldProblem = { readonly name: string; readonly label: string; readonly problem: string };

/** Reads an object's fields. Members of the draft that the form does not know stay as they are. */
export function readFields(
  fields: readonly FormField[],
  submitted: Submitted,
  draft: Json | undefined,
): { value: JsonObject; problems: FieldProblem[] } {
  const readings = fields.map((field) => ({ field, reading: readField(field, submitted, own(draft, field.key)) }));
  const formed = new Set(fields.map(({ key }) => key));
  const others = Object.entries(isObject(draft) ? draft : {}).filter(([key]) => !formed.has(key));
  const read = readings.flatMap(({ field: { key }, reading: { value } }) =>
    value === undefined ? [] : [[key, value]],
  );
  return {
    value: Object.fromEntries([...read, ...others]) as JsonObject,
    problems: readings.flatMap(({ reading }) => reading.problems),
  };
}

export function readField(field: FormField, submitted: Submitted, draft: Json | undefined): FieldReading {
  if (field.shape.kind === 'group') return readGroup(field, field.shape.fields, submitted, draft);
  const sent = sentText(field, submitted);
  if (isUntouched(field, sent, draft)) return checked(field, draft);
  if (isBlank(field, sent)) return blank(field);
  const parsed = parse(field.shape, sent);
  return parsed === undefined ? refused(field, unreadable(field.shape)) : checked(field, parsed);
}

/** Name of the checkbox that leaves an optional group out, and of the hidden mark that a group was there. */
export const leaveOutName = (name: string): string => `leave-out ${name}`;
export const presentName = (name: string): string => `present ${name}`;

function readGroup(
  field: FormField,
  fields: readonly FormField[],
  submitted: Submitted,
  draft: Json | undefined,
): FieldReading {
  const absent: FieldReading = { value: field.isNullable ? null : undefined, problems: [] };
  const mayBeLeft = !field.isRequired || field.isNullable;
  if (mayBeLeft && submitted.has(leaveOutName(field.name))) return absent;
  const wasThere = submitted.has(presentName(field.name));
  if (mayBeLeft && !wasThere && isUnfilled(fields, submitted))
    return draft === undefined ? { ...absent, value: undefined } : absent;
  return readFields(fields, submitted, draft);
}

function isUnfilled(fields: readonly FormField[], submitted: Submitted): boolean {
  return fields.every((field) =>
    field.shape.kind === 'group'
      ? !submitted.has(presentName(field.name)) && isUnfilled(field.shape.fields, submitted)
      : sentText(field, submitted).join('') === '',
  );
}

/** A list comes as one text or item by item; everything else as one text. */
function sentText(field: FormField, submitted: Submitted): readonly string[] {
  const whole = submitted.get(field.name);
  if (field.shape.kind !== 'list' || whole !== undefined) return [whole?.[0] ?? ''];
  const items: string[] = [];
  for (let n = 0; submitted.has(`${field.name}/${n}`); n += 1)
    items.push(submitted.get(`${field.name}/${n}`)?.[0] ?? '');
  return [...items, ''];
}

/** The draft's own value stands where its control came back as it was shown: no byte of it goes through the form. */
function isUntouched(field: FormField, sent: readonly string[], draft: Json | undefined): boolean {
  if (draft === undefined) return !field.isRequired && sent.join('') === '';
  if (!fits(field.shape, draft, field.isNullable)) return false;
  if (sent.length > 1 && Array.isArray(draft)) {
    return sent.length === draft.length + 1 && draft.every((item, n) => asSentBack(String(item)) === sent[n]);
  }
  if (Array.isArray(draft) && field.shape.kind === 'list' && !isLineList(draft)) return false;
  return asSentBack(shownText(field, draft)) === sent[0];
}

function shownText(field: FormField, draft: Json): string {
  return draft === null && field.isNullable && field.shape.kind !== 'json' ? '' : controlText(field.shape, draft);
}

function isBlank(field: FormField, sent: readonly string[]): boolean {
  return sent.length === 1 && sent[0]?.trim() === '' && !(field.shape.kind === 'text' && sent[0] !== '');
}

function blank(field: FormField): FieldReading {
  if (field.isNullable) return { value: null, problems: [] };
  if (!field.isRequired) return { value: undefined, problems: [] };
  if (field.shape.kind === 'list') return { value: [], problems: [] };
  if (field.shape.kind === 'text') return checked(field, '');
  return refused(field, field.shape.kind === 'choice' || field.shape.kind === 'boolean' ? 'choose one' : 'is needed');
}

function parse(shape: FieldShape, sent: readonly string[]): Json | undefined {
  if (shape.kind === 'list') return parseList(shape.item, sent);
  const text = sent[0] ?? '';
  switch (shape.kind) {
    case 'text':
      return text;
    case 'number':
      return parseNumber(text.trim(), shape);
    case 'boolean':
      return text === 'true' ? true : text === 'false' ? false : undefined;
    case 'choice':
      return shape.options.find((option) => asSentBack(optionText(option)) === text);
    case 'money':
      return readAmount(text);
    default:
      return parseJson(text);
  }
}

function parseList(item: TextShape | NumberShape | FieldShape, sent: readonly string[]): Json | undefined {
  const lines = sent.length === 1 ? (sent[0] ?? '').split('\n') : sent;
  const filled = lines.filter((line) => line.trim() !== '');
  const values = filled.map((line) => parse(item, [item.kind === 'text' ? line : line.trim()]));
  return values.every((value) => value !== undefined) ? values : undefined;
}

function parseNumber(text: string, shape: NumberShape): number | undefined {
  const value = Number(text);
  if (!/^[+-]?(\d+(\.\d*)?|\.\d+)(e[+-]?\d+)?$/i.test(text) || !Number.isFinite(value)) return undefined;
  return shape.isInteger && !Number.isInteger(value) ? undefined : value;
}

function parseJson(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
}

function unreadable(shape: FieldShape): string {
  switch (shape.kind) {
    case 'number':
      return shape.isInteger ? 'is no whole number' : 'is no number (write 1234.5, without thousands separators)';
    case 'choice':
    case 'boolean':
      return 'choose one of the options';
    case 'list':
      return 'one of the lines cannot be read';
    case 'money':
      return 'is no amount with its currency (write 1234.50 EUR, without thousands separators)';
    default:
      return 'is no valid JSON';
  }
}

function checked(field: FormField, value: Json | undefined): FieldReading {
  const problem = value === undefined || value === null ? null : problemOf(field.shape, value);
  return problem === null ? { value, problems: [] } : { ...refused(field, problem), value };
}

function problemOf(shape: FieldShape, value: Json): string | null {
  if (shape.kind === 'list' && Array.isArray(value)) {
    return value.map((item) => problemOf(shape.item, item)).find((problem) => problem !== null) ?? null;
  }
  if (shape.kind === 'text' && typeof value === 'string') return textProblem(shape, value);
  if (shape.kind === 'money') return moneyProblem(shape, value);
  if (shape.kind !== 'number' || typeof value !== 'number') return null;
  if (value < shape.minimum) return `is less than ${shape.minimum}`;
  return value > shape.maximum ? `is more than ${shape.maximum}` : null;
}

function moneyProblem({ minor: { minimum, maximum }, currencies }: MoneyShape, value: Json): string | null {
  const { minor = 0, currency = '' } = asMoney(value) ?? {};
  if (currencies !== null && !currencies.includes(currency)) return `is not in ${currencies.join(' or ')}`;
  if (minor < minimum) return `is less than ${amountWords({ minor: minimum, currency })}`;
  return minor > maximum ? `is more than ${amountWords({ minor: maximum, currency })}` : null;
}

function textProblem(shape: TextShape, value: string): string | null {
  const { length } = [...value];
  if (value === '' && shape.minLength > 0) return 'is needed';
  if (length < shape.minLength) return `has fewer than ${shape.minLength} characters`;
  if (length > shape.maxLength) return `has ${length} characters, ${shape.maxLength} are allowed`;
  return shape.pattern === null || matches(shape.pattern, value) ? null : formatProblem(shape.format);
}

function formatProblem(format: string): string {
  if (format === 'email') return 'is no e-mail address';
  if (format === 'date') return 'is no date (write 2026-11-30)';
  return format === '' ? 'does not have the form that is asked for' : `is no valid ${format}`;
}

/** A pattern of another dialect refuses nothing here: the action's own schema decides in the end. */
function matches(pattern: string, value: string): boolean {
  try {
    return new RegExp(pattern, 'u').test(value);
  } catch {
    return true;
  }
}

function refused(field: FormField, problem: string): FieldReading {
  return { value: undefined, problems: [{ name: field.name, label: field.label, problem }] };
}
