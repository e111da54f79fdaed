import type { Card, Chat } from '../../ports/index.ts';
import type { SandboxStore } from './store.ts';

/** The channels of the sandbox: cards that lie in its table. */
export class SandboxChat implements Chat {
  readonly #sandbox: SandboxStore;
  readonly #clock: { nowMs(): number };

  constructor({ sandbox, clock }: { sandbox: SandboxStore; clock: { nowMs(): number } }) {
    this.#sandbox = sandbox;
    this.#clock = clock;
  }

  async show({ caseId, requestId, age, channel, title, lines, link }: Card): Promise<void> {
    const content = { requestId, channel, title, lines: [...lines], link, shownAtMs: this.#clock.nowMs() };
    await this.#sandbox.putCard({ caseId, key: requestId, age, content });
  }
}
