import { parseArgs } from 'node:util';
import type { Json } from '../../shared/contracts/index.ts';
import { minorDigits } from '../../shared/domain/shape-words.ts';
import { usageProblem } from '../command/usage-problem.ts';
import { isRecord } from '../runtime/client.ts';

const USAGE = `What a change of a rule would have meant:  npm run backtest -- <workflow> <one of these> [--days 90] [--json]
  --confidence 0.7                    decided without asking from this confidence on
  --approve-from <action>=500.00EUR   asked from this amount on (none: never for its amount)
  --cap <cap>=20                      another limit of a cap; money in minor units
  --shape <file>                      a yes remembered for actions alike, as JSON
  --phase <segment>=full              another phase of a segment (all: of cases of none)
  --without-rule <rule>               without an escalation rule`;

export interface BacktestWanted {
  readonly workflow: string;
  /** As the API takes it. */
  readonly change: Json;
  readonly days: number;
  readonly isJson: boolean;
}

/** @throws Problem with the usage, where it is not clear what is wanted. */
export function backtestOptions(args: readonly string[], readFile: (path: string) => string): BacktestWanted {
  try {
    const { values, positionals } = parseArgs({ args: [...args], options: OPTIONS, allowPositionals: true });
    const [workflow, ...more] = positionals;
    if (workflow === undefined || more.length > 0) throw new Error('Say which workflow.');
    const given = Object.entries(CHANGES).flatMap(([name, changeOf]) => {
      const value = values[name as keyof typeof CHANGES];
      return value === undefined ? [] : [changeOf(value, readFile)];
    });
    const [change] = given;
    if (change === undefined || given.length > 1) throw new Error('Say one change.');
    const days = Number(values.days ?? '90');
    if (!Number.isInteger(days) || days < 1) throw new Error('--days takes a whole number from 1.');
    return { workflow, change, days, isJson: values.json ?? false };
  } catch (error) {
    throw usageProblem(error, USAGE);
  }
}

const text = { type: 'string' } as const;
const OPTIONS = {
  confidence: text,
  'approve-from': text,
  cap: text,
  shape: text,
  phase: text,
  'without-rule': text,
  days: text,
  json: { type: 'boolean' },
} as const;

const CHANGES = {
  confidence: (value: string) => ({ kind: 'confidence', minimumConfidence: numberOf(value) }),
  'approve-from': (value: string) => {
    const [action, amount] = namedValue(value);
    return { kind: 'approve-from', action, approveFrom: amount === 'none' ? null : moneyOf(amount) };
  },
  cap: (value: string) => {
    const [id, limit] = namedValue(value);
    return { kind: 'cap', cap: { id, limit: numberOf(limit) } };
  },
  shape: (file: string, readFile: (path: string) => string) => shapeOf(file, readFile),
  phase: (value: string) => {
    const [segment, phase] = namedValue(value);
    return { kind: 'phase', segment: segment === 'all' ? null : segment, phase };
  },
  'without-rule': (rule: string) => ({ kind: 'escalation', without: [rule] }),
} as const satisfies Record<string, (value: string, readFile: (path: string) => string) => Json>;

function shapeOf(file: string, readFile: (path: string) => string): Json {
  const shape = JSON.parse(readFile(file)) as Json;
  // As the list of remembered ones has it, or written by hand: then whoever may say yes is its author.
  const author = isRecord(shape) && typeof shape['author'] === 'string' ? shape['author'] : null;
  return { kind: 'shape', shape, author };
}

function namedValue(value: string): [string, string] {
  const at = value.indexOf('=');
  if (at < 1) throw new Error(`"${value}" is not understood: write <name>=<value>.`);
  return [value.slice(0, at), value.slice(at + 1)];
}

function numberOf(value: string): number {
  const number = Number(value);
  if (value.trim() === '' || !Number.isFinite(number)) throw new Error(`"${value}" is not a number.`);
  return number;
}

/** `500.00EUR` or `500 EUR`, exact to the last digit. */
function moneyOf(value: string): { minor: number; currency: string } {
  const [, whole = '', fraction = '', currency = ''] = /^(\d+)(?:\.(\d+))?\s?([A-Z]{3})$/.exec(value) ?? [];
  const digits = currency === '' ? 0 : minorDigits(currency);
  if (currency === '' || fraction.length > digits) throw new Error(`"${value}" is no amount: write it like 500.00EUR.`);
  return { minor: Number(`${whole}${fraction.padEnd(digits, '0')}`), currency };
}
