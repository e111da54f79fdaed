import type { Json } from '../contracts/index.ts';
import { foreign } from './fact-list.ts';
import { asSentBack, controlText, isLineList } from './field-text.ts';
import { type FormField, optionText } from './form-fields.ts';
import { attributes, exactText, type Html, html } from './html.ts';
import { isObject, own } from './json-schema.ts';
import { leaveOutName, presentName, type Submitted } from './read-field.ts';
import { hiddenMarks } from './visible-text.ts';

/** What was typed before and what was wrong with it, when the form comes back. */
export type Filled = {
  readonly submitted: Submitted;
  readonly problems: readonly string[];
  /** Names of the controls that are wrong. */
  readonly marked: readonly string[];
};

/** Controls for all fields, filled with the draft, or with what was typed before. They belong to the form `answer`. */
export function editFields(fields: readonly FormField[], draft: Json | undefined, filled: Filled | null): Html[] {
  return fields.map((field) => control(field, own(draft, field.key), filled));
}

function control(field: FormField, value: Json | undefined, filled: Filled | null): Html {
  const { shape } = field;
  if (shape.kind === 'group') return group(field, shape.fields, value, filled);
  if (shape.kind === 'boolean') return choices(field, ['true', 'false'], ['Yes', 'No'], current(field, value, filled));
  if (shape.kind !== 'choice') return typed(field, value, filled);
  const options = shape.options.map(optionText);
  const chosen = current(field, value, filled);
  return options.length <= 5 ? choices(field, options, options, chosen) : select(field, options, chosen, filled);
}

function group(field: FormField, fields: readonly FormField[], value: Json | undefined, filled: Filled | null): Html {
  const { name } = field;
  const isThere = filled ? filled.submitted.has(presentName(name)) : isObject(value);
  const mayBeLeft = !field.isRequired || field.isNullable;
  const isLeft = filled?.submitted.has(leaveOutName(name)) ?? false;
  return html`<fieldset class="group"><legend>${labelText(field)}</legend>${hint(field)}${
    isThere && html`<input type="hidden" form="answer" name="${presentName(name)}" value="1">`
  }${
    isThere &&
    mayBeLeft &&
    html`<label class="leave"><input type="checkbox" form="answer" name="${leaveOutName(name)}" value="1"${attributes({ checked: isLeft })}> Leave this out</label>`
  }${editFields(fields, value, filled)}</fieldset>`;
}

function choices(field: FormField, values: readonly string[], words: readonly string[], chosen: string): Html {
  const id = idOf(field.name);
  const none = field.isRequired && !field.isNullable ? [] : [['', 'not set'] as const];
  const all = [...values.map((value, n) => [value, words[n] ?? value] as const), ...none];
  return html`<fieldset class="field"${attributes({ id })}><legend>${labelText(field)}</legend>${hint(field)}<div class="choices">${all.map(
    ([value, word]) =>
      html`<label><input type="radio" form="answer" name="${field.name}" value="${value}"${attributes({ checked: asSentBack(value) === chosen })}> ${foreign(word)}</label>`,
  )}</div></fieldset>`;
}

function select(field: FormField, values: readonly string[], chosen: string, filled: Filled | null): Html {
  return labelled(
    field,
    filled,
    html`<select form="answer" name="${field.name}"${described(field, filled)}><option value="">${field.isRequired ? 'choose one' : 'not set'}</option>${values.map(
      (value) =>
        html`<option value="${value}"${attributes({ selected: asSentBack(value) === chosen })}>${exactText(value)}</option>`,
    )}</select>`,
  );
}

function typed(field: FormField, value: Json | undefined, filled: Filled | null): Html {
  if (field.shape.kind === 'list' && Array.isArray(value) && !isLineList(value))
    return itemByItem(field, value, filled);
  const text = current(field, value, filled, false);
  return labelled(
    field,
    filled,
    isMultiline(field, text) ? area(field, text, filled) : line(field, text, filled),
    hiddenMarks(text),
  );
}

function line(field: FormField, text: string, filled: Filled | null): Html {
  const { shape } = field;
  const isDate = shape.kind === 'text' && shape.format === 'date' && /^(\d{4}-\d\d-\d\d)?$/.test(text);
  const mode = shape.kind === 'number' ? (shape.isInteger ? 'numeric' : 'decimal') : inputModes[formatOf(field)];
  return html`<input${attributes({ type: isDate ? 'date' : 'text', inputmode: mode })} form="answer" name="${field.name}" value="${text}" dir="auto" autocomplete="off"${described(field, filled)}>`;
}

