import { notBuilt } from '../../kernel/errors.ts';
import { FUNCTIONS, type MathWindow } from './functions.ts';
import { applyOperator } from './operators.ts';
import type { MathNode } from './parse.ts';
import { type MathValue, type Series, scalar } from './series.ts';
import { badExpression } from './tokens.ts';

/** What an expression may refer to. */
export interface MathScope {
  readonly expression: string;
  readonly window: MathWindow;
  /** The value of another query by its id; null for an id that is not there. */
  readonly resolve: (id: string) => MathValue | null;
  /** What METRICS() stands for: the metrics (not expressions) by their ids. */
  readonly metrics: () => ReadonlyMap<string, Series>;
}

/** @throws ValidationError; functions that are not built are refused by name */
export function evaluate(node: MathNode, scope: MathScope): MathValue {
  switch (node.kind) {
    case 'number':
      return scalar(node.value);
    case 'text':
      return { kind: 'text', text: node.text };
    case 'metric':
      return required(scope.resolve(node.text), scope, `unknown metric ${node.text}`);
    case 'list':
      return { kind: 'array', items: node.items.map((item) => seriesItem(evaluate(item, scope), scope)) };
    case 'operation': {
      const value = applyOperator(node.operator, evaluate(node.left, scope), evaluate(node.right, scope));
      return required(value, scope, `${node.operator} does not take these operands`);
    }
    case 'call':
      return call(node, scope);
  }
}

function call(node: Extract<MathNode, { kind: 'call' }>, scope: MathScope): MathValue {
  if (node.name === 'METRICS') return metrics(node.args, scope);
  const apply = FUNCTIONS[node.name];
  if (apply === undefined) throw notBuilt('CloudWatch', `metric math function ${node.name}`);
  const args = node.args.map((arg) => evaluate(arg, scope));
  return required(apply(args, scope.window), scope, `${node.name} does not take these arguments`);
}

/** `METRICS("lead")` takes the metrics with that text in their id. */
function metrics(args: readonly MathNode[], scope: MathScope): MathValue {
  const [filter] = args;
  const text = filter?.kind === 'text' ? filter.text : '';
  const chosen = [...scope.metrics()].filter(([id]) => id.includes(text));
  return { kind: 'array', items: chosen.map(([, series]) => series) };
}

function seriesItem(value: MathValue, scope: MathScope): Series {
  if (value.kind === 'series') return value.series;
  if (value.kind === 'scalar') return new Map(scope.window.times.map((atMs) => [atMs, value.value]));
  throw badExpression(scope.expression, 'a list may hold metrics and numbers only');
}

function required(value: MathValue | null, scope: MathScope, reason: string): MathValue {
  if (value === null) throw badExpression(scope.expression, reason);
  return value;
}
