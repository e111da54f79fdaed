import * as z from 'zod';
import { messageOf } from '../domain/message-of.ts';
import type { Overturning, Page, Telemetry } from '../ports/index.ts';
import { operation } from './operation.ts';
import { commandOf, type GoOnPorts, goOn } from './taking-back/go-on.ts';

/** One as young as this is being gone on with by whoever took it. */
const YOUNGEST_MS = 30_000;
const PAGE = 50;

/**
 * The net under every overturning: goes on with those that are on record and whose function ended before all that they ask
 * for was started. Runs by schedule. One that fails is left for the next time, and stops no other.
 */
export const sweepOverturnings = operation({
  name: 'sweep-overturnings',
  input: z.object({}),
  async run(ports: GoOnPorts & { readonly telemetry: Telemetry }): Promise<{ started: number; left: number }> {
    const oldMs = ports.clock.nowMs() - YOUNGEST_MS;
    let [started, left] = [0, 0];
    let after: string | null = null;
    do {
      const page: Page<Overturning> = await ports.cases.overturningsToStart({ limit: PAGE, after });
      for (const overturning of page.items) {
        if (overturning.atMs > oldMs) continue;
        if (await goOnWith(ports, overturning)) started += 1;
        else left += 1;
      }
      after = page.next;
    } while (after !== null);
    if (started + left > 0) ports.telemetry.log('overturnings-swept', { started, left });
    return { started, left };
  },
});

async function goOnWith(
  ports: GoOnPorts & { readonly telemetry: Telemetry },
  { caseId, ref }: Overturning,
): Promise<boolean> {
  try {
    const events = (await ports.cases.ledger(caseId)).map(({ event }) => event);
    const command = commandOf(caseId, events, ref);
    if (command === null) throw new Error('It is not in the ledger of its case.');
    await goOn(ports, command, ref);
    return true;
  } catch (error) {
    ports.telemetry.log('overturning-left', { caseId, problem: messageOf(error) });
    return false;
  }
}
