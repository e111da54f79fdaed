import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Example, FieldSpec, LearnedSpec } from '../../shared/models/learned/index.ts';

/** A labelled set as the benchmark trains it: one model per listed field. */
export interface DataSet {
  readonly name: string;
  readonly fields: readonly FieldSpec[];
  readonly spec: Omit<LearnedSpec, 'fields' | 'target'>;
  readonly group?: (input: Record<string, unknown>) => string;
  readonly dated?: boolean;
}

export function dataFolder(): string {
  return process.env['REMIT_DATA_DIR'] ?? '../shared/data';
}

/** Undefined where the set is not in the data folder. */
export function readSet(set: DataSet, part: 'examples' | 'dev'): Example[] | undefined {
  const file = join(dataFolder(), set.name, `${part}.jsonl`);
  if (!existsSync(file)) return undefined;
  const rows = readFileSync(file, 'utf8').trim().split('\n');
  return rows.map((line) => {
    const row = JSON.parse(line) as { id: string; input: Record<string, string>; expected: Example['expected'] };
    return {
      id: row.id,
      input: { input: row.input },
      expected: row.expected,
      ...(set.group ? { group: set.group(row.input) } : {}),
      ...(set.dated ? { date: row.input['date'] ?? '' } : {}),
    };
  });
}

const classOf = (name: string): FieldSpec => ({ name, kind: 'class' });

const LEDGER_KEYS = [
  ['input.card', 'input.merchant'],
  ['input.card', 'input.merchant[0..6]'],
  ['input.directorate', 'input.merchant'],
  ['input.merchant'],
  ['input.merchant[0..8]'],
  ['input.card'],
  ['input.directorate'],
];

const LEDGER: DataSet['spec'] = {
  features: {
    'input.merchant': ['text', 'category'],
    'input.card': 'category',
    'input.directorate': 'category',
    'input.date': 'date',
  },
  crosses: [
    ['input.card', 'input.merchant[0..5]'],
    ['input.directorate', 'input.merchant'],
  ],
  categoryWeight: 1.5,
};

export const DATA_SETS: readonly DataSet[] = [
  { name: 'support-banking77', fields: [classOf('intent')], spec: {} },
  { name: 'support-clinc150', fields: [classOf('intent'), classOf('domain')], spec: { outOfScopeShare: 0.18 } },
  { name: 'company-sic', fields: [classOf('section'), classOf('division')], spec: {} },
  {
    name: 'support-endava',
    fields: [classOf('category'), classOf('urgency'), classOf('business_service')],
    spec: { features: { 'input.title': 'text', 'input.body': 'text' } },
  },
  { name: 'support-cfpb', fields: [classOf('product')], spec: {} },
  {
    name: 'expense-birmingham',
    fields: [
      { ...classOf('account'), use: 'model' },
      { ...classOf('account'), use: 'history' },
      { ...classOf('account'), use: 'both' },
    ],
    spec: { ...LEDGER, history: { keys: LEDGER_KEYS, learns: true } },
    dated: true,
  },
  {
    name: 'leads-bank-marketing',
    fields: [classOf('converted'), { ...classOf('converted'), learner: 'logistic' }],
    spec: {},
  },
  {
    name: 'hr-onboarding',
    fields: [classOf('applies'), classOf('owner')],
    spec: {
      features: { 'input.organisation': 'category', 'input.role': 'category', 'input.item': 'text' },
      crosses: [
        ['input.organisation', 'input.role'],
        ['input.role', 'input.item'],
      ],
    },
    group: (input) => `${input['organisation']} ${input['item']}`,
  },
];
