import type { SandboxCard, SandboxEffect, SandboxStore } from '../../shared/connectors/sandbox/store.ts';
import type { JsonObject } from '../../shared/contracts/index.ts';
import { EffectError } from '../../shared/ports/index.ts';

/** The sandbox's outside world in memory. */
export class MemorySandbox implements SandboxStore {
  readonly records = new Map<string, JsonObject>();
  readonly effects: SandboxEffect[] = [];
  readonly #held = new Set<string>();
  readonly cards = new Map<string, SandboxCard>();

  async record(kind: string, key: string): Promise<JsonObject | null> {
    return this.records.get(`${kind}/${key}`) ?? null;
  }

  async onList(list: string): Promise<readonly JsonObject[]> {
    return [...this.records.values()].filter((fields) => fields['onList'] === list);
  }

  async perform(effect: SandboxEffect): Promise<JsonObject> {
    const known = this.effects.find(({ idempotencyKey }) => idempotencyKey === effect.idempotencyKey);
    if (known !== undefined) return known.result;
    const records = [...(effect.record === null ? [] : [effect.record]), ...(effect.others ?? [])];
    const held = records.find(({ kind, key, hold }) => hold === 'take' && this.#held.has(`${kind}/${key}`));
    if (held !== undefined) {
      throw new EffectError(`There is one already: ${held.kind} ${held.key}`, { isPassing: false });
    }
    this.effects.push(effect);
    for (const { kind, key, fields, hold, list } of records) {
      // What was read off a list goes off it like any other record.
      const { onList: _before, ...plain } = fields;
      this.records.set(`${kind}/${key}`, list === undefined ? plain : { ...plain, onList: list });
      if (hold === 'take') this.#held.add(`${kind}/${key}`);
      else this.#held.delete(`${kind}/${key}`);
    }
    return effect.result;
  }

  async putCard(card: SandboxCard): Promise<void> {
    const key = `${card.caseId}/${card.key}`;
    if ((this.cards.get(key)?.age ?? -1) <= card.age) this.cards.set(key, card);
  }
}
