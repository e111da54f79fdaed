import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { startFakeAnthropic } from '../../test/support/fake-anthropic.ts';
import { askClaude, ImpatientClock, RIGHT_ANSWER } from '../../test/support/fake-anthropic-case.ts';
import {
  jsonReply,
  messageBody,
  type Reply,
  rawReply,
  structured,
  textBlock,
} from '../../test/support/fake-anthropic-replies.ts';
import { questionWithOrders } from '../../test/support/orders-on-demand.ts';
import type { ModelAnswer, Question } from '../ports/index.ts';

const FOLDER = process.env['REMIT_ATTACKS'] ?? '../shared/attacks';
const FILE = join(FOLDER, 'own', 'model-faults.json');

/** One thing that a model service can do wrong, and what has to come of it. */
const Row = z.object({
  name: z.string(),
  class: z.enum(['retry', 'requeue', 'park', 'bad-answer', 'refused-call', 'cap', 'carry-on', 'control']),
  status: z.int().optional(),
  headers: z.record(z.string(), z.string()).optional(),
  body: z.json().optional(),
  body_raw: z.string().optional(),
  network: z.enum(['reset-after-bytes', '1 byte per second', 'hang']).optional(),
  bytes: z.int().optional(),
  repeat: z.enum(['forever']).optional(),
  expect: z.string(),
});
type Row = z.infer<typeof Row>;

const RIGHT = JSON.stringify(RIGHT_ANSWER);
const GOOD = structured(RIGHT_ANSWER);
const rows = existsSync(FILE)
  ? z.object({ faults: z.array(Row) }).parse(JSON.parse(readFileSync(FILE, 'utf8'))).faults
  : [];
if (rows.length === 0)
  console.warn(`NOT RUN: the faults of models. There is no ${FILE}; name its folder in REMIT_ATTACKS.`);

describe.skipIf(rows.length === 0)('a fault of the model service', () => {
  it.each(of('retry').filter(({ network }) => network !== '1 byte per second'))(
    '$name is survived by another try, and given up after some: a service that is only busy is waited for longer',
    async (row) => {
      const survived = await play([replyOf(row), GOOD]);
      expect(survived.answer).toMatchObject({ status: 'answered', judgement: RIGHT_ANSWER.judgement });
      const tries = row.status === 529 ? 12 : 4;
      const lasting = await play(Array.from({ length: tries }, () => replyOf(row)));
      expect(lasting.answer).toMatchObject({ status: 'failed', judgement: null });
      expect(lasting.pausesMs).toHaveLength(tries - 1);
      expect(JSON.stringify(lasting.answer)).not.toMatch(/<html|Unavailable/);
    },
  );

  it.each(of('retry').filter(({ network }) => network === '1 byte per second'))(
    '$name does not hold the case beyond its deadline',
    async (row) => {
      const deadlineMs = Date.now() + 1_700;
      const { answer, endedMs } = await play([replyOf(row)], { deadlineMs });
      expect(answer).toMatchObject({ status: 'failed', doubts: ['The model service gave no answer in time.'] });
      expect(endedMs).toBeLessThan(deadlineMs);
    },
  );

  it.each([...of('requeue'), ...of('park')])('$name is not tried again and costs nothing', async (row) => {
    const { answer, pausesMs } = await play([replyOf(row)]);
    expect(answer).toMatchObject({ status: 'failed', judgement: null, usage: { costUsd: 0 } });
    expect(answer.doubts[0]).toContain(`status ${row.status}`);
    expect(pausesMs).toEqual([]);
    if (row.name.startsWith('404')) expect(answer.doubts[0]).toContain('claude-sonnet-5-5');
    if (row.name.includes('spend-limit')) expect(answer.doubts[0]).toContain('spend limit');
  });

  it.each(of('bad-answer').filter((row) => !hasFinished(row)))(
    '$name is a failure with its cost, and not tried again',
    async (row) => {
      const { answer } = await play([replyOf(row)]);
      expect(answer).toMatchObject({
        status: 'failed',
        judgement: null,
        usage: { inputTokens: 900, outputTokens: 50 },
      });
    },
  );

  it.each(of('bad-answer').filter(hasFinished))('$name has one more try, never acted on by itself', async (row) => {
    const twice = await play([replyOf(row), replyOf(row)]);
    expect(twice.answer).toMatchObject({ status: 'failed', judgement: null });
    expect(twice.answer.usage.costUsd).toBeGreaterThan(0);
    const repaired = await play([replyOf(row), GOOD]);
    // What came after a wrong answer is a draft; where there was no answer at all, the first one counts.
    expect(repaired.answer.status).toBe(row.name.startsWith('200-') ? 'answered' : 'degraded');
  });

  it.each([...of('refused-call'), ...of('cap'), ...of('carry-on')].filter(callsTools))(
    '$name: the call is not run, and the case is a person’s after one question, whether its agent has tools or not',
    async (row) => {
      const { question, sources } = questionWithOrders();
      for (const asked of [{}, question]) {
        const { answer } = await play([replyOf(row)], asked);
        expect(answer).toMatchObject({ status: 'failed', judgement: null, usage: { inputTokens: 900 } });
        expect(answer.doubts[0]).toContain('tool');
      }
      expect(sources.reads).toEqual([]);
    },
  );

  it.each(of('control').filter(callsTools))('$name: $expect', async (row) => {
    const { question, sources } = questionWithOrders();
    const text = JSON.stringify(row.body)
      .replace('{{granted_read_tool}}', 'orders')
      .replace('"{{valid_input}}"', '{"order":"o-7"}');
    const { answer } = await play([jsonReply(200, JSON.parse(text)), GOOD], question);
    expect(answer).toMatchObject({ status: 'answered', judgement: RIGHT_ANSWER.judgement });
    expect(sources.reads).toHaveLength(1);
  });

  it.each([...of('cap'), ...of('carry-on'), ...of('control')].filter((row) => !callsTools(row)))(
    '$name: $expect',
    async (row) => {
      const pauses = stopReasonOf(row) === 'pause_turn';
      const { answer } = await play(pauses ? [replyOf(row), GOOD] : [replyOf(row)]);
      expect(answer).toMatchObject({ status: 'answered', judgement: RIGHT_ANSWER.judgement });
      if (row.name === 'usage-missing') expect(answer.usage.costUsd).toBeGreaterThan(0.08);
      if (row.name === 'different-model-than-asked') expect(answer.model).toBe('other-model');
      if (row.name === 'confidence-missing') expect(answer.confidence).toBe(0);
      if (row.name === 'pause-turn') expect(answer.usage.inputTokens).toBe(1_800);
    },
  );

  it('is played for every row', () => {
    expect(of('refused-call').filter((row) => !callsTools(row))).toEqual([]);
    expect(rows.flatMap(({ name }) => (name === 'control-read-tool' ? [name] : []))).toEqual(['control-read-tool']);
  });
});

