import { expect, it } from 'vitest';
import { sha256 } from '../../shared/domain/digest.ts';
import type { ReadingStore } from '../../shared/ports/index.ts';

/** What every store of large readings has to do. */
export function readingContract(open: () => ReadingStore): void {
  it.each([
    ['a short text', 'Zürich'],
    ['a text of several items, whose parts are cut within letters', 'Zürich '.repeat(150_000)],
  ])('gives back %s as it was kept', async (_what, text) => {
    const reading = { id: sha256(text), text };
    await open().keep('case-1', reading);
    expect(await open().text('case-1', reading.id)).toBe(text);
  });

  it('takes the same once more', async () => {
    const reading = { id: sha256('again'), text: 'again' };
    await Promise.all([open().keep('case-1', reading), open().keep('case-1', reading)]);
    expect(await open().text('case-1', reading.id)).toBe('again');
  });

  it('has nothing for another case or another name', async () => {
    const reading = { id: sha256('mine'), text: 'mine' };
    await open().keep('case-1', reading);
    expect(await open().text('case-2', reading.id)).toBeNull();
    expect(await open().text('case-1', reading.id.slice(0, 60))).toBeNull();
  });
}
