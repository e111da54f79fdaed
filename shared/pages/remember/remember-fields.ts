import type { Json, Money } from '../../contracts/index.ts';
import { labelOf } from '../field-labels.ts';

/** What a page needs of a yes to let somebody choose which actions are alike. */
export type RememberAsked = {
  /** The smallest parts of what was approved, by dotted path; a list is one part. */
  readonly leaves: readonly (readonly [path: string, value: Json])[];
  readonly labels: Readonly<Record<string, string>>;
  /** What it moves; null for an action that moves no money. */
  readonly amount: Money | null;
};

export type RememberField = {
  readonly path: string;
  readonly label: string;
  readonly value: Json;
  /** Numbers from nothing up may be limited. */
  readonly isNumber: boolean;
};

export type RememberFields = {
  readonly fields: readonly RememberField[];
  /** Fields that hold the amount itself, in its smallest unit: chosen with it, so that nobody is to think in cents. */
  readonly ofAmount: readonly string[];
};

export function rememberFields({ leaves, labels, amount }: RememberAsked): RememberFields {
  const ofAmount = leaves
    .filter(([path, value]) => value === amount?.minor && /^(minor|\w+Minor)$/.test(lastOf(path)))
    .map(([path]) => path);
  // The currency beside it stays as it is, whatever the amount.
  const isCurrency = (path: string, value: Json): boolean =>
    lastOf(path) === 'currency' &&
    value === amount?.currency &&
    ofAmount.some((known) => withoutLast(known) === withoutLast(path));
  return {
    ofAmount,
    fields: leaves
      .filter(([path, value]) => !(ofAmount.includes(path) || isCurrency(path, value)))
      .map(([path, value]) => {
        const isNumber = typeof value === 'number' && value >= 0;
        return { path, label: path === '' ? 'All of it' : labelFor(path, labels), value, isNumber };
      }),
  };
}

function lastOf(path: string): string {
  return path.split('.').at(-1) ?? '';
}

function withoutLast(path: string): string {
  return path.split('.').slice(0, -1).join('.');
}

/** A part of a part is called by both: two of one name would not be told apart. */
function labelFor(path: string, labels: RememberAsked['labels']): string {
  const names = path.split('.');
  return names.map((_, n) => labelOf(names.slice(0, n + 1), labels)).join(': ');
}

/** Names of the controls. */
export const alikeName = (path: string): string => `alike/${path}`;
export const limitName = (path: string): string => `limit/${path}`;
