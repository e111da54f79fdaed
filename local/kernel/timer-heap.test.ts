import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { TimerHeap } from './timer-heap.ts';

describe('TimerHeap', () => {
  it('gives timers in the order of their time, then of their adding, without those that were cancelled', () => {
    const commands = fc.array(fc.record({ timeMs: fc.integer({ min: 0, max: 50 }), isCancelled: fc.boolean() }), {
      maxLength: 300,
    });
    fc.assert(
      fc.property(commands, (timers) => {
        const heap = new TimerHeap();
        const added = timers.map(({ timeMs }) => heap.add(timeMs, () => undefined));
        for (const [i, timer] of added.entries()) if (timers[i]?.isCancelled === true) heap.cancel(timer);
        const taken = [];
        for (let timer = heap.takeDue(100); timer !== null; timer = heap.takeDue(100)) taken.push(timer.order);
        const expected = added
          .filter((_, i) => timers[i]?.isCancelled === false)
          .sort((a, b) => a.timeMs - b.timeMs || a.order - b.order)
          .map(({ order }) => order);
        expect(taken).toEqual(expected);
      }),
    );
  });

  it('keeps what is not due', () => {
    const heap = new TimerHeap();
    heap.add(20, () => undefined);
    expect(heap.takeDue(19)).toBeNull();
    expect(heap.takeDue(20)?.timeMs).toBe(20);
  });
});