interface Played {
  readonly answer: ModelAnswer;
  readonly pausesMs: readonly number[];
  readonly endedMs: number;
}

/** Asks a service that does exactly this; being asked more or less often fails. */
async function play(script: readonly Reply[], question: Partial<Question> = {}): Promise<Played> {
  const fake = await startFakeAnthropic(script);
  const clock = new ImpatientClock();
  const answer = await askClaude(fake.url, { question, ports: { clock } });
  const endedMs = Date.now();
  await fake.stop();
  if (answer === null) throw new Error('Claude had nothing to say');
  return { answer, pausesMs: clock.pausesMs, endedMs };
}

function of(kind: Row['class']): Row[] {
  return rows.filter((row) => row.class === kind);
}

function replyOf(row: Row): Reply {
  const body = JSON.stringify(messageBody([textBlock(RIGHT)]));
  if (row.network === 'reset-after-bytes') return { kind: 'cut', body, afterBytes: row.bytes ?? 0 };
  if (row.network === '1 byte per second') return { kind: 'drip', body, everyMs: 1_000 };
  if (row.network === 'hang') return { kind: 'hang' };
  const status = row.status ?? 200;
  if (row.body_raw !== undefined && !row.body_raw.startsWith('{')) {
    return rawReply(status, row.body_raw, row.headers?.['content-type']);
  }
  if (row.body_raw?.includes('1e308') === true) return rawReply(status, row.body_raw);
  return jsonReply(status, inThisWorkflow(row.body ?? JSON.parse(row.body_raw ?? 'null')), row.headers);
}

/** The decisions of the rows in the words of the workflow that is asked. */
function inThisWorkflow(body: unknown): unknown {
  const message = Message.safeParse(body);
  if (!message.success) return body;
  const content = message.data.content.map((block) =>
    block.type === 'text' && block.text !== undefined ? { ...block, text: decision(block.text) } : block,
  );
  return { ...message.data, content };
}

function decision(text: string): string {
  if (text === 'ok' || text === '{{valid_decision}}') return RIGHT;
  return text.replaceAll(/"action":("\w+")/g, '"judgement":{"action":$1},"reasons":[],"doubts":[]');
}

const Message = z.looseObject({
  type: z.literal('message'),
  stop_reason: z.string(),
  content: z.array(z.looseObject({ type: z.string(), text: z.string().optional() })),
});

function stopReasonOf(row: Row): string | null {
  return Message.safeParse(row.body ?? JSON.parse(row.body_raw || 'null')).data?.stop_reason ?? null;
}

function callsTools(row: Row): boolean {
  return stopReasonOf(row) === 'tool_use';
}

/** The model said all that it wanted to say, or nothing that could be read came. */
function hasFinished(row: Row): boolean {
  return [null, 'end_turn'].includes(stopReasonOf(row));
}
