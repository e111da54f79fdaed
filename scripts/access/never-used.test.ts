import { expect, it } from 'vitest';
import { neverUsed } from './never-used.ts';

const ROLE = 'arn:aws:iam::000000000000:role/Judge';

it('has one entry for each function, those with the most to take away first', () => {
  const roles = [
    { roleArn: `${ROLE}-1`, principals: ['a'], used: ['sqs:SendMessage'], neverUsed: [] },
    { roleArn: `${ROLE}-2`, principals: ['c', 'b'], used: [], neverUsed: ['dynamodb:Query'] },
  ];
  expect(neverUsed(roles).map(({ name, neverUsed: unused }) => [name, unused])).toEqual([
    ['b', ['dynamodb:Query']],
    ['c', ['dynamodb:Query']],
    ['a', []],
  ]);
});

it('does not judge what Lambda itself uses', () => {
  const neverUsedActions = ['logs:PutLogEvents', 'xray:PutTraceSegments', 'ses:SendEmail'];
  const [entry] = neverUsed([{ roleArn: ROLE, principals: ['f'], used: [], neverUsed: neverUsedActions }]);
  expect(entry?.neverUsed).toEqual(['ses:SendEmail']);
});

it('names the role that nothing acts as', () => {
  const [entry] = neverUsed([{ roleArn: ROLE, principals: [], used: [], neverUsed: [] }]);
  expect(entry?.name).toBe('role/Judge');
});
