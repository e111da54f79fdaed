import { z } from 'zod';
import { fromJson } from '../inputs/json.ts';
import { arnOf, type Place } from '../kernel/names.ts';
import type { Store } from '../kernel/store.ts';
import type { ScheduleDefinition } from './schedule.ts';

export interface Schedule {
  readonly group: string;
  readonly name: string;
  readonly arn: string;
  readonly definition: ScheduleDefinition;
  readonly createdAtMs: number;
  readonly changedAtMs: number;
  /** Every slot up to here has fired or is passed over for good. */
  readonly doneUntilMs: number;
  /** From a template: goes when the template no longer has it. */
  readonly isFromTemplate: boolean;
}

/** Schedules on disk. Everything that changes must be called inside a write. */
export class Schedules {
  readonly #store: Store;
  readonly #place: Place;

  constructor(store: Store, place: Place) {
    this.#store = store;
    this.#place = place;
    store.define(`
      CREATE TABLE IF NOT EXISTS scheduler_schedule (
        grp TEXT NOT NULL, name TEXT NOT NULL, schedule TEXT NOT NULL, done_until_ms INTEGER NOT NULL, PRIMARY KEY (grp, name));
      CREATE TABLE IF NOT EXISTS scheduler_group (name TEXT PRIMARY KEY);
      INSERT INTO scheduler_group (name) VALUES ('default') ON CONFLICT (name) DO NOTHING;`);
  }

  find(group: string, name: string): Schedule | null {
    const row = this.#store.statement('SELECT * FROM scheduler_schedule WHERE grp = ? AND name = ?').get(group, name);
    return row === undefined ? null : this.#fromRow(row);
  }

  all(): Schedule[] {
    const rows = this.#store.statement('SELECT * FROM scheduler_schedule ORDER BY grp, name').all();
    return rows.map((row) => this.#fromRow(row));
  }

  save(schedule: Schedule): void {
    const { definition, createdAtMs, changedAtMs, isFromTemplate } = schedule;
    this.#store
      .statement(
        'INSERT INTO scheduler_schedule (grp, name, schedule, done_until_ms) VALUES (?, ?, ?, ?) ON CONFLICT (grp, name) DO UPDATE SET schedule = excluded.schedule, done_until_ms = excluded.done_until_ms',
      )
      .run(
        schedule.group,
        schedule.name,
        JSON.stringify({ definition, createdAtMs, changedAtMs, isFromTemplate }),
        schedule.doneUntilMs,
      );
  }

  remove(group: string, name: string): void {
    this.#store.statement('DELETE FROM scheduler_schedule WHERE grp = ? AND name = ?').run(group, name);
  }

  hasGroup(name: string): boolean {
    return this.#store.statement('SELECT 1 FROM scheduler_group WHERE name = ?').get(name) !== undefined;
  }

  addGroup(name: string): void {
    this.#store.statement('INSERT INTO scheduler_group (name) VALUES (?) ON CONFLICT (name) DO NOTHING').run(name);
  }

  arn(group: string, name: string): string {
    return arnOf(this.#place, 'scheduler', `schedule/${group}/${name}`);
  }

  #fromRow(row: Record<string, unknown>): Schedule {
    const group = String(row['grp']);
    const name = String(row['name']);
    const stored = StoredSchedule.parse(fromJson(row['schedule']));
    return { group, name, arn: this.arn(group, name), ...stored, doneUntilMs: Number(row['done_until_ms']) };
  }
}

/** The definition was checked before it was written, in its milliseconds form. */
const StoredSchedule = z.object({
  definition: z.custom<ScheduleDefinition>((value) => typeof value === 'object' && value !== null),
  createdAtMs: z.number(),
  changedAtMs: z.number(),
  isFromTemplate: z.boolean(),
});
