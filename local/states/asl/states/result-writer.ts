import type { Json } from '../../../kernel/service.ts';
import type { MapState } from '../definition.ts';
import { isObject } from '../definition.ts';

/** The results of the child executions as ResultWriter's WriterConfig wants them; writing them elsewhere is not supported. */
export function writtenResult(state: MapState, results: readonly Json[]): Json {
  const writer = state.fields['ResultWriter'];
  const config = isObject(writer) && isObject(writer['WriterConfig']) ? writer['WriterConfig'] : {};
  if (config['Transformation'] !== 'FLATTEN') return results;
  return results.flatMap((result): readonly Json[] => (Array.isArray(result) ? result : [result]));
}
