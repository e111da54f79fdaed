import { z } from 'zod';
import { fromJson } from '../inputs/json.ts';
import { AwsError } from '../kernel/errors.ts';
import { arnOf, type Place } from '../kernel/names.ts';
import type { Store } from '../kernel/store.ts';
import { type AlarmDefinition, type AlarmState, type AlarmWatch, watchOf } from './alarm.ts';

export interface Alarm {
  readonly name: string;
  readonly arn: string;
  readonly definition: AlarmDefinition;
  readonly state: AlarmState;
  readonly reason: string;
  readonly changedAtMs: number;
  readonly configuredAtMs: number;
  readonly isFromTemplate: boolean;
  readonly watch: AlarmWatch;
}

/** A change of state, as history keeps it. */
export interface AlarmTransition {
  readonly alarmName: string;
  readonly atMs: number;
  readonly from: AlarmState;
  readonly to: AlarmState;
  readonly reason: string;
}

/** Alarms with their states on disk. Everything that changes must be called inside a write. */
export class Alarms {
  readonly #store: Store;
  readonly #place: Place;
  readonly #byName = new Map<string, Alarm>();

  constructor(store: Store, place: Place) {
    this.#store = store;
    this.#place = place;
    store.define(`
      CREATE TABLE IF NOT EXISTS cloudwatch_alarm (name TEXT PRIMARY KEY, alarm TEXT NOT NULL);
      CREATE TABLE IF NOT EXISTS cloudwatch_transition (
        alarm TEXT NOT NULL, at_ms INTEGER NOT NULL, from_state TEXT NOT NULL, to_state TEXT NOT NULL, reason TEXT NOT NULL);`);
    for (const row of store.statement('SELECT alarm FROM cloudwatch_alarm').all()) {
      const stored = StoredAlarm.parse(fromJson(row['alarm']));
      this.#byName.set(stored.name, { ...stored, arn: this.arn(stored.name), watch: watchOf(stored.definition) });
    }
  }

  find(name: string): Alarm | null {
    return this.#byName.get(name) ?? null;
  }

  /** @throws ResourceNotFound */
  get(name: string): Alarm {
    const alarm = this.find(name);
    if (alarm === null) throw new AwsError('ResourceNotFound', `Alarm ${name} does not exist.`, { status: 404 });
    return alarm;
  }

  all(): Alarm[] {
    return [...this.#byName.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
  }

  arn(name: string): string {
    return arnOf(this.#place, 'cloudwatch', `alarm:${name}`);
  }

  save(alarm: Alarm): void {
    const { watch: _watch, arn: _arn, ...stored } = alarm;
    this.#store
      .statement(
        'INSERT INTO cloudwatch_alarm (name, alarm) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET alarm = excluded.alarm',
      )
      .run(alarm.name, JSON.stringify(stored));
    this.#byName.set(alarm.name, alarm);
  }

  remove(name: string): void {
    this.#store.statement('DELETE FROM cloudwatch_alarm WHERE name = ?').run(name);
    this.#byName.delete(name);
  }

  addTransition(transition: AlarmTransition): void {
    this.#store
      .statement(
        'INSERT INTO cloudwatch_transition (alarm, at_ms, from_state, to_state, reason) VALUES (?, ?, ?, ?, ?)',
      )
      .run(transition.alarmName, transition.atMs, transition.from, transition.to, transition.reason);
  }

  /** Newest first; of one alarm, or of all for null. */
  transitions(name: string | null, limit: number): AlarmTransition[] {
    return this.#store
      .statement(
        'SELECT * FROM cloudwatch_transition WHERE ?1 IS NULL OR alarm = ?1 ORDER BY at_ms DESC, rowid DESC LIMIT ?2',
      )
      .all(name, limit)
      .map((row) => ({
        alarmName: String(row['alarm']),
        atMs: Number(row['at_ms']),
        from: State.parse(row['from_state']),
        to: State.parse(row['to_state']),
        reason: String(row['reason']),
      }));
  }
}

const State = z.enum(['OK', 'ALARM', 'INSUFFICIENT_DATA']);

/** The definition was checked before it was written. */
const StoredAlarm = z.object({
  name: z.string(),
  definition: z.custom<AlarmDefinition>((value) => typeof value === 'object' && value !== null),
  state: State,
  reason: z.string(),
  changedAtMs: z.number(),
  configuredAtMs: z.number(),
  isFromTemplate: z.boolean(),
});
