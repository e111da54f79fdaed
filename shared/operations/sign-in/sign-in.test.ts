import { describe, expect, it } from 'vitest';
import { MemoryClock } from '../../../test/support/memory-clock.ts';
import { MemoryIds } from '../../../test/support/memory-ids.ts';
import { MemorySignIn } from '../../../test/support/memory-sign-in.ts';
import { MemoryTelemetry } from '../../../test/support/memory-telemetry.ts';
import { challengeOf } from '../../domain/session-proof.ts';
import { BeginSignIn, beginSignIn, ReturnPath } from './begin-sign-in.ts';
import { type FinishedSignIn, finishSignIn } from './finish-sign-in.ts';

const MINUTE_MS = 60_000;

function world() {
  const clock = new MemoryClock();
  return {
    ...{ clock, ids: new MemoryIds(), signIn: new MemorySignIn(), telemetry: new MemoryTelemetry() },
    publicUrl: 'https://remit.example',
  };
}

async function begun() {
  const ports = world();
  const { url, pending } = await beginSignIn.run(ports, { returnTo: '/inbox', isFresh: false });
  const nowMs = ports.clock.nowMs();
  const session = { email: 'ana@people.example', groups: [], signedInAtMs: nowMs, expiresAtMs: nowMs + 60 * MINUTE_MS };
  ports.signIn.codes.set('c-1', { ...session, nonce: pending.nonce });
  const finish = (changes: object = {}): Promise<FinishedSignIn | null> =>
    finishSignIn.run(ports, { code: 'c-1', state: pending.state, pending, ...changes });
  return { ports, url, pending, session, finish };
}

describe('a sign-in', () => {
  it('ends where it began, as who the code stands for', async () => {
    const { ports, pending, finish } = await begun();
    expect(ports.signIn.attempts).toEqual([
      {
        ...{ state: pending.state, nonce: pending.nonce, challenge: challengeOf(pending.verifier), isFresh: false },
        redirectUri: 'https://remit.example/signin/callback',
      },
    ]);
    expect(pending.verifier.length).toBeGreaterThanOrEqual(43);
    expect(await finish()).toMatchObject({
      token: 'token-c-1',
      returnTo: '/inbox',
      session: { email: 'ana@people.example' },
    });
  });

  it.each([
    ['another state', { state: 'x'.repeat(22) }],
    ['no state', { state: null }],
    ['no code', { code: null }],
    ['a code that is none', { code: 'c-2' }],
    ['a browser in which none was begun', { pending: null }],
  ])('with %s is nobody’s', async (_what, changes) => {
    const { ports, finish } = await begun();
    expect(await finish(changes)).toBeNull();
    expect(ports.telemetry.lines.at(-1)?.event).toBe('sign-in-refused');
  });

  it('with the token of another sign-in is nobody’s', async () => {
    const { ports, session, finish } = await begun();
    ports.signIn.codes.set('c-1', { ...session, nonce: 'nonce of another' });
    expect(await finish()).toBeNull();
    ports.signIn.codes.set('c-1', { ...session, nonce: null });
    expect(await finish()).toBeNull();
  });

  it('that takes longer than a quarter of an hour has to be begun again', async () => {
    const { ports, finish } = await begun();
    ports.clock.advance(15 * MINUTE_MS);
    expect(await finish()).toBeNull();
  });

  it('is different each time', async () => {
    const ports = world();
    const one = await beginSignIn.run(ports, { returnTo: '/inbox', isFresh: true });
    const other = await beginSignIn.run(ports, { returnTo: '/inbox', isFresh: true });
    for (const name of ['state', 'nonce', 'verifier'] as const) expect(one.pending[name]).not.toBe(other.pending[name]);
  });
});

describe('the way back', () => {
  it.each([
    ...['/inbox', `/inbox/${'a'.repeat(32)}`, `/evaluations/${'a'.repeat(32)}`, '/r/secret-0000000001'],
    ...[
      '/cases',
      `/cases/${'a'.repeat(32)}`,
      `/cases/${'a'.repeat(32)}/overturn`,
      '/workflows',
      '/workflows/lead-qualification',
    ],
    ...[`/remember/${'a'.repeat(32)}`, `/remembered/lead-qualification.${'a'.repeat(32)}`],
  ])('may be %s', (path) => {
    expect(ReturnPath.safeParse(path).success).toBe(true);
  });

  it.each([
    'https://evil.test',
    '//evil.test',
    '/\\evil.test',
    'javascript:alert(1)',
    '/inbox/../api',
    '/inbox\n',
    '/r/secret-0000000001?next=https://evil.test',
    '/r/@evil.test/aaaaaaaaaaaaaaaa',
    '/cases/../api',
    '/cases/overturn',
    '/workflows/@evil.test',
    '/remember/../api',
    `/remembered/evil.test.${'a'.repeat(32)}`,
    '',
  ])('is never %o', (path) => {
    expect(BeginSignIn.safeParse({ returnTo: path, isFresh: false }).success).toBe(false);
  });
});
