import type { KeyedHistory } from './classifier.ts';
import type { Label, MoreCases, Reason } from './contract.ts';
import { shownPath } from './encoder.ts';
import type { Familiarity } from './familiarity.ts';
import type { FieldModel } from './field-model.ts';
import type { Flat } from './flatten.ts';
import { type HistoryPlan, historyKeys } from './history-keys.ts';
import { weightNow } from './label-history.ts';
import type { NumberHistory } from './number-history.ts';

/** The field as it answers one case: its history with later cases in it. All else of it stays as it was trained. */
export function withMoreCases(field: FieldModel, more: readonly MoreCases[], flat: Flat): FieldModel {
  const { decision, name } = field;
  if (decision.by === 'history') {
    return { ...field, decision: { ...decision, history: numbersWith(decision.history, more, { name, flat }) } };
  }
  if (decision.by !== 'class' || decision.classifier.history === null) return field;
  const { classifier } = decision;
  const history = labelsWith(decision.classifier.history, more, { name, flat, labels: classifier.labels });
  return { ...field, decision: { ...decision, classifier: { ...classifier, history } } };
}

interface Of {
  readonly name: string;
  readonly flat: Flat;
}

/** A later case counts as one of now: of where the past fades, none of it has faded yet. */
function labelsWith(
  history: KeyedHistory,
  more: readonly MoreCases[],
  { name, flat, labels }: Of & { readonly labels: readonly (Label | null)[] },
): KeyedHistory {
  const weight = weightNow(history);
  const tables = history.tables.map((table, level) => {
    const { key, values } = laterAt(history.plan, level, more, { name, flat });
    if (key === undefined || values.length === 0) return table;
    const counts = new Map(table.get(key));
    for (const value of values) {
      const label = labels.indexOf(value);
      // What was never taught cannot be given.
      if (label >= 0) counts.set(label, (counts.get(label) ?? 0) + weight);
    }
    return counts.size === 0 ? table : new Map([[key, counts]]);
  });
  return { ...history, tables };
}

function numbersWith(history: NumberHistory, more: readonly MoreCases[], of: Of): NumberHistory {
  const tables = history.tables.map((table, level) => {
    const { key, values } = laterAt(history.plan, level, more, of);
    const numbers = values.filter((value) => typeof value === 'number');
    return key === undefined || numbers.length === 0
      ? table
      : new Map([[key, [...(table.get(key) ?? []), ...numbers]]]);
  });
  return { ...history, tables };
}

function laterAt(plan: HistoryPlan, level: number, more: readonly MoreCases[], { name, flat }: Of) {
  const paths = plan.keys[level] ?? [];
  const found = more.find(({ key }) => isSameKey(key, paths));
  return { key: historyKeys(plan, flat)[level], values: found?.labels[name] ?? [] };
}

function isSameKey(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && one.every((path, at) => path === other[at]);
}

/** What later cases under the narrowest key say of a value, in words; none where there are no such cases. */
export function laterReason(name: string, value: Label | null, more: readonly MoreCases[]): Reason[] {
  const [narrowest] = more.filter(({ labels }) => (labels[name] ?? []).length > 0);
  if (narrowest === undefined) return [];
  const labels = narrowest.labels[name] ?? [];
  const own = labels.filter((label) => label === value).length;
  const same = narrowest.key.map((path) => shownPath(path).replace(/^signals\./, '')).join(' and ');
  const feature = `same ${same}: people said ${String(value)} ${own} of ${labels.length} times lately`;
  return [{ feature, weight: own / labels.length }];
}

/** Later cases that it takes to know a value which no example has. */
const FEWEST_TO_KNOW = 3;

/** A value of a path is known as well where enough later cases have it. */
export function knownByMore(familiarity: Familiarity, more: readonly MoreCases[]): Familiarity {
  const known = new Set(
    more
      .filter(({ labels }) => Object.values(labels).some(({ length }) => length >= FEWEST_TO_KNOW))
      .flatMap(({ key }) => key),
  );
  return { ...familiarity, keys: familiarity.keys.filter((path) => !known.has(path)) };
}
