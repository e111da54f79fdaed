import { describe, expect, it } from 'vitest';
import type { PeopleRule, Team } from '../authoring/index.ts';
import type { Json } from '../contracts/index.ts';
import { reachedBy, resolvePeople } from './people.ts';

const team: Team = {
  name: 'Finance',
  owner: 'owner@remit.example',
  approvers: ['owner@remit.example'],
  nextApprovers: [],
  answerWithinHours: 24,
  channel: null,
  roles: { finance: ['fay@remit.example', 'finn@remit.example'], nobody: [] },
};
const input = { manager: 'max@remit.example', request: { by: 'ria@remit.example' }, amount: 5, note: 'max @ home' };

describe('people who are asked', () => {
  it.each<[string, readonly PeopleRule[], Json, readonly string[]]>([
    ['by address', ['a@b.example'], input, ['a@b.example']],
    ['by role', [{ role: 'finance' }], input, ['fay@remit.example', 'finn@remit.example']],
    ['by a field of the case', [{ field: 'manager' }], input, ['max@remit.example']],
    ['by a field deep inside', [{ field: 'request.by' }], input, ['ria@remit.example']],
    [
      'each once, whatever the letters, in their order',
      ['Fay@remit.example', { role: 'finance' }],
      input,
      ['Fay@remit.example', 'finn@remit.example'],
    ],
    ['a role that nobody has', [{ role: 'nobody' }, { role: 'unknown' }], input, []],
    ['a name that every object has', [{ role: 'constructor' }, { field: 'constructor' }], input, []],
    [
      'a field that is missing, no text or no address',
      [{ field: 'boss' }, { field: 'amount' }, { field: 'note' }],
      input,
      [],
    ],
    ['a case that is no object', [{ field: 'manager' }], 'text', []],
  ])('are found %s', (_how, rules, about, people) => {
    expect(resolvePeople(rules, team, about)).toEqual(people);
  });

  it('are reached through who stands in for them, nobody twice', () => {
    const away = (person: string, delegate: string | null) => ({ person, delegate, fromMs: 0, untilMs: 10 });
    const absences = [away('a@b.example', 'c@b.example'), away('b@b.example', null)];
    const people = ['a@b.example', 'b@b.example', 'c@b.example'];
    expect(reachedBy(people, absences, 5)).toEqual(['c@b.example', 'b@b.example']);
    expect(reachedBy(people, absences, 10)).toEqual(people);
  });
});
