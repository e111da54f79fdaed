import { z } from 'zod';
import { fromJson } from '../inputs/json.ts';
import { AwsError } from '../kernel/errors.ts';
import { arnOf, type Place } from '../kernel/names.ts';
import type { Json } from '../kernel/service.ts';
import type { Store } from '../kernel/store.ts';
import { EventPattern } from './pattern/index.ts';
import { StoredTarget, type Target } from './target.ts';

export const DEFAULT_BUS = 'default';

export interface Rule {
  readonly bus: string;
  readonly name: string;
  readonly description: string;
  readonly pattern: Json | null;
  readonly scheduleExpression: string | null;
  readonly isEnabled: boolean;
  readonly targets: readonly Target[];
  readonly createdAtMs: number;
  /** Every slot of a scheduled rule up to here is done. */
  readonly doneUntilMs: number;
  /** From a template: goes when the template no longer has it. */
  readonly isFromTemplate: boolean;
}

/** Buses and rules: on disk, and matched in memory. Everything that changes must be called inside a write. */
export class Rules {
  readonly #store: Store;
  readonly #place: Place;
  readonly #buses = new Map<string, Map<string, CompiledRule>>();

  constructor(store: Store, place: Place) {
    this.#store = store;
    this.#place = place;
    store.define(`
      CREATE TABLE IF NOT EXISTS events_bus (name TEXT PRIMARY KEY);
      INSERT INTO events_bus (name) VALUES ('default') ON CONFLICT (name) DO NOTHING;
      CREATE TABLE IF NOT EXISTS events_rule (bus TEXT NOT NULL, name TEXT NOT NULL, rule TEXT NOT NULL, PRIMARY KEY (bus, name));`);
    for (const row of store.statement('SELECT name FROM events_bus').all())
      this.#buses.set(String(row['name']), new Map());
    for (const row of store.statement('SELECT rule FROM events_rule').all()) {
      this.#remember(StoredRule.parse(fromJson(row['rule'])));
    }
  }

  hasBus(bus: string): boolean {
    return this.#buses.has(bus);
  }

  buses(): string[] {
    return [...this.#buses.keys()].sort();
  }

  addBus(bus: string): void {
    this.#store.statement('INSERT INTO events_bus (name) VALUES (?) ON CONFLICT (name) DO NOTHING').run(bus);
    if (!this.#buses.has(bus)) this.#buses.set(bus, new Map());
  }

  removeBus(bus: string): void {
    this.#store.statement('DELETE FROM events_bus WHERE name = ?').run(bus);
    this.#buses.delete(bus);
  }

  find(bus: string, name: string): Rule | null {
    return this.#buses.get(bus)?.get(name)?.rule ?? null;
  }

  /** @throws ResourceNotFoundException */
  get(bus: string, name: string): Rule {
    const rule = this.find(bus, name);
    if (rule === null) {
      throw new AwsError('ResourceNotFoundException', `Rule ${name} does not exist on EventBus ${bus}.`);
    }
    return rule;
  }

  on(bus: string): Rule[] {
    const rules = [...(this.#buses.get(bus)?.values() ?? [])].map(({ rule }) => rule);
    return rules.sort((a, b) => (a.name < b.name ? -1 : 1));
  }

  all(): Rule[] {
    return this.buses().flatMap((bus) => this.on(bus));
  }

  /** The enabled rules of a bus whose pattern an event matches. */
  matching(bus: string, event: { readonly [key: string]: Json }): Rule[] {
    const rules = [...(this.#buses.get(bus)?.values() ?? [])];
    return rules
      .filter(({ rule, pattern }) => rule.isEnabled && pattern?.matches(event) === true)
      .map(({ rule }) => rule);
  }

  /** @throws PatternError */
  save(rule: Rule): void {
    this.#remember(rule);
    this.#store
      .statement(
        'INSERT INTO events_rule (bus, name, rule) VALUES (?, ?, ?) ON CONFLICT (bus, name) DO UPDATE SET rule = excluded.rule',
      )
      .run(rule.bus, rule.name, JSON.stringify(rule));
  }

  remove(bus: string, name: string): void {
    this.#store.statement('DELETE FROM events_rule WHERE bus = ? AND name = ?').run(bus, name);
    this.#buses.get(bus)?.delete(name);
  }

  busArn(bus: string): string {
    return arnOf(this.#place, 'events', `event-bus/${bus}`);
  }

  /** Rules of the default bus do not name it. */
  ruleArn(bus: string, name: string): string {
    return arnOf(this.#place, 'events', bus === DEFAULT_BUS ? `rule/${name}` : `rule/${bus}/${name}`);
  }

  #remember(rule: Rule): void {
    const pattern = rule.pattern === null ? null : new EventPattern(rule.pattern);
    this.#buses.get(rule.bus)?.set(rule.name, { rule, pattern });
  }
}

/** A bus is named by its name or its ARN. */
export function busName(nameOrArn: string | undefined): string {
  if (nameOrArn === undefined) return DEFAULT_BUS;
  return nameOrArn.startsWith('arn:') ? nameOrArn.slice(nameOrArn.lastIndexOf('/') + 1) : nameOrArn;
}

interface CompiledRule {
  readonly rule: Rule;
  readonly pattern: EventPattern | null;
}

const StoredRule = z.object({
  bus: z.string(),
  name: z.string(),
  description: z.string(),
  pattern: z.json().nullable(),
  scheduleExpression: z.string().nullable(),
  isEnabled: z.boolean(),
  targets: z.array(StoredTarget),
  createdAtMs: z.number(),
  doneUntilMs: z.number(),
  isFromTemplate: z.boolean(),
});
