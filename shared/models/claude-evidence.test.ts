import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type FakeAnthropic, startFakeAnthropic } from '../../test/support/fake-anthropic.ts';
import { askClaude, RIGHT_ANSWER, refundQuestion } from '../../test/support/fake-anthropic-case.ts';
import { structured } from '../../test/support/fake-anthropic-replies.ts';
import type { Question } from '../ports/index.ts';

const GOOD = structured(RIGHT_ANSWER);

let fake: FakeAnthropic;
beforeEach(async () => {
  fake = await startFakeAnthropic();
});
afterEach(() => fake.stop());

describe('the answer of Claude', () => {
  it('that fits only after failed checks keeps what failed them, cut to what a person reads', async () => {
    const long = `"${'é'.repeat(5_000)}"`;
    fake.play(structured(long), GOOD);
    const answer = await askClaude(fake.url);
    expect(answer).toMatchObject({ status: 'degraded', attempts: [long.slice(0, 4_000)] });
  });

  const agent = { ...refundQuestion().agent, sources: ['orders'] };
  it.each<[string, object, readonly string[] | null, Question['agent']]>([
    ['names the sources that it rests on', { ...RIGHT_ANSWER, cites: ['orders'] }, ['orders'], agent],
    ['is on record with a source that it may not read', { ...RIGHT_ANSWER, cites: ['gossip'] }, ['gossip'], agent],
    ['names none where it says none', RIGHT_ANSWER, [], agent],
    ['says nothing of sources where its agent has none', RIGHT_ANSWER, null, refundQuestion().agent],
  ])('%s', async (_what, said, cites, asking) => {
    fake.play(structured(said));
    expect(await askClaude(fake.url, { question: { agent: asking } })).toMatchObject({ status: 'answered', cites });
  });
});
