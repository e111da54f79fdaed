import { type MathValue, mapSeries, type Series, scalar, seriesOf, timesOf } from './series.ts';

const OPERATORS: Readonly<Record<string, (left: number, right: number) => number>> = {
  '+': (left, right) => left + right,
  '-': (left, right) => left - right,
  '*': (left, right) => left * right,
  '/': (left, right) => left / right,
  '^': (left, right) => left ** right,
  '<': (left, right) => Number(left < right),
  '>': (left, right) => Number(left > right),
  '<=': (left, right) => Number(left <= right),
  '>=': (left, right) => Number(left >= right),
  '==': (left, right) => Number(left === right),
  '!=': (left, right) => Number(left !== right),
  '&&': (left, right) => Number(left !== 0 && right !== 0),
  '||': (left, right) => Number(left !== 0 || right !== 0),
  AND: (left, right) => Number(left !== 0 && right !== 0),
  OR: (left, right) => Number(left !== 0 || right !== 0),
};

/** Applies an operator value by value. Of two series, one that has no value at a time counts as 0. Null for texts. */
export function applyOperator(operator: string, left: MathValue, right: MathValue): MathValue | null {
  const apply = OPERATORS[operator];
  if (apply === undefined || left.kind === 'text' || right.kind === 'text') return null;
  if (left.kind === 'scalar' && right.kind === 'scalar') return scalar(apply(left.value, right.value));
  if (left.kind === 'scalar')
    return mapValue(right, (series) => mapSeries(series, (value) => apply(left.value, value)));
  if (right.kind === 'scalar') {
    return mapValue(left, (series) => mapSeries(series, (value) => apply(value, right.value)));
  }
  if (right.kind === 'series') return mapValue(left, (series) => combine(series, right.series, apply));
  if (left.kind === 'series') return mapValue(right, (series) => combine(left.series, series, apply));
  return null;
}

function mapValue(value: MathValue, change: (series: Series) => Series): MathValue | null {
  if (value.kind === 'series') return { kind: 'series', series: change(value.series) };
  return value.kind === 'array' ? { kind: 'array', items: value.items.map(change) } : null;
}

function combine(left: Series, right: Series, apply: (left: number, right: number) => number): Series {
  return seriesOf(timesOf([left, right]).map((atMs) => [atMs, apply(left.get(atMs) ?? 0, right.get(atMs) ?? 0)]));
}