/** A parser takes the first line feed of a text area away, so one is always given to it. */
function area(field: FormField, text: string, filled: Filled | null): Html {
  const kind = field.shape.kind === 'json' ? 'code' : text.length > 240 ? 'tall' : 'low';
  return html`<textarea form="answer" name="${field.name}" dir="auto" autocomplete="off" class="${kind}"${described(field, filled)}>
${exactText(text)}</textarea>`;
}

function itemByItem(field: FormField, items: readonly Json[], filled: Filled | null): Html {
  const texts = items.map((item, n) => filled?.submitted.get(`${field.name}/${n}`)?.[0] ?? String(item));
  return html`<fieldset class="field"><legend>${labelText(field)}</legend>${hint(field)}<p class="hint">An item left empty is taken out.</p>${texts.map(
    (
      text,
      n,
    ) => html`<textarea form="answer" name="${`${field.name}/${n}`}" dir="auto" autocomplete="off" aria-label="${`${field.label}, item ${n + 1}`}">
${exactText(text)}</textarea>`,
  )}</fieldset>`;
}

function labelled(field: FormField, filled: Filled | null, inner: Html, hidden: readonly string[] = []): Html {
  const id = idOf(field.name);
  const isWrong = filled?.marked.includes(field.name) ?? false;
  return html`<div class="field"><label for="${id}">${labelText(field)}</label>${hint(field)}${
    hidden.length > 0 &&
    html`<p class="wrong">Holds characters that cannot be seen here: ${hidden.slice(0, 12).join(', ')}</p>`
  }${isWrong && html`<p class="wrong">${filled?.problems.find((problem) => problem.startsWith(`${field.label}: `)) ?? 'Please look at this again.'}</p>`}${inner}</div>`;
}

function described(field: FormField, filled: Filled | null): Html {
  const hintId = hintText(field) === '' ? null : `${idOf(field.name)}-hint`;
  const isWrong = filled?.marked.includes(field.name) ?? false;
  return attributes({ id: idOf(field.name), 'aria-describedby': hintId, 'aria-invalid': isWrong ? 'true' : null });
}

function labelText(field: FormField): Html {
  const note = field.shape.kind === 'list' ? ', one per line' : '';
  const optional = field.isRequired && !field.isNullable ? '' : ' (optional)';
  return html`${foreign(field.label)}<span class="optional">${note}${optional}</span>`;
}

function hint(field: FormField): Html | null {
  const text = hintText(field);
  return text === '' ? null : html`<p class="hint" id="${`${idOf(field.name)}-hint`}">${text}</p>`;
}

function hintText({ hint: own, shape }: FormField): string {
  const item = shape.kind === 'list' ? shape.item : shape;
  const options =
    shape.kind === 'list' && item.kind === 'choice' ? `One of ${item.options.map(optionText).join(', ')}.` : '';
  const range = item.kind === 'number' ? rangeText(item.minimum, item.maximum) : '';
  const written =
    shape.kind === 'json' ? 'Written as JSON.' : shape.kind === 'money' ? 'With its currency: 1250.00 EUR.' : '';
  return [own, options, range, written].filter((text) => text !== '').join(' ');
}

function rangeText(minimum: number, maximum: number): string {
  const from = Number.isFinite(minimum) && minimum > Number.MIN_SAFE_INTEGER ? `from ${minimum}` : '';
  const to = Number.isFinite(maximum) && maximum < Number.MAX_SAFE_INTEGER ? `to ${maximum}` : '';
  const range = [from, to].filter((text) => text !== '').join(' ');
  return range === '' ? '' : `${range.charAt(0).toUpperCase()}${range.slice(1)}.`;
}

/** What a control holds now; normalised for comparing with the options of a choice. */
function current(field: FormField, value: Json | undefined, filled: Filled | null, isOption = true): string {
  const sent = filled?.submitted.get(field.name)?.[0];
  if (filled !== null) return sent ?? '';
  const text = value === null && field.shape.kind !== 'json' ? '' : controlText(field.shape, value);
  return isOption ? asSentBack(text) : text;
}

function isMultiline(field: FormField, text: string): boolean {
  const { shape } = field;
  if (shape.kind === 'json' || shape.kind === 'list') return true;
  if (shape.kind !== 'text') return false;
  return /[\r\n]/.test(text) || text.length > 80 || shape.format === 'multiline' || longKeys.test(field.key);
}

const longKeys = /^(body|text|message|content|notes?|comment|summary|description|reason|rationale)$/i;

const inputModes: Readonly<Record<string, string>> = { email: 'email', uri: 'url' };

function formatOf({ shape }: FormField): string {
  return shape.kind === 'text' ? shape.format : '';
}

/** Names come from schemas and may hold blanks, which an id may not. */
function idOf(name: string): string {
  return name.replace(/[^\w/-]/g, (character) => `_${(character.codePointAt(0) ?? 0).toString(16)}_`);
}
