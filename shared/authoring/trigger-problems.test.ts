import { expect, it } from 'vitest';
import * as z from 'zod';
import { workflows } from '../../agents/index.ts';
import { leadQualification } from '../../agents/lead-qualification/workflow.ts';
import { repliesAcross } from './reply-problems.ts';
import { bucketFile, inboundMail, webhook } from './triggers.ts';
import { workflowProblems } from './workflow-problems.ts';

const when = 'Somebody sends something to us';
const mail = (to: string) => inboundMail({ id: 'mail', when, to, toInput: () => ({}) });
const OWN_MAIL = 'lead-qualification/send-meeting-mail';
const answers = (to: string, actions: string[]) =>
  inboundMail({ id: 'mail', when, to, replies: { to: actions, input: z.object({}) }, toInput: () => ({}) });
const line = webhook({ id: 'line', when, key: () => 'k' });
const file = (prefix: string, suffix = '.csv', each = 'line') =>
  bucketFile({ id: 'file', when, prefix, suffix, batch: { each, sums: [] } });

it.each([
  ['mail without an address', [mail('')], 'trigger mail has no source: set its to'],
  ['mail to a whole address', [mail('support@shop.example')], 'write what stands before the @'],
  ['mail to capital letters', [mail('Support')], 'in small letters'],
  ['mail to the address that is ours', [mail('answers')], 'which Remit has: take another'],
  [
    'answers at a long address',
    [answers('a-very-long-name', [OWN_MAIL])],
    'give "a-very-long-name" 15 letters at most',
  ],
  ['answers to nothing', [answers('sales', [])], 'takes replies to nothing'],
  ['answers to half a name', [answers('sales', ['send-meeting-mail'])], 'write <workflow>/<action>'],
  ['answers to an action that there is not', [answers('sales', ['lead-qualification/send'])], 'of one that there is'],
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

it('a workflow takes answers to what it writes itself, and to what others write', () => {
  const triggers = [answers('sales', [OWN_MAIL, 'elsewhere/send-mail'])];
  expect(workflowProblems({ ...leadQualification, triggers })).toEqual([]);
});

it('two workflows do not take answers to the same, and none to what nobody does', () => {
  const taking = (id: string, to: string[]) => ({ ...leadQualification, id, triggers: [answers('sales', to)] });
  const all = [leadQualification, taking('one', [OWN_MAIL]), taking('two', [OWN_MAIL, 'one/send', 'nobody/send'])];
  expect(repliesAcross(all)).toEqual([
    { workflow: 'two', problem: `trigger mail takes replies to "${OWN_MAIL}", as one/mail does: one of them only` },
    { workflow: 'two', problem: 'trigger mail takes replies to "one/send", and there is no such action' },
    { workflow: 'two', problem: 'trigger mail takes replies to "nobody/send", and there is no such action' },
  ]);
  expect(repliesAcross(workflows)).toEqual([]);
});
