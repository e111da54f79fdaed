import { expect, it } from 'vitest';
import { leadQualification } from '../../agents/lead-qualification/workflow.ts';
import { bucketFile, inboundMail, webhook } from './triggers.ts';
import { workflowProblems } from './workflow-problems.ts';

const when = 'Somebody sends something to us';
const mail = (to: string) => inboundMail({ id: 'mail', when, to, toInput: () => ({}) });
const line = webhook({ id: 'line', when, key: () => 'k' });
const file = (prefix: string, suffix = '.csv', each = 'line') =>
  bucketFile({ id: 'file', when, prefix, suffix, batch: { each, sums: [] } });

it.each([
  ['mail without an address', [mail('')], 'trigger mail has no source: set its to'],
  ['mail to a whole address', [mail('support@shop.example')], 'write what stands before the @'],
  ['mail to capital letters', [mail('Support')], 'in small letters'],
  ['files from anywhere', [line, file('')], 'trigger file has no source: set its prefix'],
  ['files by a pattern', [line, file('a/*')], 'may hold letters, digits'],
  ['files of lines that nothing brings', [file('a/')], 'which is no webhook trigger of it'],
  ['files of lines without a key', [webhook({ id: 'line', when }), file('a/')], 'has no key'],
])('a workflow does not start by %s', (_what, triggers, problem) => {
  expect(workflowProblems({ ...leadQualification, triggers })).toEqual([expect.stringContaining(problem)]);
});

it('a workflow starts by mail to an address, and by files under a prefix', () => {
  expect(workflowProblems({ ...leadQualification, triggers: [mail('support.team'), line, file('in/2026_')] })).toEqual(
    [],
  );
});
