import * as z from 'zod';
import type { Clock } from '../ports/index.ts';
import { type WakePorts, wake } from './answers/wake.ts';
import { operation } from './operation.ts';

/** An answer as young as this is being woken for by whoever took it. */
const YOUNGEST_MS = 30_000;
const PAGE = 50;

/** The net under every answer: wakes the executions that have not heard of theirs. Runs by schedule. */
export const sweepAnswers = operation({
  name: 'sweep-answers',
  input: z.object({}),
  async run(ports: WakePorts & { readonly clock: Clock }): Promise<{ woken: number; left: number }> {
    const oldMs = ports.clock.nowMs() - YOUNGEST_MS;
    let [woken, left] = [0, 0];
    let after: string | null = null;
    do {
      const page: Awaited<ReturnType<WakePorts['requests']['listToWake']>> = await ports.requests.listToWake({
        limit: PAGE,
        after,
      });
      for (const request of page.items) {
        if ((request.answer?.atMs ?? 0) > oldMs) continue;
        if (await wake(ports, request)) woken += 1;
        else left += 1;
      }
      after = page.next;
    } while (after !== null);
    if (woken + left > 0) ports.telemetry.log('answers-swept', { woken, left });
    return { woken, left };
  },
});
