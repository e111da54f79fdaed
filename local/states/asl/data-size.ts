import type { Json } from '../../kernel/service.ts';
import { STATES_ERROR, StateFailure } from './failure.ts';

/** Most that an input, an output or a result may hold, in bytes of UTF-8 JSON. */
export const MAX_DATA_BYTES = 262_144;

/** The JSON text of a state's result or output; fails with States.DataLimitExceeded above 262,144 bytes. */
export function limitedText(value: Json, stateName: string): string {
  const text = JSON.stringify(value);
  if (isTooLarge(text)) throw dataLimitExceeded(stateName);
  return text;
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
