import type { SandboxCard, SandboxEffect, SandboxStore } from '../../shared/connectors/sandbox/store.ts';
import type { JsonObject } from '../../shared/contracts/index.ts';

/** The sandbox's outside world in memory. */
export class MemorySandbox implements SandboxStore {
  readonly records = new Map<string, JsonObject>();
  readonly effects: SandboxEffect[] = [];
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
    this.effects.push(effect);
    const { record } = effect;
    if (record !== null) this.records.set(`${record.kind}/${record.key}`, record.fields);
    return effect.result;
  }

  async putCard(card: SandboxCard): Promise<void> {
    const key = `${card.caseId}/${card.key}`;
    if ((this.cards.get(key)?.age ?? -1) <= card.age) this.cards.set(key, card);
  }
}
