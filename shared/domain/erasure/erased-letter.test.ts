import { describe, expect, it } from 'vitest';
import { withoutPerson } from './erased-letter.ts';
import { isTakenLine } from './erased-lines.ts';

const ADA = 'ada@desk.example';
const trigger = (body: unknown): string =>
  JSON.stringify({ workflow: 'orders', trigger: 't', eventId: 'e', receivedAt: '2026-03-02T09:00:00Z', body });

describe('a dead letter', () => {
  it.each([
    ['a trigger', trigger({ email: 'Ada@Desk.example' }), 'orders'],
    ['a trigger whose text is spelled out', trigger({ email: ADA }).replace('@', '\\u0040'), 'orders'],
    ['an event of another service', JSON.stringify({ Records: [{ ses: { mail: { source: `Ada <${ADA}>` } } }] }), null],
    ['no JSON', `From: ${ADA}`, null],
  ])('that speaks of the person goes as a whole: %s', (_what, letter, workflow) => {
    expect(withoutPerson(letter, ADA)).toEqual({ workflow, left: null });
  });

  it('of somebody else stays as it is', () => {
    for (const letter of [trigger({ email: 'joada@desk.example' }), '{"executionArn":"arn"}', 'no JSON', '']) {
      expect(withoutPerson(letter, ADA)).toBeNull();
    }
  });

  it('that is a file of many lines loses the person’s, and keeps all others in their places', () => {
    const file = `mail\nben@desk.example\n${ADA}\n`;
    const found = withoutPerson(trigger({ file }), ADA);
    const left = JSON.parse(found?.left ?? 'null');
    expect(left).toMatchObject({ workflow: 'orders', eventId: 'e' });
    const [heading, ben, taken] = left.body.file.split('\n');
    expect([heading, ben, isTakenLine(taken)]).toEqual(['mail', 'ben@desk.example', true]);
    // As SQS takes it.
    expect(found?.left).toMatch(/^[\t\n\r -~]*$/);
  });

  it('that is a file of many lines goes as a whole where it names the person elsewhere, or cannot be read', () => {
    const elsewhere = JSON.stringify({ ...JSON.parse(trigger({ file: 'mail\nben@desk.example\n' })), eventId: ADA });
    expect(withoutPerson(elsewhere, ADA)).toEqual({ workflow: 'orders', left: null });
    expect(withoutPerson(trigger({ file: `mail,mail\n${ADA},1\n` }), ADA)).toEqual({ workflow: 'orders', left: null });
  });
});
