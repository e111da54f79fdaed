import { describe, expect, it } from 'vitest';
import { event, webhook } from './triggers.ts';

const KEY = `${'a'.repeat(32)}.send-mail#1`;

describe('what made an event happen', () => {
  const { causedBy } = event({ id: 'e', when: 'A lead is qualified', source: 'remit.agents', detailType: 'Qualified' });

  it.each([
    ['a field of its own', { causedBy: KEY }, KEY],
    ['the key that an action of Remit puts with it', { remit: { caseId: 'c', idempotencyKey: KEY } }, KEY],
    ['nothing', {}, null],
    ['a key that is no text', { remit: { idempotencyKey: 7 }, causedBy: [KEY] }, null],
    ['a list', { remit: [KEY] }, null],
  ])('is told by %s', (_what, detail, told) => {
    expect(causedBy(detail)).toBe(told);
  });

  it('is not looked for in a webhook, where anybody may write it', () => {
    expect(webhook({ id: 'w', when: 'The form is sent' }).causedBy({ causedBy: KEY })).toBeNull();
  });
});
