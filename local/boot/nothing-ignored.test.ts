import { afterAll, describe, expect, it } from 'vitest';
import { Activity } from '../kernel/activity.ts';
import { MovableClock } from '../kernel/clock.ts';
import { Store } from '../kernel/store.ts';
import { createMeter } from '../meter/index.ts';
import { createServices } from './services.ts';

const store = new Store(':memory:');
const activity = new Activity();
const clock = new MovableClock(store, activity);
const services = createServices({
  store,
  clock,
  activity,
  place: { partition: 'aws', region: 'eu-west-1', accountId: '000000000000' },
  dispatch: async () => ({}),
  meter: createMeter(store),
  endpoint: 'http://127.0.0.1:4700',
});

afterAll(() => clock.stop());

describe.each(services.all.map((service) => [service.name, service] as const))('%s', (_name, service) => {
  it.each(Object.keys(service.operations))('names a parameter of %s that it does not know', async (name) => {
    const operation = service.operations[name];
    const input = { BogusParameter: 1 };
    const call = async () => {
      operation?.permissions(input);
      return await operation?.run(input, { kind: 'operator', traceId: null });
    };
    await expect(call()).rejects.toThrow('BogusParameter');
  });
});
