import { describe, expect, it } from 'vitest';
import { ResearchRequest, requestFrom, wantedIn } from './request.ts';

describe('a request', () => {
  it.each<[string, number]>([
    ['Find 3 potential partners in the construction industry', 3],
    ['find two partners for hotels', 2],
    ['Please find me 4 firms that train nurses', 4],
    ['We need five potential partners', 5],
    ['Find a partner for our cleaning customers', 1],
    ['Find 40 partners', 5],
    ['Find partners among 900 hauliers', 3],
    ['Who could sell our software to bars?', 3],
  ])('"%s" wants %i', (text, wanted) => {
    expect(wantedIn(text)).toBe(wanted);
  });

  it('is read of a form, and cut where it is too long', () => {
    const long = requestFrom({
      requestId: 'R-1',
      text: `Find 2 partners ${'x'.repeat(2_000)}`,
      askedBy: 'a@b.example',
    });
    expect(long).toMatchObject({ wanted: 2, askedBy: 'a@b.example' });
    expect(ResearchRequest.safeParse(long).success).toBe(true);
  });

  it.each<[string, object]>([
    ['no text', { requestId: 'R-1' }],
    ['no id', { text: 'Find 2 partners' }],
    ['an address that is none', { requestId: 'R-1', text: 'Find 2 partners', askedBy: 'nobody' }],
    ['numbers for texts', { requestId: 1, text: 2 }],
  ])('with %s is none', (_what, body) => {
    expect(ResearchRequest.safeParse(requestFrom({ ...body })).success).toBe(false);
  });
});
