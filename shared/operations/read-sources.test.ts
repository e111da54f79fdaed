import { describe, expect, it } from 'vitest';
import { leadQualification } from '../../agents/lead-qualification/workflow.ts';
import { MemoryClock } from '../../test/support/memory-clock.ts';
import { ReadError } from '../ports/index.ts';
import { readSources } from './read-sources.ts';

const STRANGER = { stage: 'none', contactedBefore: false, lastContactDays: null };

/** Reads the CRM history, which is tried three times, and says how long it took and how often it was asked. */
async function read(failures: readonly Error[], withinMs = 60_000) {
  const clock = new MemoryClock();
  const left = [...failures];
  let asked = 0;
  const sources = {
    read: async () => {
      asked += 1;
      const failure = left.shift();
      if (failure !== undefined) throw failure;
      return STRANGER;
    },
    list: async () => [],
  };
  const wanted = { workflow: leadQualification, sources: ['crm-history'], input: { email: 'a@b.example' } };
  const deadlineMs = clock.nowMs() + withinMs;
  const [reading] = await clock.finish(readSources({ sources, clock }, { ...wanted, deadlineMs }));
  return { asked, status: reading?.status, problems: reading?.problems, tookMs: reading?.tookMs };
}

describe('a source that fails', () => {
  it('is asked again, with growing pauses', async () => {
    expect(await read([new Error('one'), new Error('two')])).toMatchObject({
      asked: 3,
      status: 'complete',
      tookMs: 600,
    });
  });

  it('is not asked again where that cannot help', async () => {
    const hopeless = new ReadError('the token is not known', { isPassing: false });
    expect(await read([hopeless])).toMatchObject({ asked: 1, status: 'failed', problems: ['the token is not known'] });
  });

  it('is left in peace for as long as it asks', async () => {
    const busy = new ReadError('slow down', { isPassing: true, retryAfterMs: 5_000 });
    expect(await read([busy])).toMatchObject({ asked: 2, status: 'complete', tookMs: 5_000 });
  });

  it('is given up where it asks for more time than there is', async () => {
    const busy = new ReadError('slow down', { isPassing: true, retryAfterMs: 5_000 });
    expect(await read([busy], 4_000)).toMatchObject({ asked: 1, status: 'failed', problems: ['slow down'] });
  });
});
