import type { Trigger } from '../../shared/contracts/index.ts';
import type { Intake } from '../../shared/ports/index.ts';

/** Records what lies on the queue. */
export class MemoryIntake implements Intake {
  readonly triggers: Trigger[] = [];

  async send(triggers: readonly Trigger[]): Promise<void> {
    this.triggers.push(...triggers);
  }
}
