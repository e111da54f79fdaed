import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Caller, JsonObject } from '../kernel/service.ts';
import { call, define, ENDPOINT, folder, invoke, OPERATOR, ROLE, world } from './testing/world.ts';

describe('an invocation', () => {
  it('hands the event in and the result out', async () => {
    define('export const handler = async (event) => ({ got: event.x });');
    expect(await invoke({ x: [1, 'two'] })).toEqual({ payload: { got: [1, 'two'] } });
  });

  it('gives null for a function that returns nothing', async () => {
    define('export const handler = async () => {};');
    expect(await invoke({})).toEqual({ payload: null });
  });

  it('gives the function only the environment that is its own', async () => {
    process.env['OF_THIS_MACHINE'] = 'hidden';
    define('export const handler = async () => process.env;', { environment: { TABLE: 'cases' } });
    const { payload } = (await invoke({})) as { payload: Record<string, string> };
    expect(payload).toMatchObject({
      TABLE: 'cases',
      AWS_REGION: 'eu-west-1',
      AWS_LAMBDA_FUNCTION_NAME: 'f',
      AWS_LAMBDA_FUNCTION_MEMORY_SIZE: '256',
      AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x',
      AWS_ENDPOINT_URL: ENDPOINT,
      _HANDLER: 'index.handler',
    });
    expect(payload).not.toHaveProperty('OF_THIS_MACHINE');
    expect(payload).not.toHaveProperty('HOME');
  });

  it('gives the function a context', async () => {
    define(`export const handler = async (_, context) => ({ ...context, isCounting: context.getRemainingTimeInMillis() <= 3000 });`);
    expect((await invoke({})).payload).toMatchObject({
      functionName: 'f',
      invokedFunctionArn: 'arn:aws:lambda:eu-west-1:000000000000:function:f',
      memoryLimitInMB: '256',
      isCounting: true,
      awsRequestId: expect.stringMatching(/^[0-9a-f-]{36}$/),
    });
  });

  it('keeps what the module holds while the sandbox is warm', async () => {
    define('let count = 0; export const handler = async () => ++count;');
    await invoke({});
    expect((await invoke({})).payload).toBe(2);
  });

  it('shows the function the time of the runtime', async () => {
    define('export const handler = async () => [Date.now(), new Date().getTime(), new Date(0).getTime()];');
    await world.clock.advance(86_400_000);
    const [now = 0, fromDate = 0, epoch] = (await invoke({})).payload as number[];
    expect(Math.abs(now - world.clock.now())).toBeLessThan(60_000);
    expect(Math.abs(fromDate - now)).toBeLessThan(60_000);
    expect(epoch).toBe(0);
  });

  it('shows the function the trace that it runs under', async () => {
    define('export const handler = async () => process.env._X_AMZN_TRACE_ID;');
    const trace = 'Root=1-00000000-000000000000000000000000';
    const { payload } = await invoke({}, { ...OPERATOR, traceId: trace });
    expect(payload).toContain(trace);
  });

  it('writes every line of output to the log of the function', async () => {
    define(`export const handler = async () => { console.log('one'); process.stdout.write('t'); process.stderr.write('wo\\n'); };`);
    await invoke({});
    await world.lambda.stop();
    expect(world.lines).toEqual(['one', 'two']);
    expect(readFileSync(join(folder, 'logs', 'f.log'), 'utf8')).toBe('one\ntwo\n');
  });

  it('runs several at once, each in a sandbox of its own', async () => {
    define('let busy = 0; export const handler = async () => { busy++; await new Promise((r) => setTimeout(r, 50)); return busy--; };');
    const results = await Promise.all(Array.from({ length: 8 }, () => invoke({})));
    expect(results.map((result) => result.payload)).toEqual(Array(8).fill(1));
  });

  it('finds the function by version and alias, and no other', async () => {
    define('export const handler = async () => 1;');
    world.lambda.ensureVersion('f', '3');
    world.lambda.ensureAlias('f', 'live', '3');
    const invokeAs = (FunctionName: string): Promise<JsonObject> => call('lambda', 'Invoke', { FunctionName });
    expect(await invokeAs('f:live')).toMatchObject({ ExecutedVersion: '3' });
    expect(await invokeAs('arn:aws:lambda:eu-west-1:000000000000:function:f:3')).toMatchObject({
      ExecutedVersion: '3',
    });
    await expect(invokeAs('f:4')).rejects.toThrow(
      'Function not found: arn:aws:lambda:eu-west-1:000000000000:function:f:4',
    );
    await expect(invokeAs('g')).rejects.toMatchObject({ name: 'ResourceNotFoundException', status: 404 });
  });

  it.each([{ LogType: 'Tail' }, { ClientContext: 'e30=' }, { BogusParameter: 1 }])(
    'names a parameter that it would have to ignore: %j',
    async (parameter) => {
      define('export const handler = async () => 1;');
      await expect(call('lambda', 'Invoke', { FunctionName: 'f', ...parameter })).rejects.toThrow(
        `Invoke parameter ${Object.keys(parameter)[0]}`,
      );
    },
  );

  it('needs the permission on the very function', async () => {
    define('export const handler = async () => 1;');
    const caller: Caller = { kind: 'role', roleArn: ROLE, sessionName: 's', traceId: null };
    await expect(invoke({}, caller)).rejects.toThrow(
      'not authorized to perform: lambda:InvokeFunction on resource: arn:aws:lambda:eu-west-1:000000000000:function:f',
    );
  });

  it('counts requests and memory time, and the time of loading once', async () => {
    define('export const handler = async () => 1;');
    await invoke({});
    const first = world.meter.report().lines;
    const lines = first.map((line) => line.item);
    const initOfFirst = first[2]?.quantity;
    expect(lines).toEqual(['lambda-requests', 'lambda-gb-ms-x86_64', 'lambda-init-gb-ms-x86_64', 'log-bytes']);
    await invoke({});
    const [requests, , init] = world.meter.report().lines;
    expect(requests?.quantity).toBe(2);
    expect(init?.quantity).toBe(initOfFirst);
  });
});
