import { vi } from 'vitest';
import type { Clock } from '../../shared/ports/index.ts';

/**
 * A clock that stands still. Whoever sleeps wakes when the clock is moved past that moment; `finish` moves it from
 * sleeper to sleeper for as long as the work needs.
 */
export class MemoryClock implements Clock {
  #nowMs: number;
  #sleepers: { readonly atMs: number; readonly wake: () => void }[] = [];

  constructor(nowMs = Date.UTC(2026, 2, 2, 9)) {
    this.#nowMs = nowMs;
  }

  nowMs(): number {
    return this.#nowMs;
  }

  sleep(ms: number): Promise<void> {
    return new Promise((resolve) => {
      this.#sleepers.push({ atMs: this.#nowMs + ms, wake: resolve });
    });
  }

  advance(ms: number): void {
    this.#nowMs += ms;
    const due = this.#sleepers.filter(({ atMs }) => atMs <= this.#nowMs);
    this.#sleepers = this.#sleepers.filter(({ atMs }) => atMs > this.#nowMs);
    for (const { wake } of due) wake();
  }

  /** @throws what the work throws, and when the work waits for something that no clock brings about. */
  async finish<T>(work: Promise<T>): Promise<T> {
    let isOver = false;
    const over = () => {
      isOver = true;
    };
    work.then(over, over);
    for (let steps = 0; steps < 1_000; steps += 1) {
      await new Promise((resolve) => setImmediate(resolve));
      // Whatever loads a module is at work, though it needs more than one turn of the event loop.
      if (!isOver) await vi.dynamicImportSettled();
      if (isOver) return work;
      const next = Math.min(...this.#sleepers.map(({ atMs }) => atMs));
      if (!Number.isFinite(next)) throw new Error('the work waits and nobody sleeps');
      this.advance(next - this.#nowMs);
    }
    throw new Error('the work did not end within 1,000 moves of the clock');
  }
}
