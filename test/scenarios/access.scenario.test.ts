import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Deployment, deployedAssembly, startDeployment, type Template } from '../support/deployment.ts';
import { APPROVER, sampleLead, WORKFLOW } from '../support/leads.ts';

interface PolicyDocument {
  Statement: { Action: string | string[] }[];
}

/** Takes the statements that allow `action` out of the policy of one function's role. */
function without(action: string, role: RegExp) {
  return (template: Template): void => {
    const policies = Object.entries(template.Resources).filter(
      ([id, { Type }]) => Type === 'AWS::IAM::Policy' && role.test(id),
    );
    expect(policies).toHaveLength(1);
    for (const [, { Properties }] of policies) {
      const document = Properties['PolicyDocument'] as PolicyDocument;
      const kept = document.Statement.filter(({ Action }) => ![Action].flat().includes(action));
      expect(kept.length).toBe(document.Statement.length - 1);
      document.Statement = kept;
    }
  };
}

describe('with the statement that allows the mail taken out of the role of perform-action', () => {
  let remit: Deployment;
  beforeAll(async () => {
    remit = await startDeployment({ assembly: deployedAssembly(without('ses:SendEmail', /PerformActionRole/)) });
  }, 180_000);
  afterAll(() => remit?.stop());

  it('the mail is denied in the words of AWS, and a person gets the case with that reason', async () => {
    const lead = { ...sampleLead('hot-lead'), name: 'Ada Access' };
    const { caseId } = await remit.trigger(WORKFLOW, lead);
    await remit.waitFor(caseId, ({ state }) => state === 'waiting');
    await remit.answer(await remit.questionMail(APPROVER, lead.name), { verb: 'approve' });

    const asked = await remit.waitFor(caseId, ({ requests }) => requests.length === 2);
    const denied = asked.ledger?.find(({ event }) => event.type === 'action-unsure')?.event['problem'];
    expect(denied).toMatch(
      /User: arn:aws:sts::\d{12}:assumed-role\/\S*PerformActionRole\S*\/\S+ is not authorized to perform: ses:SendEmail on resource: arn:aws:ses:\S+:identity\/\S+ because no identity-based policy allows the ses:SendEmail action/,
    );
    expect(await remit.mails(lead.email)).toEqual([]);
  });
});
