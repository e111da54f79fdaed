import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Labelled } from '../../evals/run/labelled.ts';
import type { Workflow } from '../../shared/authoring/index.ts';
import type { JsonObject } from '../../shared/contracts/index.ts';
import { dataFolder } from '../models/data-sets.ts';
import { messageDesk } from './messages.ts';
import { purchaseLedger } from './purchases.ts';

/** A public set of labelled decisions as a workflow of its own. */
export interface PublicSet {
  /** Its folder in the data folder. */
  readonly name: string;
  readonly source: string;
  readonly workflow: Workflow;
  /** The same, going on to learn from what people confirm; left out where nothing is learned as it goes. */
  readonly learning?: Workflow;
  /** Share of the traffic that the owner expects to belong nowhere; null where all belong somewhere. */
  readonly outOfScopeShare: number | null;
  readonly toLabelled: (row: Row) => Labelled;
}

interface Row {
  readonly id: string;
  readonly input: JsonObject;
  readonly expected: JsonObject;
}

/** Wanted of what is decided without a person. */
export const TARGET = 0.95;

const OUTSIDE = 0.18;

const toMessage = ({ id, input, expected }: Row): Labelled => ({
  ...{ id, input: { input, sources: {} }, expected: { intent: expected['intent'] ?? null } },
});

export const PUBLIC_SETS: readonly PublicSet[] = [
  {
    name: 'support-banking77',
    source: 'BANKING77, PolyAI, CC BY 4.0',
    workflow: messageDesk({
      ...{ id: 'bank-messages', title: 'Bank messages', target: TARGET },
      summary: 'Sorts the messages of a bank’s customers.',
    }),
    outOfScopeShare: null,
    toLabelled: toMessage,
  },
  {
    name: 'support-clinc150',
    source: 'CLINC150, Larson et al. 2019, CC BY 3.0',
    workflow: messageDesk({
      ...{ id: 'open-messages', title: 'Messages, some out of scope', target: TARGET, outOfScopeShare: OUTSIDE },
      summary: 'Sorts messages of which some belong nowhere.',
    }),
    outOfScopeShare: OUTSIDE,
    toLabelled: toMessage,
  },
  {
    name: 'expense-birmingham',
    source: 'Birmingham City Council, OGL v3.0',
    workflow: purchaseLedger(TARGET),
    learning: purchaseLedger(TARGET, true),
    outOfScopeShare: null,
    toLabelled: ({ id, input, expected }) => {
      const { date, merchant, card, directorate = '', amount_gbp: amount } = input;
      const sources = { register: { directorate } };
      const purchase = { date, merchant, card, amountMinor: Math.round(Number(amount) * 100) };
      return { id, input: { input: purchase as JsonObject, sources }, expected, date: String(date) };
    },
  },
];

/** Undefined where the set is not in the data folder. */
export function readLabelled(set: PublicSet, part: 'examples' | 'dev'): readonly Labelled[] | undefined {
  const file = join(dataFolder(), set.name, `${part}.jsonl`);
  if (!existsSync(file)) return undefined;
  const lines = readFileSync(file, 'utf8').trim().split('\n');
  return lines.map((line) => set.toLabelled(JSON.parse(line) as Row));
}
