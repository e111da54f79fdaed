import { describe, expect, it } from 'vitest';
import { ask, MAIL, question, reply } from '../../test/support/asked-lead.ts';
import { CASE_ID, decidedLead } from '../../test/support/lead-case.ts';
import { openRequest } from './open-request.ts';
import { sweepAnswers } from './sweep-answers.ts';

const MINUTE_MS = 60_000;

/** A question that was answered while the execution could not be reached. */
async function unheard() {
  const { ports } = await decidedLead();
  const requestId = await ask(ports);
  ports.executions.isDown = true;
  expect((await reply(ports, requestId)).kind).toBe('answered');
  return { ports, requestId };
}

describe('the sweep of answers', () => {
  it('wakes the execution that has not heard, once, and asks nobody again', async () => {
    const { ports } = await unheard();
    ports.clock.advance(MINUTE_MS);
    const mails = ports.mailer.sent.length;
    expect(await sweepAnswers.run(ports, {})).toEqual({ woken: 0, left: 1 });
    ports.executions.isDown = false;
    expect(await sweepAnswers.run(ports, {})).toEqual({ woken: 1, left: 0 });
    expect(await sweepAnswers.run(ports, {})).toEqual({ woken: 0, left: 0 });
    expect(ports.executions.resumed.map(({ output }) => output['verb'])).toEqual(['approve']);
    expect(ports.mailer.sent).toHaveLength(mails);
    expect(await ports.cases.action(CASE_ID, MAIL)).toMatchObject({ state: 'approved' });
  });

  it('leaves alone what was answered a moment ago, what is open and what was heard', async () => {
    const { ports } = await unheard();
    ports.executions.isDown = false;
    expect(await sweepAnswers.run(ports, {})).toEqual({ woken: 0, left: 0 });
    const other = await decidedLead();
    await openRequest.run(other.ports, question());
    other.ports.clock.advance(MINUTE_MS);
    expect(await sweepAnswers.run(other.ports, {})).toEqual({ woken: 0, left: 0 });
  });

  it('comes to the end of a long list', async () => {
    const { ports, requestId } = await unheard();
    const text = ports.tables.requests.get(requestId) ?? '';
    const ids = Array.from({ length: 120 }, (_, n) => n.toString(16).padStart(32, '0'));
    for (const id of ids) ports.tables.requests.set(id, JSON.stringify({ ...JSON.parse(text), id }));
    ports.clock.advance(MINUTE_MS);
    ports.executions.isDown = false;
    expect((await sweepAnswers.run(ports, {})).woken).toBe(121);
  });
});
