import { describe, expect, it } from 'vitest';
import { ask, reply } from '../../test/support/asked-lead.ts';
import { CASE_ID, decidedLead } from '../../test/support/lead-case.ts';
import { APPROVER } from '../../test/support/leads.ts';
import { linkKeyOf } from '../domain/case-id.ts';
import { checkCode, LinkSecret, openLink } from './open-link.ts';

const SECRET = 'secret-0000000001';
const CODE = '000001';

async function mailed() {
  const { ports } = await decidedLead();
  const requestId = await ask(ports);
  const link = await ports.requests.link(linkKeyOf(SECRET));
  if (link === null) throw new Error('no link was mailed');
  return { ports, requestId, link };
}

describe('a link', () => {
  it('leads to its question, for the person it was mailed to, and changes nothing', async () => {
    const { ports, requestId } = await mailed();
    const before = JSON.stringify(Object.values(ports.tables).map((table) => [...table]));
    const opened = await openLink.run(ports, { secret: SECRET });
    expect(opened?.view).toMatchObject({ requestId, caseId: CASE_ID, person: APPROVER, state: 'open' });
    expect(JSON.stringify(Object.values(ports.tables).map((table) => [...table]))).toBe(before);
  });

  it('that nobody mailed leads nowhere; neither do its key, the request and the case', async () => {
    const { ports, requestId } = await mailed();
    for (const secret of ['secret-0000000002', linkKeyOf(SECRET), requestId, CASE_ID]) {
      expect(await openLink.run(ports, { secret })).toBeNull();
    }
  });

  it('shows what was answered once it is', async () => {
    const { ports, requestId } = await mailed();
    await reply(ports, requestId, { verb: 'reject', reason: 'no' });
    expect((await openLink.run(ports, { secret: SECRET }))?.view.state).toBe('answered');
  });

  it.each(['', 'short', '../../secret-0000000001', 'a'.repeat(65), 'secret 0000000001'])(
    'is not even looked up as %o',
    (secret) => {
      expect(LinkSecret.safeParse(secret).success).toBe(false);
    },
  );
});

describe('a code', () => {
  it('is right as mailed, also with spaces in between', async () => {
    const { ports, link } = await mailed();
    expect(await checkCode(ports.requests, link, CODE)).toEqual({ kind: 'right' });
    expect(await checkCode(ports.requests, link, ' 000 001\n')).toEqual({ kind: 'right' });
  });

  it('is dead after five tries, wrong or at once, and then the right one does not help', async () => {
    const { ports, link } = await mailed();
    const guesses = await Promise.all(['1', '2', '3', '4', '5'].map((code) => checkCode(ports.requests, link, code)));
    expect(guesses.map((guess) => (guess.kind === 'wrong' ? guess.triesLeft : guess.kind))).toEqual([4, 3, 2, 1, 0]);
    expect(await checkCode(ports.requests, link, CODE)).toEqual({ kind: 'dead' });
  });

  it('of one link does not open another', async () => {
    const { ports, link } = await mailed();
    expect((await checkCode(ports.requests, { ...link, key: linkKeyOf('other') }, CODE)).kind).toBe('dead');
    await ports.requests.putLink({ ...link, key: linkKeyOf('other') });
    expect((await checkCode(ports.requests, { ...link, key: linkKeyOf('other') }, CODE)).kind).toBe('wrong');
  });
});
