import { describe, expect, it } from 'vitest';
import { challengeOf, formToken, isFormToken, proofOf, shownStamp, timeOnPageMs } from './session-proof.ts';

const MINUTE_MS = 60_000;
const NOW_MS = 1_700_000_000_000;

describe('a sign-in', () => {
  it.each([
    ['just now', 0, 'fresh-sign-in'],
    ['five minutes ago', 5 * MINUTE_MS, 'fresh-sign-in'],
    ['a tick more ago', 5 * MINUTE_MS + 1, 'sign-in'],
    ['by a clock that is a little ahead', -30_000, 'fresh-sign-in'],
    ['in the future', -10 * MINUTE_MS, 'sign-in'],
  ])('%s proves what it should', (_when, agoMs, proof) => {
    expect(proofOf(NOW_MS - agoMs, NOW_MS)).toBe(proof);
  });

  it('is challenged as RFC 7636 says', () => {
    expect(challengeOf('dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk')).toBe(
      'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM',
    );
  });
});

describe('a form', () => {
  it('belongs to the session that it was made for, and to no other', () => {
    const token = formToken('session-a');
    expect(isFormToken(token, 'session-a')).toBe(true);
    for (const wrong of ['', 'x', token.slice(1), formToken('session-b')]) {
      expect(isFormToken(wrong, 'session-a')).toBe(false);
    }
  });
});

describe('the time on a page', () => {
  const page = { key: 'k', requestId: 'r', openedAtMs: NOW_MS - 60 * MINUTE_MS, nowMs: NOW_MS };

  it('is what passed since it was shown', () => {
    expect(timeOnPageMs(shownStamp('k', 'r', NOW_MS - 4_200), page)).toBe(4_200);
  });

  it.each([
    ['no stamp', ''],
    ['a bare time', String(NOW_MS - 4_200)],
    ['a time that was changed', shownStamp('k', 'r', NOW_MS - 4_200).replace(/^\d/, '2')],
    ['the stamp of another question', shownStamp('k', 'other', NOW_MS - 4_200)],
    ['the stamp of another session', shownStamp('other', 'r', NOW_MS - 4_200)],
    ['a time before the question', shownStamp('k', 'r', NOW_MS - 61 * MINUTE_MS)],
    ['a time to come', shownStamp('k', 'r', NOW_MS + 1)],
    ['text', 'NaN.aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa'],
  ])('is not known by %s', (_what, stamp) => {
    expect(timeOnPageMs(stamp, page)).toBeNull();
  });
});
