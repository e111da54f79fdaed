import { SFNClient } from '@aws-sdk/client-sfn';
import { afterEach, describe, expect, it } from 'vitest';
import { type StubAnswer, type StubEndpoint, stubEndpoint } from '../../test/support/stub-endpoint.ts';
import { StepFunctionsExecutions } from './step-functions-executions.ts';

let endpoint: StubEndpoint;
afterEach(() => endpoint.close());

async function executions(answer: StubAnswer) {
  endpoint = await stubEndpoint([answer]);
  const credentials = { accessKeyId: 'a', secretAccessKey: 's' };
  const client = new SFNClient({ endpoint: endpoint.url, region: 'eu-west-1', credentials, maxAttempts: 1 });
  return new StepFunctionsExecutions(client, 'arn:aws:states:eu-west-1:0:stateMachine:case');
}
const failing = (__type: string): StubAnswer => ({ status: 400, body: JSON.stringify({ __type, message: 'no' }) });
const STARTED = { status: 200, body: JSON.stringify({ executionArn: 'a', startDate: 1 }) };

describe('executions', () => {
  it('start under the name of the case, once', async () => {
    expect(await (await executions(STARTED)).start('c1', { caseId: 'c1' })).toBe('started');
    expect(JSON.parse(endpoint.bodies[0] ?? '')).toMatchObject({ name: 'c1', input: '{"caseId":"c1"}' });
    await endpoint.close();
    expect(await (await executions(failing('ExecutionAlreadyExists'))).start('c1', {})).toBe('exists');
  });

  it('resume by their token, unless nobody waits for it any more', async () => {
    expect(await (await executions({ status: 200, body: '{}' })).resume('t', { verb: 'approve' })).toBe('resumed');
    expect(JSON.parse(endpoint.bodies[0] ?? '')).toEqual({ taskToken: 't', output: '{"verb":"approve"}' });
    for (const gone of ['TaskTimedOut', 'TaskDoesNotExist', 'InvalidToken']) {
      await endpoint.close();
      expect(await (await executions(failing(gone))).resume('t', {})).toBe('gone');
    }
  });

  it.each(['AccessDeniedException', 'StateMachineDoesNotExist', 'ThrottlingException'])('fail on %s', async (name) => {
    const store = await executions(failing(name));
    await expect(store.start('c1', {})).rejects.toMatchObject({ name });
    await expect(store.resume('t', {})).rejects.toMatchObject({ name });
  });
});
