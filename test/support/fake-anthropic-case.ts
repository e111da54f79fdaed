import * as z from 'zod';
import { leadQualification } from '../../agents/lead-qualification/workflow.ts';
import type { Asked, TierAnswer } from '../../shared/models/answer.ts';
import { type ClaudePorts, claudeTier } from '../../shared/models/claude-tier.ts';
import type { Clock, LookUp, Purse, Question } from '../../shared/ports/index.ts';
import { FAKE_KEY } from './fake-anthropic.ts';

export const INSTRUCTIONS = 'You decide whether a customer gets the money back.';
export const RIGHT_ANSWER = {
  judgement: { action: 'refund' },
  reasons: ['The parcel never came.'],
  confidence: 0.8,
  doubts: [],
};

/** Money without end. */
const FULL_PURSE: Purse = { reserve: async () => ({ kind: 'reserved', settle: async () => undefined }) };

const NOTHING_TO_LOOK_UP: LookUp = { sources: [], left: 0, read: async () => [] };

/** A case of a workflow that is about refunds, as far as a model sees it. */
export function refundQuestion(given: Partial<Question> = {}): Question {
  const judgement = z.strictObject({ action: z.enum(['none', 'refund']) });
  const agent = {
    id: 'clerk',
    title: 'Refund clerk',
    instructions: 'clerk.md',
    sources: [],
    ...{ judgement, decides: judgement, hasChoice: false, takes: null },
    timeoutMs: 30_000,
  };
  return {
    workflow: { ...leadQualification, id: 'refunds', agents: [agent] },
    agent,
    input: { message: 'Where is my parcel?' },
    readings: [],
    lookUp: NOTHING_TO_LOOK_UP,
    notes: [],
    minimumConfidence: 0.8,
    past: async () => [],
    deadlineMs: Date.now() + 30_000,
    purse: FULL_PURSE,
    ...given,
  };
}

/** Real time, but a pause ends at once: the clock jumps over it. */
export class ImpatientClock implements Clock {
  readonly pausesMs: number[] = [];
  #jumpedMs = 0;

  nowMs(): number {
    return Date.now() + this.#jumpedMs;
  }

  async sleep(ms: number): Promise<void> {
    this.pausesMs.push(ms);
    this.#jumpedMs += ms;
  }
}

/** Asks the fake at `url` by the tier that is deployed. */
export function askClaude(
  url: string,
  given: {
    readonly question?: Partial<Question>;
    readonly ports?: Partial<ClaudePorts>;
    readonly asked?: Partial<Asked>;
  } = {},
): Promise<TierAnswer | null> {
  const tier = claudeTier({
    secrets: { anthropicApiKey: async () => FAKE_KEY, webhookSecrets: async () => [] },
    assets: { read: async () => new TextEncoder().encode(INSTRUCTIONS) },
    clock: new ImpatientClock(),
    model: 'claude-sonnet-5-5',
    baseUrl: url,
    chance: () => 0,
    ...given.ports,
  });
  return tier(refundQuestion(given.question), { rule: { tier: 'smart' }, earlier: [], ...given.asked });
}
