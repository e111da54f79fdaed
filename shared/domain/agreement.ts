import type { Workflow } from '../authoring/index.ts';
import type { Compared, DecisionRecord, Json, JsonObject } from '../contracts/index.ts';
import { digestOf } from './digest.ts';
import { wilsonInterval } from './wilson.ts';

/** So many of so many agree, and the 95 % Wilson interval of that share. */
export interface Share {
  readonly agreed: number;
  readonly of: number;
  readonly lower: number;
  readonly upper: number;
}

export interface Agreement {
  /** Decisions that the agent stood by: what gates read. */
  readonly sure: Share;
  /** Of these, the ones that a person decided without having seen the agent's. */
  readonly blind: Share;
  readonly shown: Share;
  /** Decisions about which the agent itself asked: they say nothing of what it would do alone. */
  readonly asked: Share;
  /** Of all that were compared. */
  readonly fields: readonly (Share & { readonly field: string })[];
  /** Decisions that a person approved with other values: edited is not approved. */
  readonly edited: number;
  /** Of those that the agent stood by, newest first. */
  readonly disagreements: readonly DecisionRecord[];
}

export function shareOf(agreed: number, of: number): Share {
  return { agreed, of, ...wilsonInterval(agreed, of) };
}

/** Field by field: the same, or within the tolerance that is declared for the field. What one side lacks differs. */
export function compareDecisions(
  agent: JsonObject,
  person: JsonObject,
  tolerances: Readonly<Record<string, number>>,
): Compared[] {
  const fields = [...new Set([...Object.keys(agent), ...Object.keys(person)])];
  return fields.map((field) => ({
    field,
    agrees: isSameValue(agent[field], person[field], Object.hasOwn(tolerances, field) ? (tolerances[field] ?? 0) : 0),
  }));
}

function isSameValue(a: Json | undefined, b: Json | undefined, tolerance: number): boolean {
  if (a === undefined || b === undefined) return a === b;
  if (typeof a === 'number' && typeof b === 'number') return Math.abs(a - b) <= tolerance;
  return digestOf(a) === digestOf(b);
}

/** By field: how far a number may be off. Of the gates, else of what the learned model is trained with. */
export function tolerancesOf({ learned, rollout }: Workflow): Record<string, number> {
  const trained = learned.fields.flatMap(({ name, tolerance }) =>
    tolerance === undefined ? [] : [[name, tolerance] as const],
  );
  return { ...Object.fromEntries(trained), ...rollout.gates.tolerances };
}

/** Whether person and agent agree on all of it; null where nothing was compared. */
export function agrees({ compared }: DecisionRecord): boolean | null {
  return compared.length === 0 ? null : compared.every((field) => field.agrees);
}

export function agreementOf(records: readonly DecisionRecord[]): Agreement {
  const compared = records.filter(({ compared: fields }) => fields.length > 0);
  const sure = compared.filter(({ isSure }) => isSure);
  const names = [...new Set(compared.flatMap(({ compared: fields }) => fields.map(nameOf)))];
  return {
    sure: shareIn(sure),
    blind: shareIn(sure.filter(({ isBlind }) => isBlind)),
    shown: shareIn(sure.filter(({ isBlind }) => !isBlind)),
    asked: shareIn(compared.filter(({ isSure }) => !isSure)),
    fields: names.map((field) => ({ field, ...shareOfField(compared, field) })),
    edited: compared.filter(({ signals }) => signals.some(({ kind }) => kind === 'edit')).length,
    disagreements: sure.filter((record) => agrees(record) === false),
  };
}

function shareIn(records: readonly DecisionRecord[]): Share {
  return shareOf(records.filter((record) => agrees(record) === true).length, records.length);
}

function shareOfField(records: readonly DecisionRecord[], name: string): Share {
  const found = records.flatMap(({ compared }) => compared.filter((field) => nameOf(field) === name));
  return shareOf(found.filter((field) => field.agrees).length, found.length);
}

/** The second mail of a case is a mail like the first. */
function nameOf({ field }: Compared): string {
  return field.replace(/#\d+/, '');
}
