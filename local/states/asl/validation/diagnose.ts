import type { JsonObject } from '../../../kernel/service.ts';
import { isObject } from '../definition.ts';
import { checkFlow } from './check-flow.ts';
import { checkNames, checkTerminal } from './check-names.ts';
import { checkInteger, checkOneOf } from './check-values.ts';
import type { Diagnostic } from './report.ts';
import { Report } from './report.ts';

export type { Diagnostic } from './report.ts';

/** Most bytes that a definition may have. */
const MAX_BYTES = 1_048_576;

/** All that is wrong with a definition; an empty list for one that can be run. */
export function diagnose(text: string, type: 'STANDARD' | 'EXPRESS'): readonly Diagnostic[] {
  const report = new Report();
  const definition = parse(text, report);
  if (definition === null) return report.diagnostics;
  if (Buffer.byteLength(text) > MAX_BYTES) report.error('/', `The definition has more than ${MAX_BYTES} bytes`);
  const language = definition['QueryLanguage'];
  checkOneOf(language, ['JSONPath', 'JSONata'], '/QueryLanguage', report);
  checkOneOf(definition['Version'], ['1.0'], '/Version', report);
  checkInteger(definition['TimeoutSeconds'], { min: 0, max: 99_999_999 }, '/TimeoutSeconds', report);
  for (const name of Object.keys(definition))
    if (!MACHINE_FIELDS.has(name)) report.error(`/${name}`, `Field '${name}' is not supported`);
  checkFlow(definition, '', { type, language: language === 'JSONata' ? 'JSONata' : 'JSONPath', report });
  if (isObject(definition['States']) && report.diagnostics.length === 0) checkTerminal(definition['States'], report);
  checkNames(definition, report);
  return report.diagnostics;
}

const MACHINE_FIELDS = new Set(['Comment', 'QueryLanguage', 'StartAt', 'States', 'TimeoutSeconds', 'Version']);

function parse(text: string, report: Report): JsonObject | null {
  if (text.trim() === '') {
    report.error(null, 'Definition must be a valid JSON object');
    return null;
  }
  try {
    const value = JSON.parse(text);
    if (isObject(value)) return value;
    report.error(null, 'Definition must be a valid JSON object');
  } catch (error) {
    const { message, location } = jsonFault(text, error);
    report.error(location, message, 'INVALID_JSON_DESCRIPTION');
  }
  return null;
}

/** What is wrong with a JSON text and where, in the way of the parser that AWS uses. */
function jsonFault(text: string, error: unknown): { readonly message: string; readonly location: string | null } {
  const token = /^\s*([A-Za-z_$][\w$]*)/.exec(text);
  const word = token?.[1];
  if (token === null || word === undefined)
    return { message: error instanceof Error ? error.message : String(error), location: null };
  const lines = token[0].split('\n');
  const column = (lines.at(-1)?.length ?? 0) + 1;
  const location = `[Source: (String)"${text}"; line: ${lines.length}, column: ${column}]`;
  const expected = "was expecting (JSON String, Number, Array, Object or token 'null', 'true' or 'false')";
  return { message: `Unrecognized token '${word}': ${expected}\n at ${location}`, location };
}
