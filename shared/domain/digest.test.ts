import { describe, expect, it } from 'vitest';
import { actionDigest, caseDigest, digestOf } from './digest.ts';

const ACTION = {
  workflow: 'lead-qualification',
  version: 'v1',
  caseId: 'c1',
  actionId: 'send-mail#1',
  action: 'send-mail',
  arguments: { to: 'a@b.example', bcc: ['c@d.example'], note: '' },
  pinned: [{ source: 'crm', path: '', key: 'k', hash: 'h' }],
};
const CASE = {
  workflow: 'lead-qualification',
  version: 'v1',
  caseId: 'c1',
  round: 1,
  draft: { tier: 'hot', score: 8 },
};

describe('digests', () => {
  it('is the SHA-256 of the canonical JSON', () => {
    expect(digestOf({})).toBe('44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a');
  });

  it.each([
    ['workflow', { workflow: 'other' }],
    ['version', { version: 'v2' }],
    ['case', { caseId: 'c2' }],
    ['action id', { actionId: 'send-mail#2' }],
    ['action', { action: 'send-post' }],
    ['an argument', { arguments: { ...ACTION.arguments, to: 'x@b.example' } }],
    ['an argument inside a list', { arguments: { ...ACTION.arguments, bcc: [] } }],
    ['the case of a letter', { arguments: { ...ACTION.arguments, to: 'A@b.example' } }],
    ['one space', { arguments: { ...ACTION.arguments, note: ' ' } }],
    ['an argument more', { arguments: { ...ACTION.arguments, cc: null } }],
    ['an argument less', { arguments: { to: 'a@b.example', note: '' } }],
    ['a fact that it rests on', { pinned: [{ source: 'crm', path: '', key: 'k', hash: 'x' }] }],
    ['a fact less', { pinned: [] }],
    ['a number in place of its text', { arguments: { ...ACTION.arguments, note: 0 } }],
  ])('of an action changes with %s', (_what, change) => {
    expect(actionDigest({ ...ACTION, ...change })).not.toBe(actionDigest(ACTION));
  });

  it('of an action does not depend on the order of its arguments', () => {
    const { to, bcc, note } = ACTION.arguments;
    expect(actionDigest({ ...ACTION, arguments: { note, bcc, to } })).toBe(actionDigest(ACTION));
  });

  it.each([
    ['workflow', { workflow: 'other' }],
    ['version', { version: 'v2' }],
    ['case', { caseId: 'c2' }],
    ['round', { round: 2 }],
    ['a field of the draft', { draft: { tier: 'hot', score: 7 } }],
    ['an empty draft', { draft: {} }],
  ])('of a question about a case changes with %s', (_what, change) => {
    expect(caseDigest({ ...CASE, ...change })).not.toBe(caseDigest(CASE));
  });
});
