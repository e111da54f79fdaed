import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { leadQualification } from '../../agents/lead-qualification/workflow.ts';
import type { ActionDefinition, Workflow } from '../../shared/authoring/index.ts';
import { CASE_ID } from '../../test/support/lead-case.ts';
import { anAction, aRequest, VERSION } from '../../test/support/stored-examples.ts';
import { waitingVerdict } from './waiting-verdict.ts';

const { 'send-meeting-mail': mail, ...others } = leadQualification.actions;
if (mail === undefined) throw new Error('the lead workflow mails');
const action = anAction(CASE_ID);
const request = aRequest(CASE_ID, { kind: 'approve-action', actionId: action.id, draft: action.arguments });

const withMail = (changes: Partial<ActionDefinition>): Workflow => ({
  ...leadQualification,
  actions: { ...others, 'send-meeting-mail': { ...mail, ...changes } },
});
const needsMore = { ...mail.connector, arguments: z.object({ to: z.string(), language: z.string() }) };

describe('a question that waits over a deploy', () => {
  it('is unchanged where the same version asks', () => {
    expect(waitingVerdict(request, leadQualification, VERSION)).toMatchObject({ fate: 'unchanged', because: [] });
  });

  it.each<[string, Workflow, readonly string[]]>([
    ['nothing that it rests on changed', leadQualification, []],
    ['its action is gone', { ...leadQualification, actions: others }, ['action send-meeting-mail is gone']],
    ['a field is new', withMail({ connector: needsMore } as unknown as Partial<ActionDefinition>), ['do not fit']],
    [
      'somebody else approves',
      { ...leadQualification, team: { ...leadQualification.team, approvers: ['new-lead@remit.example'] } },
      ['sales-lead@remit.example is asked, and would not be'],
    ],
    [
      'a role is gone',
      withMail({ approval: { ...mail.approval, people: [{ role: 'sales' }] } }),
      ['sales-lead@remit.example is asked, and would not be'],
    ],
  ])('is pinned to its version where %s', (_what, workflow, because) => {
    const verdict = waitingVerdict(request, workflow, 'newer');
    expect(verdict.fate).toBe('pinned');
    expect(verdict.because).toEqual(because.map((text) => expect.stringContaining(text)));
  });

  it('about a decision is compared with the decision of today', () => {
    const workflow = { ...leadQualification, decision: z.object({ grade: z.string() }) } as unknown as Workflow;
    const decide = aRequest(CASE_ID, { draft: { tier: 'hot' } });
    expect(waitingVerdict(decide, workflow, 'newer').because).toEqual([expect.stringContaining('the decision')]);
  });

  it('is stranded where its workflow is gone', () => {
    expect(waitingVerdict(request, null, 'newer')).toMatchObject({ fate: 'stranded' });
  });
});
