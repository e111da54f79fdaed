import * as z from 'zod';
import { defineSourceConnector, type Source } from '../../shared/authoring/index.ts';
import type { JsonObject } from '../../shared/contracts/index.ts';
import { TurnLookUp } from '../../shared/operations/look-up.ts';
import type { Question } from '../../shared/ports/index.ts';
import { refundQuestion } from './fake-anthropic-case.ts';
import { MemorySources, type SourceStep } from './memory-sources.ts';

const ORDERS = 'test.orders';

const orders = defineSourceConnector({
  id: ORDERS,
  arguments: z.strictObject({ order: z.string(), customer: z.string() }),
  data: z.object({ state: z.string(), note: z.exactOptional(z.string()) }),
  timeoutMs: 400,
  attempts: 1,
});

/** A model may say which order; whose it is, the case says. */
const ordersOnDemand: Source = {
  title: 'Orders of the shop',
  connector: orders as unknown as Source['connector'],
  isRequired: false,
  read: 'on-demand',
  asks: {
    description: 'what became of one order of this customer; look before you judge',
    schema: z.strictObject({ order: z.string().max(20) }) as unknown as z.ZodType<JsonObject>,
  },
  arguments: ({ customer }, { order }) => ({ order: order ?? '', customer: customer ?? '' }),
  missing: ({ state }) => (state === 'unknown' ? ['order not found'] : []),
  mostBytes: 1_000,
};

export const LOST: SourceStep = { data: { state: 'lost' } };

/** The refund case with a source on demand beside one that is always read and that no model may ask for. */
export function questionWithOrders(
  steps: readonly SourceStep[] = [LOST],
  { mostReadings, ...given }: Partial<Question> & { readonly mostReadings?: number } = {},
) {
  const plain = refundQuestion(given);
  const agent = {
    ...plain.agent,
    sources: ['orders', 'customer'],
    ...(mostReadings === undefined ? {} : { mostReadings }),
  };
  const customer: Source = { ...ordersOnDemand, read: 'always', asks: null };
  const workflow = { ...plain.workflow, agents: [agent], sources: { orders: ordersOnDemand, customer } };
  const sources = new MemorySources({ [ORDERS]: steps });
  const input = { ...plain.input, customer: 'c-1' };
  const lookUp = new TurnLookUp(
    { sources, clock: realClock },
    { workflow, agent, input, deadlineMs: plain.deadlineMs - 500 },
  );
  return { question: { ...plain, workflow, agent, input, lookUp }, sources, lookUp };
}

/** A clock whose pauses end at once would end every reading too. */
const realClock = {
  nowMs: () => Date.now(),
  sleep: (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms)),
};
