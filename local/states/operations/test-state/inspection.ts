import type { Json } from '../../../kernel/service.ts';
import { dataFlowOf } from '../../asl/data-flow.ts';
import type { State } from '../../asl/definition.ts';
import { putAt } from '../../asl/jsonpath/reference-path.ts';
import { evaluatePayload } from '../../asl/jsonpath/template.ts';
import type { Scope } from '../../asl/scope.ts';

/** What DEBUG and TRACE show of a state's data on its way; all values are JSON texts but the numbers. */
export type Inspection = Record<string, Json>;

/** The way in: as far as it can be gone without a failure. */
export async function inspectInput(state: State, scope: Scope, inspection: Inspection): Promise<void> {
  inspection['input'] = JSON.stringify(scope.input);
  if (state.type === 'Map' || state.type === 'Parallel') return;
  if (state.language === 'JSONata') {
    if (state.fields['Arguments'] !== undefined) {
      inspection['afterArguments'] = JSON.stringify(await dataFlowOf(state).workInput(state, scope));
    }
    return;
  }
  if (state.fields['Result'] !== undefined) return;
  inspection['afterInputPath'] = JSON.stringify(await dataFlowOf(state).selectedInput(state, scope));
  if (state.type !== 'Task' && state.type !== 'Pass') return;
  inspection['afterParameters'] = JSON.stringify(await dataFlowOf(state).workInput(state, scope));
}

/** The way out of a state that gave a result. */
export function inspectResult(state: State, scope: Scope, result: Json, inspection: Inspection): void {
  if (state.type === 'Task' || state.fields['Result'] !== undefined) inspection['result'] = JSON.stringify(result);
  if (state.language === 'JSONata') return;
  const selector = state.fields['ResultSelector'];
  const selected = selector === undefined ? result : evaluatePayload(selector, result, scope);
  inspection['afterResultSelector'] = JSON.stringify(selected);
  const path = state.fields['ResultPath'];
  const combined =
    path === null ? scope.input : typeof path === 'string' ? putAt(path, scope.input, selected) : selected;
  inspection['afterResultPath'] = JSON.stringify(combined);
}
