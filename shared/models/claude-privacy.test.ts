import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { attackFile } from '../../test/support/attacks.ts';
import { type FakeAnthropic, startFakeAnthropic } from '../../test/support/fake-anthropic.ts';
import { askClaude, RIGHT_ANSWER, refundQuestion } from '../../test/support/fake-anthropic-case.ts';
import { message, structured } from '../../test/support/fake-anthropic-replies.ts';
import { questionWithOrders } from '../../test/support/orders-on-demand.ts';
import type { Agent } from '../authoring/index.ts';
import type { JsonObject } from '../contracts/index.ts';
import type { Question } from '../ports/index.ts';
import type { TierAnswer } from './answer.ts';

const Input = z.object({
  name: z.string().meta({ personal: true }),
  email: z.string().meta({ personal: true }),
  phone: z.string().meta({ personal: true }),
  passport: z.exactOptional(z.string().meta({ personal: 'leave-out' })),
  message: z.string(),
}) as unknown as z.ZodType<JsonObject>;

const INPUT = {
  ...{ name: 'Petra Private', email: 'petra@home.example', phone: '+49 30 5550199', passport: 'C01X00T47' },
  message: 'It never came. Call +49 30 5550199 or write to Petra@home.example. Petra',
};
const READING = { source: 'orders', status: 'complete' as const, readAtMs: 1, tookMs: 1, problems: [] };

let fake: FakeAnthropic;
beforeEach(async () => {
  fake = await startFakeAnthropic();
});
afterEach(() => fake.stop());

function personal(changes: Partial<Question> = {}, needs: readonly string[] = []): Partial<Question> {
  const plain = refundQuestion();
  const judgement = z.strictObject({ action: z.enum(['none', 'refund']), mail: z.string() });
  const agent: Agent = { ...plain.agent, judgement: judgement as unknown as Agent['judgement'], needs };
  return { workflow: { ...plain.workflow, input: Input }, agent, input: INPUT, ...changes };
}

const sent = (): string => JSON.stringify(fake.requests.map(({ body }) => body));

describe('what is personal in a case', () => {
  const draft = { ...RIGHT_ANSWER, judgement: { action: 'refund', mail: 'Dear <name-2>, we wrote to <email-1>.' } };

  it('does not reach Claude: not from the form, a source, a person’s note or another model', async () => {
    fake.play(structured(draft));
    const notes = [{ by: 'lead@remit.example', atMs: 1, text: 'Petra Private called from +49 30 5550199.' }];
    const readings = [{ ...READING, data: { owner: 'PETRA PRIVATE', mail: 'petra@home.example' } }];
    const earlier = [{ ...learnedSays('Petra'), doubts: ['Petra Private is not known.'] }];
    await askClaude(fake.url, { question: personal({ notes, readings }), asked: { earlier } });
    expect(sent()).toContain('<email-1>');
    expect(sent()).not.toMatch(/petra|private|5550199|C01X00T47|passport/i);
  });

  it('comes back in what Claude drafts', async () => {
    fake.play(structured({ ...draft, reasons: ['<name-1> waits.'] }));
    expect(await askClaude(fake.url, { question: personal() })).toMatchObject({
      judgement: { mail: 'Dear Petra, we wrote to petra@home.example.' },
      reasons: ['Petra Private waits.'],
    });
  });

  it('comes back in an answer that failed its checks, too', async () => {
    const wrong = JSON.stringify({ ...draft, judgement: { action: 'call <phone-1>', mail: '' } });
    fake.play(structured(wrong), structured(draft));
    const answer = await askClaude(fake.url, { question: personal() });
    expect(answer?.attempts[0]).toContain('+49 30 5550199');
    expect(sent()).not.toContain('5550199');
  });

  it('is shown where the agent says that it needs it, and nothing else is', async () => {
    fake.play(structured(draft));
    await askClaude(fake.url, { question: personal({}, ['phone']) });
    expect(sent()).toContain('+49 30 5550199');
    expect(sent()).not.toMatch(/petra|C01X00T47/i);
  });

  it('is what a source on demand is asked for, and is hidden again in what it gives', async () => {
    const { question, sources } = questionWithOrders([{ data: { state: 'lost', note: 'for petra@home.example' } }]);
    const call = { type: 'tool_use', id: 'toolu_0', name: 'orders', input: { order: '<name-2>' } };
    fake.play(message([call], { stopReason: 'tool_use' }), structured({ ...draft, cites: ['orders'] }));
    const { workflow, agent } = personal() as Question;
    await askClaude(fake.url, {
      question: { ...question, input: INPUT, workflow, agent: { ...agent, sources: question.agent.sources } },
    });
    expect(sources.reads).toMatchObject([{ args: { order: 'Petra' } }]);
    expect(sent()).toContain('for <email-1>');
    expect(sent()).not.toMatch(/petra/i);
  });
});

function learnedSays(reason: string): TierAnswer {
  const answer = {
    status: 'answered',
    tier: 'learned',
    model: 'learned:refunds',
    judgement: RIGHT_ANSWER.judgement,
  } as const;
  const rest = { confidence: 0.5, fields: [], doubts: [], cites: null, attempts: [], cap: null };
  const usage = { inputTokens: 0, outputTokens: 0, cacheReadTokens: 0, cacheWriteTokens: 0, costUsd: 0 };
  return { ...answer, ...rest, usage, reasons: [reason] };
}

const Canaries = z.object({ canaries: z.array(z.object({ kind: z.string(), class: z.string(), value: z.string() })) });
const file = attackFile('own/log-canaries.json');
const canaries = file === null ? [] : Canaries.parse(file).canaries.filter((one) => one.class === 'personal');

describe.skipIf(file === null)('a planted personal value', () => {
  it.each(canaries)(
    '($kind) is not in a prompt where its field is marked, nor a card number anywhere',
    async (canary) => {
      fake.play(structured(RIGHT_ANSWER));
      const isCard = canary.kind === 'card number';
      const input = { ...INPUT, phone: isCard ? '' : canary.value, message: `Here: ${canary.value}.` };
      const { agent } = refundQuestion();
      await askClaude(fake.url, { question: { ...personal(), agent, input } });
      expect(sent()).not.toContain(canary.value);
      expect(sent()).toContain(isCard ? '<card-1>' : '<phone-1>');
    },
  );
});
