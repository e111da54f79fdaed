import { SFNClient, StopExecutionCommand } from '@aws-sdk/client-sfn';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Deployment, startDeployment } from '../support/deployment.ts';
import { APPROVER, sampleLead, WORKFLOW } from '../support/leads.ts';

let remit: Deployment;
beforeAll(async () => {
  remit = await startDeployment();
}, 180_000);
afterAll(() => remit?.stop());

describe('a case whose execution ends as a whole', () => {
  it('comes back to a person, who ends it by hand', async () => {
    // given
    const lead = { ...sampleLead('hot-lead'), name: 'Rita Rescue' };
    const { caseId } = await remit.trigger(WORKFLOW, lead);
    await remit.waitFor(caseId, ({ state }) => state === 'waiting');

    // when
    const machine = remit.runtime.resources.find(
      ({ type, logicalId }) => type.endsWith('::StateMachine') && /Case/.test(logicalId),
    );
    const executionArn = `${machine?.physicalId.replace(':stateMachine:', ':execution:')}:${caseId}`;
    const credentials = { accessKeyId: 'operator', secretAccessKey: 'operator' };
    const states = new SFNClient({ endpoint: remit.url, region: 'us-east-1', credentials });
    await states.send(new StopExecutionCommand({ executionArn, error: 'Stopped', cause: 'by an operator' }));

    // then
    const asked = await remit.waitFor(caseId, ({ requests }) => requests.some(({ kind }) => kind === 'decide-case'));
    const again = asked.requests.find(({ kind }) => kind === 'decide-case');
    expect(asked.verdict?.reasons[0]?.text).toContain('Stopped: by an operator');
    expect(asked.ledger?.map(({ event }) => event.type)).toContain('step-failed');
    await remit.api(`/api/requests/${again?.id}/answer`, {
      method: 'POST',
      body: JSON.stringify({ verb: 'take-over', digest: again?.digest, reason: 'I write to her myself.' }),
    });
    const closed = await remit.waitFor(caseId, ({ state }) => state === 'closed');
    expect(closed.outcome).toBe('left-to-person');
    expect((await remit.mails(lead.email)).filter(({ subject }) => subject.includes('Rita'))).toEqual([]);
    expect((await remit.mails(APPROVER)).length).toBeGreaterThan(1);
  });
});
