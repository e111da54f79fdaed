import { expect, test } from 'vitest';
import { CaseId } from '../contracts/index.ts';
import { sandboxKeysOf } from './sandbox-keys.ts';

const caseId = CaseId.parse('0123456789abcdef0123456789abcdef');
const of = { caseId, workflow: 'hr-onboarding', names: ['ada@hire.example'] };
const effect = (value: object) => ({ effect: { S: JSON.stringify(value) } });

test('what is kept of a person is found by whom it is about', () => {
  expect(sandboxKeysOf(of, [], [])).toEqual(
    ['conversation', 'crm', 'customer'].map((kind) => `${kind}#ada@hire.example`),
  );
});

test('what effects made is found by the ids in them, and their answers by the actions', () => {
  const keys = sandboxKeysOf(
    of,
    [{ sk: { S: 'action#sort#1' } }, { sk: { S: 'record' } }],
    [effect({ arguments: { ticketId: 't-1' }, result: { bugId: 'b-1' } })],
  );
  expect(keys).toEqual(
    expect.arrayContaining(['ticket#t-1', 'ticket#b-1', 'bug#b-1', 'page#t-1', `once#${caseId}.sort#1`]),
  );
});

test('what the systems of a hire keep is found by the hire, each system and each step', () => {
  const keys = sandboxKeysOf(
    of,
    [],
    [
      effect({ arguments: { hireId: 'h-1', system: 'code' }, result: {} }),
      effect({ arguments: { hireId: 'h-1', stepId: 'welcome' }, result: {} }),
      effect({ arguments: { hireId: 'h-1', steps: [{ id: 'sign', title: 'Sign' }] }, result: {} }),
    ],
  );
  expect(keys).toEqual(
    expect.arrayContaining([
      ...['equipment#h-1', 'payroll#h-1', 'access#h-1/code', 'step#h-1/welcome', 'step#h-1/sign'],
    ]),
  );
  expect(new Set(keys).size).toBe(keys.length);
});
