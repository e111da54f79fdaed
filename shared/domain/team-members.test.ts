import { describe, expect, it } from 'vitest';
import { leadWorkflow } from '../../test/support/other-teams.ts';
import { aRequest } from '../../test/support/stored-examples.ts';
import { CaseId, type Reader } from '../contracts/index.ts';
import { absencesFor, everybodyAsked, isEntitled, isMember, maySee, membersOf } from './team-members.ts';

const OWNER = 'owner@team.example';
const workflow = leadWorkflow({
  team: {
    ...{ owner: OWNER, approvers: ['ana@team.example', { field: 'manager' }], nextApprovers: [{ role: 'finance' }] },
    roles: { finance: ['fin@team.example'], unused: ['una@team.example'] },
  },
  approval: {
    people: ['ANA@team.example'],
    above: [{ from: { minor: 1, currency: 'EUR' }, people: ['cfo@team.example'], quorum: 1 }],
  },
});
const request = aRequest(CaseId.parse('0'.repeat(32)), {
  ...{ people: ['ana@team.example'], nextPeople: ['fin@team.example'], openedAtMs: 0 },
});

const by = (person: string): Reader => ({ person, isOperator: false });

describe('the members of a workflow', () => {
  it('are all whom it names, each once, by address, role or amount, and nobody else', () => {
    expect(membersOf(workflow).toSorted()).toEqual(
      [OWNER, 'ana@team.example', 'cfo@team.example', 'fin@team.example', 'una@team.example'].toSorted(),
    );
    expect(isMember(workflow, 'Ana@Team.example')).toBe(true);
    expect(isMember(workflow, 'ana@team.example.evil')).toBe(false);
  });

  it('may answer, as may whom a field of the case names, and nobody who has left', () => {
    const input = { manager: 'mia@other.example' };
    expect(isEntitled(workflow, input, 'Mia@other.example')).toBe(true);
    expect(isEntitled(workflow, { manager: 7 }, 'mia@other.example')).toBe(false);
    expect(isEntitled(workflow, input, 'left@team.example')).toBe(false);
  });

  it('see what is asked of their team; others see what was put to them', () => {
    expect(maySee(workflow, request, by('una@team.example'))).toBe(true);
    expect(maySee(workflow, { ...request, people: ['mia@other.example'] }, by('mia@other.example'))).toBe(true);
    expect(maySee(workflow, request, by('mia@other.example'))).toBe(false);
    expect(maySee(workflow, request, { person: 'mia@other.example', isOperator: true })).toBe(true);
  });
});

describe('an absence', () => {
  const absence = { person: 'ana@team.example', fromMs: 10, untilMs: 20, delegate: 'fin@team.example' };

  it('counts with who stands in as far as they belong to the same team', () => {
    const foreign = { ...absence, delegate: 'mia@other.example' };
    expect(absencesFor(workflow, [absence, foreign])).toEqual([absence, { ...foreign, delegate: null }]);
  });

  it.each([
    ['before it', 9, ['ana@team.example']],
    ['while it lasts', 10, ['ana@team.example', 'fin@team.example']],
    ['after it', 20, ['ana@team.example']],
  ])('%s, those who were asked are the right ones', (_when, nowMs, people) => {
    expect(everybodyAsked(request, [absence], nowMs)).toEqual(people);
  });
});
