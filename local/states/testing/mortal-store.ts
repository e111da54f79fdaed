import { Store } from '../../kernel/store.ts';

/** A store of a process that can die: from then on nothing of what it was about to write reaches the disk. */
export class MortalStore extends Store {
  #isDead = false;

  die(): void {
    this.#isDead = true;
  }

  override write<T>(work: () => T): Promise<T> {
    return new Promise((resolve, reject) => {
      super
        .write(() => this.#whileAlive(work))
        .then(resolve, (error: unknown) => {
          if (!(error instanceof Dead)) reject(error);
        });
    });
  }

  #whileAlive<T>(work: () => T): T {
    if (this.#isDead) throw new Dead();
    return work();
  }
}

class Dead extends Error {}
