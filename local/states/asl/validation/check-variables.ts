import type { Json } from '../../../kernel/service.ts';
import { isObject } from '../definition.ts';
import type { Report } from './report.ts';

const NAME = /^\p{ID_Start}\p{ID_Continue}*$/u;

/** The names that an Assign field gives to variables. */
export function checkVariables(assign: Json | undefined, location: string, report: Report): void {
  if (!isObject(assign)) return;
  for (const key of Object.keys(assign)) {
    const name = key.endsWith('.$') ? key.slice(0, -2) : key;
    const at = `${location}/${key}`;
    if (name === 'states') report.error(at, "Cannot assign to reserved variable '$states'.", 'RESERVED_VARIABLE_NAME');
    else if (!NAME.test(name)) {
      const problem = 'the variable name contains invalid characters.';
      report.error(at, `Invalid variable name '${name}': ${problem}`, 'INVALID_VARIABLE_NAME');
    }
  }
}
