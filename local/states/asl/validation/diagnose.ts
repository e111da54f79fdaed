import type { JsonObject } from '../../../kernel/service.ts';
import { isObject } from '../definition.ts';

/** Something wrong, or worth a look, in a definition. */
export interface Diagnostic {
  readonly severity: 'ERROR' | 'WARNING';
  /** `SCHEMA_VALIDATION_FAILED`, `MISSING_TRANSITION_TARGET`, ... */
  readonly code: string;
  readonly message: string;
  /** JSON pointer of the state or field, as in `/States/Open`. */
  readonly location: string | null;
}

/** All that is wrong with a definition; an empty list for one that can be run. */
export function diagnose(text: string, _type: 'STANDARD' | 'EXPRESS'): readonly Diagnostic[] {
  const definition = parse(text);
  if (definition === null) {
    return [
      {
        severity: 'ERROR',
        code: 'INVALID_JSON_DESCRIPTION',
        message: 'The definition is no JSON object',
        location: null,
      },
    ];
  }
  return [];
}

function parse(text: string): JsonObject | null {
  try {
    const value = JSON.parse(text);
    return isObject(value) ? value : null;
  } catch {
    return null;
  }
}
