import { isOwnLabel, type Labels, labelOf } from './field-labels.ts';

export type ReasonNames = {
  readonly labels: Labels;
  /** Titles for people by source id. */
  readonly sources: Readonly<Record<string, string>>;
};

const PATH = String.raw`[A-Za-z][\w-]*(?:\.[A-Za-z][\w-]*)*`;
const NAMED = new RegExp(`^(same )?(${PATH}(?: and ${PATH})*): (.*)$`, 's');

/**
 * A reason as people read it: fields and sources by their titles, in place of the paths by which rules and the learned
 * model name them. Anything that names no field or source that we know stays as it was said.
 */
export function reasonWords(reason: string, names: ReasonNames): string {
  const [, against] = /^against: (.*)$/s.exec(reason) ?? [];
  if (against !== undefined) return `${reasonWords(against, names)} (speaks against it)`;
  const [, unfit] = /^The trigger does not fit: (.*)$/s.exec(reason) ?? [];
  if (unfit !== undefined) return `What came in does not fit: ${reasonWords(unfit, names)}`;
  const [, example, alike] = /^like past case (\S+) \((\d+) %\)$/.exec(reason) ?? [];
  if (example !== undefined) return `${alike} % like the example ${example}`;
  return named(reason, names);
}

function named(reason: string, names: ReasonNames): string {
  const [, same = '', paths, rest = ''] = NAMED.exec(reason) ?? [];
  const titles = paths?.split(' and ').map((path) => titleOf(path, names)) ?? [];
  if (titles.length === 0 || !titles.every((title) => title !== null)) return reason;
  const all = titles.join(' and ');
  return same === '' ? `${all}: ${VALUES[rest] ?? rest}` : `same ${all.toLowerCase()}: ${rest}`;
}

const VALUES: Readonly<Record<string, string>> = { missing: 'not known', true: 'yes', false: 'no' };

function titleOf(path: string, { labels, sources }: ReasonNames): string | null {
  const [first = '', ...rest] = path.split('.');
  if (rest.length === 0) return isOwnLabel(labels, first) || /[a-z][A-Z]/.test(first) ? labelOf([first], labels) : null;
  if (first === 'signals' || first === 'input') return labelOf(rest, labels);
  if (!Object.hasOwn(sources, first)) return null;
  return `${sources[first]}, ${labelOf(rest, labels).replace(/^[A-Z](?=[a-z])/, (letter) => letter.toLowerCase())}`;
}
