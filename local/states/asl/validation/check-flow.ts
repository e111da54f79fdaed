import type { Json, JsonObject } from '../../../kernel/service.ts';
import type { QueryLanguage } from '../definition.ts';
import { isObject } from '../definition.ts';
import { checkState } from './check-state.ts';
import { checkRequired } from './check-values.ts';
import type { Report } from './report.ts';

export interface ValidationContext {
  readonly type: 'STANDARD' | 'EXPRESS';
  /** Of the machine; a state may have another. */
  readonly language: QueryLanguage;
  readonly report: Report;
}

/** The states of a machine, branch or item processor: each by itself, and the ways between them. */
export function checkFlow(flow: JsonObject, location: string, context: ValidationContext): void {
  const { report } = context;
  const here = location === '' ? '/' : location;
  checkRequired(flow, ['States', 'StartAt'], here, report);
  const states = flow['States'];
  if (states === undefined) return;
  if (!isObject(states) || Object.keys(states).length === 0) {
    report.error(`${location}/States`, 'There must be at least one state');
    return;
  }
  for (const [name, state] of Object.entries(states)) checkStateIn(state, `${location}/States/${name}`, context);
  checkTransitions(flow, states, location, report);
}

function checkStateIn(state: Json, location: string, context: ValidationContext): void {
  if (isObject(state)) checkState(state, location, context);
  else context.report.error(location, 'A state must be an object');
}

function checkTransitions(flow: JsonObject, states: JsonObject, location: string, report: Report): void {
  const startAt = flow['StartAt'];
  if (startAt === undefined) return;
  if (typeof startAt !== 'string' || states[startAt] === undefined) {
    report.error(`${location}/StartAt`, `Missing 'StartAt' target: ${String(startAt)}`, 'MISSING_TRANSITION_TARGET');
    return;
  }
  for (const [name, state] of Object.entries(states)) {
    for (const { target, at } of targetsOf(state)) {
      if (states[target] !== undefined) continue;
      const field = at.split('/').at(-1) ?? 'Next';
      report.error(
        `${location}/States/${name}/${at}`,
        `Missing '${field}' target: ${target}`,
        'MISSING_TRANSITION_TARGET',
      );
    }
  }
  const reached = reachableFrom(startAt, states);
  for (const name of Object.keys(states)) {
    if (!reached.has(name))
      report.error(`${location}/States/${name}`, `State "${name}" is not reachable.`, 'MISSING_TRANSITION_TARGET');
  }
}

function reachableFrom(startAt: string, states: JsonObject): ReadonlySet<string> {
  const reached = new Set<string>();
  const ahead = [startAt];
  for (let name = ahead.pop(); name !== undefined; name = ahead.pop()) {
    if (reached.has(name)) continue;
    reached.add(name);
    ahead.push(...targetsOf(states[name]).map(({ target }) => target));
  }
  return reached;
}

interface Target {
  readonly target: string;
  /** Where in the state it is named. */
  readonly at: string;
}

function targetsOf(state: Json | undefined): Target[] {
  if (!isObject(state)) return [];
  const nested = (['Catch', 'Choices'] as const).flatMap((field) => {
    const list = state[field];
    if (!Array.isArray(list)) return [];
    return list.flatMap((item: Json, i) => (isObject(item) ? named(item, 'Next', `${field}[${i}]/Next`) : []));
  });
  return [...named(state, 'Next', 'Next'), ...named(state, 'Default', 'Default'), ...nested];
}

function named(fields: JsonObject, field: string, at: string): Target[] {
  const target = fields[field];
  return typeof target === 'string' ? [{ target, at }] : [];
}
