import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { aCap } from '../../test/support/capped-lead.ts';
import { qualifierAlone } from '../../test/support/qualifier-alone.ts';
import { event, webhook } from './triggers.ts';
import type { Workflow } from './workflow.ts';
import { workflowProblems } from './workflow-problems.ts';

const qualifier = qualifierAlone();

const [agent] = qualifier.agents;
const [rule] = qualifier.escalation;
if (agent === undefined || rule === undefined) throw new Error('the lead workflow has an agent and a rule');
const { team, rollout, sources, actions } = qualifier;
const optional = Object.values(sources).find(({ isRequired }) => !isRequired) as Workflow['sources'][string];
const form = (id: string, when = 'Form submission on the /contact page') => webhook({ id, when });
const fileOf = (each: string) =>
  webhook({ id: 'day-file', when: 'All that came on one day', batch: { each, sums: [] } });
const { 'send-meeting-mail': mail, 'add-to-nurture': nurture } = actions;
if (mail === undefined || nurture === undefined) throw new Error('the lead workflow mails and nurtures');

const CONFIDENCE = ['rollout.minimumConfidence', 'above 0 and at most 1'] as const;

describe('problems of a workflow', () => {
  it('are none where it is sound', () => {
    expect(workflowProblems(qualifier)).toEqual([]);
  });

  it.each<[string, Partial<Workflow>, string, string]>([
    [
      'a name with capitals',
      { id: 'LeadQualification' },
      '"LeadQualification"',
      'write lower-case words joined by hyphens',
    ],
    [
      'a source name with a space',
      { sources: { ...sources, 'my source': optional } },
      '"my source"',
      'write lower-case words',
    ],
    ['a rule without a name', { escalation: [{ ...rule, id: '' }] }, '""', 'write lower-case words'],
    ['no trigger', { triggers: [] }, 'nothing triggers it', 'add webhook(), event(), schedule()'],
    [
      'a file of lines of no trigger',
      { triggers: [form('contact'), fileOf('nowhere')] },
      'brings lines of "nowhere", which is no webhook trigger of it',
      'declare it',
    ],
    [
      'a file of files',
      { triggers: [fileOf('day-file')] },
      'brings lines of "day-file", which brings many itself',
      'name a trigger of one',
    ],
    [
      'a file whose lines are known by nothing',
      { triggers: [form('contact'), fileOf('contact')] },
      'brings lines of "contact", which has no key',
      'say in "key" what a line is known by',
    ],
    ['a vague trigger', { triggers: [form('contact', 'new leads')] }, 'trigger contact is vague', 'say in "when"'],
    [
      'an event without a source',
      { triggers: [event({ id: 'reply', when: 'A prospect answers a message of ours', source: '', detailType: 'x' })] },
      'trigger reply has no source',
      'set its source',
    ],
    [
      'an action without a tier',
      { actions: { ...actions, nurture: { ...nurture, tier: undefined as unknown as 'approve' } } },
      'action nurture has no tier',
      'set its tier to autonomous, notify or approve',
    ],
    ['a rule without a reason', { escalation: [{ ...rule, because: ' ' }] }, 'gives no reason', 'say in "because"'],
    [
      'a trigger declared twice',
      { triggers: [form('contact'), form('contact')] },
      'trigger "contact" is declared twice',
      'rename one',
    ],
    [
      'a source that nobody declared',
      { agents: [{ ...agent, sources: [...agent.sources, 'weather'] }] },
      'reads "weather"',
      'declare it or take it out',
    ],
    [
      'a required source that nobody reads',
      { agents: [{ ...agent, sources: ['crm-history'] }] },
      'source company-directory is required',
      'add it to the sources of an agent',
    ],
    [
      'a source on demand that nobody can ask for',
      { sources: { ...sources, directory: { ...optional, read: 'on-demand' } } },
      'source directory is read on demand',
      'say in "asks"',
    ],
    [
      'something to ask of a source that is always read',
      { sources: { ...sources, directory: { ...optional, asks: { description: 'd', schema: z.json() as never } } } },
      'source directory is always read',
      'set read to on-demand',
    ],
    [
      'an action that rests on a source on demand',
      {
        sources: {
          ...sources,
          'crm-history': { ...optional, read: 'on-demand', asks: { description: 'd', schema: z.json() as never } },
        },
      },
      'source crm-history is read on demand and pinned',
      'read it always',
    ],
    [
      'a source of which a model is shown nothing',
      { sources: { ...sources, directory: { ...optional, mostBytes: 0 } } },
      'shows a model nothing',
      'set mostBytes above 0',
    ],
    [
      'more readings than can be handed on',
      { agents: [{ ...agent, mostReadings: 251 }] },
      'may read 251 times',
      'set mostReadings from 0 to 250',
    ],
    ['no time-out', { agents: [{ ...agent, timeoutMs: 0 }] }, 'has no time-out', 'set timeoutMs'],
    [
      'a time-out that is no number',
      { agents: [{ ...agent, timeoutMs: Number.NaN }] },
      'has no time-out',
      'set timeoutMs',
    ],
    [
      'an irreversible action on its own',
      { actions: { ...actions, mail: { ...mail, tier: 'notify' } } },
      'action mail cannot be taken back',
      'set its tier to approve',
    ],
    [
      'an action with a long name',
      { actions: { ...actions, [`send-${'x'.repeat(28)}`]: mail } },
      'is longer than 32 characters',
      'shorten it',
    ],
    [
      'a notify action that nobody could stop or take back',
      { actions: { ...actions, nurture: { ...nurture, compensation: null } } },
      'action nurture is set to notify',
      'set holdMinutes or compensation',
    ],
    [
      'a hold of no time',
      { actions: { ...actions, nurture: { ...nurture, holdMinutes: 0 } } },
      'action nurture is held for 0 minutes',
      'set holdMinutes above 0',
    ],
    [
      'a compensation that nobody declared',
      {
        actions: {
          ...actions,
          nurture: { ...nurture, compensation: { action: 'forget', arguments: () => ({}) } },
        },
      },
      'action nurture is taken back by "forget"',
      'declare it',
    ],
    [
      'a pinned source that nobody declared',
      { actions: { ...actions, mail: { ...mail, pins: ['weather'] } } },
      'action mail pins "weather"',
      'declare it or take it out',
    ],
    [
      'a role that nobody has',
      { actions: { ...actions, mail: { ...mail, approval: { ...mail.approval, people: [{ role: 'finance' }] } } } },
      'action mail asks the role "finance"',
      'add it there',
    ],
    [
      'a quorum of nobody',
      { actions: { ...actions, mail: { ...mail, approval: { ...mail.approval, quorum: 0 } } } },
      'action mail needs the yes of 0 people',
      'set approval.quorum to 1 or more',
    ],
    [
      'a cap on what nobody declared',
      {
        caps: [{ id: 'few', counts: 'effects', per: 'day', limit: 5, actions: ['shout'], currency: null }],
      },
      'cap few counts the action "shout"',
      'declare it or take it out',
    ],
    [
      'a cap without an end',
      { caps: [aCap({ id: 'few', limit: Number.POSITIVE_INFINITY })] },
      'cap few has no limit',
      'set limit to 0 or more',
    ],
    [
      'a cap on amounts of no currency',
      { caps: [aCap({ id: 'sum', limit: 1, counts: 'amount', currency: 'euro' })] },
      'cap sum sums amounts of no currency',
      'set its currency',
    ],
    [
      'a cap declared twice',
      { caps: [aCap({ id: 'few', limit: 1 }), aCap({ id: 'few', limit: 2 })] },
      'cap "few" is declared twice',
      'rename one',
    ],
    [
      'an action after one that there is not',
      { actions: { ...actions, mail: { ...mail, after: ['fraud-check'] } } },
      'action mail comes after "fraud-check"',
      'declare it',
    ],
    [
      'an action after itself',
      { actions: { ...actions, mail: { ...mail, after: ['mail'] } } },
      'action mail comes after "mail"',
      'take it out',
    ],
    [
      'a segment that is called as all others',
      { segments: [{ id: 'all', title: 'All', when: () => true }] },
      'segment "all" stands for cases of no segment',
      'give it another id',
    ],
    [
      'a trigger that is called as the ledger of its limits',
      { triggers: [form('governance')] },
      'trigger "governance" stands for changes',
      'give it another id',
    ],
    [
      'a share of blind reviews above all of them',
      { rollout: { ...rollout, blindShare: 2 } },
      'rollout.blindShare',
      'from 0 to 1',
    ],
    ['the name of all workflows', { id: 'all' }, '"all" stands for all workflows', 'give it another id'],
    ['no escalation rule', { escalation: [] }, 'no escalation rule', 'say in "escalation"'],
    [
      'a rule declared twice',
      { escalation: [rule, rule] },
      `escalation rule "${rule.id}" is declared twice`,
      'rename one',
    ],
    ['no approver', { team: { ...team, approvers: [] } }, 'nobody answers its requests', 'name at least one approver'],
    [
      'an approver without an address',
      { team: { ...team, approvers: ['the boss'] } },
      '"the boss" cannot be reached',
      'write an e-mail address',
    ],
    [
      'a next approver without an address',
      { team: { ...team, nextApprovers: ['x@'] } },
      '"x@" cannot be reached',
      'write an e-mail address',
    ],
    [
      'an owner without an address',
      { team: { ...team, owner: '' } },
      '"" cannot be reached',
      'write an e-mail address',
    ],
    [
      'no deadline',
      { team: { ...team, answerWithinHours: 0 } },
      'requests have no deadline',
      'set team.answerWithinHours',
    ],
    [
      'a deadline that never comes',
      { team: { ...team, answerWithinHours: Number.POSITIVE_INFINITY } },
      'requests have no deadline',
      'set team.answerWithinHours',
    ],
    [
      'no confidence asked for',
      { rollout: { ...rollout, minimumConfidence: 0 } },
      'rollout.minimumConfidence',
      'above 0 and at most 1',
    ],
    ['no phase', { rollout: { ...rollout, phase: 'on' as 'full' } }, 'rollout.phase "on"', 'set it to shadow'],
    ['more confidence than there is', { rollout: { ...rollout, minimumConfidence: 1.1 } }, ...CONFIDENCE],
    ['confidence that is no number', { rollout: { ...rollout, minimumConfidence: Number.NaN } }, ...CONFIDENCE],
  ])('%s: says what is wrong and how to mend it', (_what, change, problem, mending) => {
    const problems = workflowProblems({ ...qualifier, ...change });
    expect(problems).toEqual([expect.stringContaining(problem)]);
    expect(problems[0]).toContain(mending);
  });
});
