import type { Json } from '../../../kernel/service.ts';
import type { DataFlow, NumberField } from '../data-flow.ts';
import { isObject } from '../definition.ts';
import { pathConflict, runtimeFailure } from '../failure.ts';
import type { Scope, Variables } from '../scope.ts';
import { MissingPath } from './evaluate-path.ts';
import { isIntrinsic } from './intrinsic-syntax.ts';
import { lookUp } from './lookup.ts';
import { putAt } from './reference-path.ts';
import { evaluatePayload, selectByPath } from './template.ts';

/** InputPath and Parameters in; ResultSelector, ResultPath, OutputPath and Assign out. */
export const jsonpathDataFlow: DataFlow = {
  async selectedInput(state, scope) {
    return selectByPath(state.fields['InputPath'], scope.input, scope);
  },

  async workInput(state, scope) {
    const input = selectByPath(state.fields['InputPath'], scope.input, scope);
    const template = state.fields['Parameters'];
    return template === undefined ? input : evaluatePayload(template, input, scope);
  },

  async finish(state, scope, result) {
    const { fields } = state;
    if (result === undefined) {
      const input = selectByPath(fields['InputPath'], scope.input, scope);
      return {
        output: selectByPath(fields['OutputPath'], input, scope),
        assigned: assign(fields['Assign'], input, scope),
      };
    }
    const selector = fields['ResultSelector'];
    const selected = selector === undefined ? result : evaluatePayload(selector, result, scope);
    const assigned = assign(fields['Assign'], selected, scope);
    const combined = combine(fields['ResultPath'], scope.input, selected);
    return { output: selectByPath(fields['OutputPath'], combined, scope), assigned };
  },

  async caught(catcher, scope, errorOutput) {
    return {
      output: combine(catcher.fields['ResultPath'], scope.input, errorOutput),
      assigned: assign(catcher.fields['Assign'], errorOutput, scope),
    };
  },

  async numberOf(state, field, scope) {
    const literal = state.fields[field];
    if (typeof literal === 'number') return literal;
    const path = state.fields[`${field}Path`];
    if (typeof path !== 'string') return null;
    const input = selectByPath(state.fields['InputPath'], scope.input, scope);
    return numberFrom(selectByPath(path, input, scope), field, path);
  },

  async items(state, scope) {
    const input = selectByPath(state.fields['InputPath'], scope.input, scope);
    const items = itemsAt(state.fields['ItemsPath'], input, scope);
    if (!Array.isArray(items)) {
      const path = String(state.fields['ItemsPath'] ?? '$');
      throw runtimeFailure(`Reference path "${path}" must point to array.`);
    }
    return items as readonly Json[];
  },

  async itemInput(state, scope, context, item) {
    const template = state.fields['ItemSelector'] ?? state.fields['Parameters'];
    if (template === undefined) return item;
    const input = selectByPath(state.fields['InputPath'], scope.input, scope);
    return evaluatePayload(template, input, { ...scope, context });
  },

  async template(template, scope) {
    return evaluatePayload(template, scope.input, scope);
  },
};

/** ItemsPath is a reference path: where it leads nowhere, AWS names the step and not the path. */
function itemsAt(path: Json | undefined, input: Json, scope: Scope): Json {
  if (typeof path !== 'string' || isIntrinsic(path)) return selectByPath(path, input, scope);
  try {
    return lookUp(path, input, scope);
  } catch (error) {
    if (error instanceof MissingPath) throw pathConflict(error.step, input);
    throw error;
  }
}

/** ResultPath: missing for all of the output, null to keep the input. */
function combine(resultPath: Json | undefined, input: Json, result: Json): Json {
  if (resultPath === null) return input;
  return typeof resultPath === 'string' ? putAt(resultPath, input, result) : result;
}

function assign(template: Json | undefined, input: Json, scope: Scope): Variables | null {
  if (!isObject(template)) return null;
  const assigned = evaluatePayload(template, input, scope);
  return isObject(assigned) ? assigned : null;
}

/** Fields that may hold a fraction; all others must be whole. */
const FLOAT_FIELDS: ReadonlySet<NumberField> = new Set(['ToleratedFailurePercentage']);
const TEXT_ALLOWED: ReadonlySet<NumberField> = new Set([
  'MaxConcurrency',
  'ToleratedFailureCount',
  'ToleratedFailurePercentage',
]);

function numberFrom(value: Json, field: NumberField, path: string): number {
  const isFloat = FLOAT_FIELDS.has(field);
  const number = typeof value === 'string' && TEXT_ALLOWED.has(field) && value.trim() !== '' ? Number(value) : value;
  if (typeof number === 'number' && (isFloat ? Number.isFinite(number) : Number.isInteger(number))) return number;
  const shown = typeof value === 'string' ? value : JSON.stringify(value);
  throw runtimeFailure(
    `The ${field}Path field refers to value "${shown}" which is not a valid ${isFloat ? 'float' : 'integer'}: ${path}`,
  );
}
