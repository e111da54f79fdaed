import { describe, expect, it } from 'vitest';
import { ask, reply } from '../../test/support/asked-lead.ts';
import { decidedLead } from '../../test/support/lead-case.ts';
import { APPROVER } from '../../test/support/leads.ts';
import { linkKeyOf } from '../domain/case-id.ts';
import { checkCode } from './open-link.ts';
import { sendNewCode } from './send-new-code.ts';

const SECRET = 'secret-0000000001';
const HOUR_MS = 3_600_000;

async function mailed() {
  const { ports } = await decidedLead();
  const requestId = await ask(ports);
  const check = async (code: string) => {
    const link = await ports.requests.link(linkKeyOf(SECRET));
    if (link === null) throw new Error('no link was mailed');
    return (await checkCode(ports.requests, link, code)).kind;
  };
  return { ports, requestId, check };
}

describe('a new code', () => {
  it('goes to the same address alone, works on the same link, and the old one is dead', async () => {
    const { ports, check } = await mailed();
    for (let time = 0; time < 5; time += 1) await check('999999');
    expect(await check('000001')).toBe('dead');
    expect((await sendNewCode.run(ports, { secret: SECRET })).kind).toBe('sent');
    const mails = ports.mailer.to(APPROVER);
    expect(mails).toHaveLength(2);
    expect(mails[1]?.subject).toMatch(/^New code: /);
    expect(mails[1]?.text).toContain(`https://remit.example/r/${SECRET}`);
    expect(mails[1]?.text).toContain('000 002');
    expect(ports.mailer.sent).toHaveLength(2);
    expect(await check('000001')).toBe('wrong');
    expect(await check('000002')).toBe('right');
  });

  it('is sent three times an hour at most', async () => {
    const { ports } = await mailed();
    const send = async () => (await sendNewCode.run(ports, { secret: SECRET })).kind;
    expect([await send(), await send(), await send(), await send()]).toEqual(['sent', 'sent', 'sent', 'too-many']);
    expect(ports.mailer.to(APPROVER)).toHaveLength(4);
    ports.clock.advance(HOUR_MS);
    expect(await send()).toBe('sent');
  });

  it('is one, of several that are asked for at once', async () => {
    const { ports } = await mailed();
    await Promise.all([1, 2, 3].map(() => sendNewCode.run(ports, { secret: SECRET })));
    expect(ports.mailer.to(APPROVER)).toHaveLength(2);
  });

  it('is not sent for what is settled or over, or for a link that leads nowhere', async () => {
    const { ports, requestId } = await mailed();
    expect((await sendNewCode.run(ports, { secret: 'secret-0000000009' })).kind).toBe('unknown');
    expect(await reply(ports, requestId)).toMatchObject({ kind: 'answered' });
    expect((await sendNewCode.run(ports, { secret: SECRET })).kind).toBe('settled');
    const late = await mailed();
    late.ports.clock.advance(96 * HOUR_MS);
    expect((await sendNewCode.run(late.ports, { secret: SECRET })).kind).toBe('settled');
    expect(ports.mailer.sent).toHaveLength(1);
    expect(late.ports.mailer.sent).toHaveLength(1);
  });
});
