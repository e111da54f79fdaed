import type { Json } from '../../kernel/service.ts';
import { STATES_ERROR, StateFailure } from './failure.ts';
import type { Variables } from './scope.ts';

/** Most that an input, an output or a result may hold, in bytes of UTF-8 JSON. */
export const MAX_DATA_BYTES = 262_144;

/** The JSON text of a state's result or output; fails with States.DataLimitExceeded above 262,144 bytes. */
export function limitedText(value: Json, stateName: string): string {
  const text = JSON.stringify(value);
  if (isTooLarge(text)) throw dataLimitExceeded(stateName);
  return text;
}

/** Most that the variables of a flow may hold together, in bytes of UTF-8 JSON. */
const MAX_VARIABLES_BYTES = 10_485_760;

/** The variables after an Assign; fails with States.DataLimitExceeded where it, or all of them, hold too much. */
export function withAssigned(variables: Variables, assigned: Variables | null, stateName: string): Variables {
  if (assigned === null) return variables;
  limitedText(assigned, stateName);
  const all = { ...variables, ...assigned };
  if (Buffer.byteLength(JSON.stringify(all)) > MAX_VARIABLES_BYTES) throw dataLimitExceeded(stateName);
  return all;
}

export function isTooLarge(text: string): boolean {
  return text.length > MAX_DATA_BYTES || (text.length * 3 > MAX_DATA_BYTES && Buffer.byteLength(text) > MAX_DATA_BYTES);
}

export function dataLimitExceeded(stateName: string): StateFailure {
  return new StateFailure(
    STATES_ERROR.dataLimitExceeded,
    `The state/task '${stateName}' returned a result with a size exceeding the maximum number of bytes service limit.`,
  );
}
