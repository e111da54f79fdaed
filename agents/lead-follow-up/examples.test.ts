import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { Conversation, conversationFrom, ReplyJudgement } from './conversation.ts';

const Example = z.strictObject({
  id: z.string(),
  input: z.strictObject({
    input: Conversation,
    sources: z.strictObject({
      'crm-history': z.strictObject({
        stage: z.enum(['none', 'open', 'customer', 'lost']),
        contactedBefore: z.boolean(),
        lastContactDays: z.int().min(0).nullable(),
      }),
    }),
  }),
  expected: ReplyJudgement,
  note: z.string().min(1).optional(),
});

const read = (path: string): string => readFileSync(new URL(path, import.meta.url), 'utf8');
const lines = (file: string) =>
  read(file)
    .trim()
    .split('\n')
    .map((line) => Example.parse(JSON.parse(line)));
const examples = lines('./examples.jsonl');
const heldOut = lines('./held-out.jsonl');

describe('the labelled examples', () => {
  it('are enough, with consecutive ids, and about twenty of them are marked traps', () => {
    expect(examples.length).toBeGreaterThanOrEqual(240);
    expect(examples.map(({ id }) => id)).toEqual(examples.map((_, at) => `reply-${String(at + 1).padStart(4, '0')}`));
    expect(examples.filter(({ note }) => note !== undefined).length).toBeGreaterThanOrEqual(20);
  });

  it('reach nobody, and never hold the same words twice, the held-out ones neither', () => {
    const all = [...examples, ...heldOut];
    expect(all.filter(({ input }) => !input.input.email.endsWith('.example'))).toEqual([]);
    const texts = all.map(({ input }) => input.input.reply.toLowerCase()).filter((text) => text !== '');
    expect(texts.filter((text, at) => texts.indexOf(text) !== at)).toEqual([]);
  });

  it('call silence what has no words, and nothing else', () => {
    const odd = examples.filter(
      ({ input, expected }) => (input.input.reply === '') !== (expected.answer === 'silence'),
    );
    expect(odd).toEqual([]);
  });

  it.each(['interested', 'question', 'not-now', 'wrong-person', 'no', 'out-of-office'] as const)(
    'have %s at least thirty times, and held out at least seven times',
    (answer) => {
      const count = (of: typeof examples) => of.filter(({ expected }) => expected.answer === answer).length;
      expect(count(examples)).toBeGreaterThanOrEqual(30);
      expect(count(heldOut)).toBeGreaterThanOrEqual(7);
    },
  );
});

describe('the samples', () => {
  const samples = readdirSync(new URL('./samples/', import.meta.url));

  it.each(samples)('%s is a reply of somebody who is in no example', (file) => {
    const body = z.record(z.string(), z.unknown()).parse(JSON.parse(read(`./samples/${file}`)));
    expect(Conversation.safeParse(conversationFrom(body)).success).toBe(file !== 'broken.json');
    expect(examples.some(({ input }) => input.input.email === body['email'])).toBe(false);
  });
});
