import type { SandboxEffect, SandboxStore } from '../../shared/connectors/sandbox/store.ts';
import type { JsonObject } from '../../shared/contracts/index.ts';

/** The sandbox's outside world in memory. */
export class MemorySandbox implements SandboxStore {
  readonly records = new Map<string, JsonObject>();
  readonly effects: SandboxEffect[] = [];

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
}
