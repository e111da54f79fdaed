import { expect, it } from 'vitest';
import type { StoreFixture } from './store-fixture.ts';

/** Absences, and what was said of them. */
export function peopleContract(fixture: StoreFixture): void {
  it('knows who is away or will be, whatever the case of the address, until it is over', async () => {
    const person = 'Away@people.example';
    const absence = { person, fromMs: 1_000, untilMs: 2_000, delegate: 'stand-in@people.example' };
    await fixture.stores.people.setAbsence(person, absence, { by: person, atMs: 1 });
    const ask = (nowMs: number) =>
      fixture.stores.people.absences(['away@people.example', 'here@people.example'], nowMs);
    expect(await ask(0)).toEqual([absence]);
    expect(await ask(1_999)).toEqual([absence]);
    expect(await ask(2_000)).toEqual([]);
    expect(await fixture.stores.people.absences([], 0)).toEqual([]);
  });

  it('forgets an absence that was called off, and keeps every change on record', async () => {
    const person = 'back@people.example';
    const absence = { person, fromMs: 1_000, untilMs: 2_000, delegate: null };
    const longer = { ...absence, untilMs: 3_000 };
    await fixture.stores.people.setAbsence(person, absence, { by: person, atMs: 1 });
    await fixture.stores.people.setAbsence(person, longer, { by: person, atMs: 2 });
    await fixture.stores.people.setAbsence(person, null, { by: 'Back@people.example', atMs: 3 });
    expect(await fixture.stores.people.absences([person], 0)).toEqual([]);
    expect(await fixture.stores.people.absenceChanges(person, 2)).toEqual([
      { by: 'Back@people.example', atMs: 3, absence: null },
      { by: person, atMs: 2, absence: longer },
    ]);
    expect(await fixture.stores.people.absenceChanges('nobody@people.example', 5)).toEqual([]);
  });
}
