import { SFNClient } from '@aws-sdk/client-sfn';
import { afterEach, describe, expect, it } from 'vitest';
import { type StubAnswer, type StubEndpoint, stubEndpoint } from '../../test/support/stub-endpoint.ts';
import { StepFunctionsExecutions } from './step-functions-executions.ts';

let endpoint: StubEndpoint;
afterEach(() => endpoint.close());

async function executions(...answers: readonly StubAnswer[]) {
  endpoint = await stubEndpoint([...answers]);
  const credentials = { accessKeyId: 'a', secretAccessKey: 's' };
  const client = new SFNClient({ endpoint: endpoint.url, region: 'eu-west-1', credentials, maxAttempts: 1 });
  return new StepFunctionsExecutions(client, 'arn:aws:states:eu-west-1:0:stateMachine:case:live');
}
const failing = (__type: string): StubAnswer => ({ status: 400, body: JSON.stringify({ __type, message: 'no' }) });
const described = (stateMachineVersionArn: string | undefined): StubAnswer => ({
  status: 200,
  body: JSON.stringify({
    executionArn: 'a',
    stateMachineArn: 'a',
    status: 'SUCCEEDED',
    startDate: 1,
    stateMachineVersionArn,
  }),
});
const STARTED = { status: 200, body: JSON.stringify({ executionArn: 'a', startDate: 1 }) };

describe('executions', () => {
  it('start under the name of the case, once', async () => {
    expect(await (await executions(STARTED)).start('c1', { caseId: 'c1' })).toBe('started');
    expect(JSON.parse(endpoint.bodies[0] ?? '')).toMatchObject({ name: 'c1', input: '{"caseId":"c1"}' });
    await endpoint.close();
    expect(await (await executions(failing('ExecutionAlreadyExists'))).start('c1', {})).toBe('exists');
  });

  it.each<[string, StubAnswer, string]>([
    [
      'that runs is running',
      { status: 200, body: JSON.stringify({ executionArn: 'a', status: 'RUNNING', startDate: 1 }) },
      'running',
    ],
    ['that is over has ended', described(undefined), 'ended'],
    ['that never was is unknown', failing('ExecutionDoesNotExist'), 'unknown'],
  ])('%s', async (_what, answer, state) => {
    expect(await (await executions(answer)).stateOf('c1')).toBe(state);
    expect(JSON.parse(endpoint.bodies[0] ?? '')).toMatchObject({
      executionArn: 'arn:aws:states:eu-west-1:0:execution:case:c1',
    });
  });

  it('go on by the version that the first of them began with', async () => {
    const store = await executions(described('arn:aws:states:eu-west-1:0:stateMachine:case:3'), STARTED);
    expect(await store.startLike('c1', 'c1-h1', { caseId: 'c1' })).toBe('started');
    const [asked, started] = endpoint.bodies.map((body) => JSON.parse(body));
    expect(asked).toMatchObject({ executionArn: 'arn:aws:states:eu-west-1:0:execution:case:c1' });
    expect(started).toMatchObject({ name: 'c1-h1', stateMachineArn: 'arn:aws:states:eu-west-1:0:stateMachine:case:3' });
  });

  it.each([
    ['the first is forgotten', [failing('ExecutionDoesNotExist')]],
    ['the first began without a version', [described(undefined)]],
    ['its version was deleted', [described('arn:gone:3'), failing('StateMachineDoesNotExist')]],
  ])('go on by the newest version where %s', async (_why, answers) => {
    const store = await executions(...answers, STARTED);
    expect(await store.startLike('c1', 'c1-h1', {})).toBe('started');
    expect(JSON.parse(endpoint.bodies.at(-1) ?? '')).toMatchObject({
      stateMachineArn: 'arn:aws:states:eu-west-1:0:stateMachine:case:live',
    });
  });

  it('do not go on where it cannot be known by which version', async () => {
    const store = await executions(failing('ThrottlingException'));
    await expect(store.startLike('c1', 'c1-h1', {})).rejects.toMatchObject({ name: 'ThrottlingException' });
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
