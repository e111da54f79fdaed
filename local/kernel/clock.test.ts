import { afterEach, describe, expect, it } from 'vitest';
import { Activity } from './activity.ts';
import { MovableClock } from './clock.ts';
import { Store } from './store.ts';

let clock: MovableClock;

afterEach(() => clock.stop());

function newClock(activity = new Activity()): MovableClock {
  clock = new MovableClock(new Store(':memory:'), activity);
  return clock;
}

describe('MovableClock', () => {
  it('fires timers on the way in the order of their time, each at its own time', async () => {
    newClock();
    const start = clock.now();
    const fired: [string, boolean][] = [];
    clock.at(start + 60_000, () => fired.push(['late', clock.now() >= start + 60_000]));
    clock.at(start + 30_000, () => fired.push(['early', clock.now() < start + 60_000]));
    await clock.advance(90_000);
    expect(fired).toEqual([
      ['early', true],
      ['late', true],
    ]);
  });

  it('begins where it is told to, and never goes back there', async () => {
    const store = new Store(':memory:');
    const [earlier, later] = [Date.now() + 60_000, Date.now() + 120_000];
    clock = new MovableClock(store, new Activity(), earlier);
    const begunAfterMs = clock.now() - earlier;
    expect(begunAfterMs).toBeGreaterThanOrEqual(0);
    expect(begunAfterMs).toBeLessThan(60_000);
    await clock.advance(later - clock.now());
    clock.stop();
    clock = new MovableClock(store, new Activity(), earlier);
    expect(clock.now()).toBeGreaterThanOrEqual(later);
  });

  it('syncs to disk once for a whole move, also where it fails', async () => {
    const store = new Store(':memory:');
    clock = new MovableClock(store, new Activity());
    const isSynced = (): boolean => store.statement('PRAGMA synchronous').get()?.['synchronous'] === 2;
    const onTheWay: boolean[] = [];
    clock.at(clock.now() + 1000, () => onTheWay.push(isSynced()));
    clock.at(clock.now() + 2000, () => {
      throw new Error('broken');
    });
    await clock.advance(1500);
    await expect(clock.advance(1500)).rejects.toThrow('broken');
    expect([onTheWay, isSynced()]).toEqual([[false], true]);
  });

  it('fires a timer that another one sets on the way', async () => {
    newClock();
    const fired: string[] = [];
    clock.at(clock.now() + 1000, () => clock.at(clock.now() + 1000, () => fired.push('second')));
    await clock.advance(5000);
    expect(fired).toEqual(['second']);
  });

  it('leaves out a timer that was cancelled', async () => {
    newClock();
    const fired: string[] = [];
    const timer = clock.at(clock.now() + 1000, () => fired.push('cancelled'));
    clock.at(clock.now() + 500, () => timer.cancel());
    await clock.advance(5000);
    expect(fired).toEqual([]);
  });

  it('fires what is due already in a later turn, without a move', async () => {
    newClock();
    const fired: string[] = [];
    await new Promise<void>((resolve) => {
      clock.at(clock.now() - 1, () => {
        fired.push('due');
        resolve();
      });
      fired.push('set');
    });
    expect(fired).toEqual(['set', 'due']);
  });

  it('waits for what a timer set off before it goes on', async () => {
    const activity = new Activity();
    newClock(activity);
    const order: string[] = [];
    const work = async (): Promise<void> => {
      await new Promise((resolve) => setImmediate(resolve));
      order.push('work of the first');
    };
    clock.at(clock.now() + 1000, () => void activity.track(work()));
    clock.at(clock.now() + 2000, () => order.push('second'));
    await clock.advance(5000);
    expect(order).toEqual(['work of the first', 'second']);
  });
});
