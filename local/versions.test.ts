import { rmSync } from 'node:fs';
import { InvokeCommand, LambdaClient, ResourceNotFoundException } from '@aws-sdk/client-lambda';
import {
  DescribeExecutionCommand,
  type DescribeExecutionCommandOutput,
  DescribeStateMachineCommand,
  GetExecutionHistoryCommand,
  ListStateMachineVersionsCommand,
  SFNClient,
  StartExecutionCommand,
  StateMachineDoesNotExist,
} from '@aws-sdk/client-sfn';
import { describe, expect, it } from 'vitest';
import { client, newHome, until } from './boot/testing/runtimes.ts';
import { type Release, releaseStack, type Told } from './boot/testing/versioned-stack.ts';
import { bootRuntime, type Runtime } from './boot.ts';

/** Cannot be made. */
const ZEBRA = { Type: 'AWS::SQS::Queue', Properties: { Stripes: 2 } };
const MACHINE = 'arn:aws:states:us-east-1:000000000000:stateMachine:case';

describe('an execution that waits while the next release is deployed', () => {
  it('ends on the code, settings and definition that it began with, and a new one runs the new ones', async () => {
    // given
    const home = newHome();
    const waiting = await inRelease(home, { name: 'one', memoryMb: 256, timeoutSeconds: 10 }, async (runtime) => {
      const arn = await start(runtime, `${MACHINE}:live`);
      await until(async () => (await statesEntered(runtime, arn)).includes('Pause'));
      return arn;
    });

    // when
    await inRelease(home, { name: 'two', memoryMb: 512, timeoutSeconds: 20 }, async (runtime) => {
      const fresh = await start(runtime, `${MACHINE}:live`);
      await until(async () => (await statesEntered(runtime, fresh)).includes('Pause'));
      await runtime.clock.advance(3_600_000);

      // then
      const old = await ended(runtime, waiting);
      expect(toldIn(old)).toEqual({ first: told('one', '1', 256, 10), last: told('one', '1', 256, 10) });
      expect(old.stateMachineVersionArn).toBe(`${MACHINE}:1`);
      expect(await statesEntered(runtime, waiting)).toEqual(['First', 'Pause', 'Last of one']);
      expect(toldIn(await ended(runtime, fresh)).last).toEqual(told('two', '2', 512, 20));
      expect(await statesEntered(runtime, fresh)).toEqual(['First', 'Pause', 'Last of two']);
    });
  });
});

describe('versions of functions', () => {
  it('run what they were published with; the function itself and its alias run the new', async () => {
    const home = newHome();
    await inRelease(home, { name: 'one' });
    await inRelease(home, { name: 'two' }, async (runtime) => {
      expect(await invoke(runtime, '1')).toMatchObject({ code: 'one', data: 'data of one', setting: 'setting of one' });
      expect(await invoke(runtime, '2')).toMatchObject({ code: 'two', version: '2' });
      expect(await invoke(runtime, 'live')).toMatchObject({ code: 'two', version: '2' });
      expect(await invoke(runtime, '$LATEST')).toMatchObject({ code: 'two', version: '$LATEST' });
    });
  });

  it('know this machine by its address of now', async () => {
    const home = newHome();
    await inRelease(home, { name: 'one' });
    await inRelease(home, { name: 'two' }, async (runtime) => {
      expect((await invoke(runtime, '1')).queue).toBe(`${runtime.url}/000000000000/queue`);
    });
  });

  it('are gone with the template that has them no more, unless its policy retains them', async () => {
    const home = newHome();
    await inRelease(home, { name: 'one', policy: 'Delete' });
    await inRelease(home, { name: 'two' }, async (runtime) => {
      await expect(invoke(runtime, '1')).rejects.toThrow(ResourceNotFoundException);
      await expect(start(runtime, `${MACHINE}:1`)).rejects.toThrow(StateMachineDoesNotExist);
      expect(await invoke(runtime, 'live')).toMatchObject({ version: '2' });
    });
  });

  it('act as the role of now: what it may no longer do, they may not either', async () => {
    const home = newHome();
    await inRelease(home, { name: 'one' });
    const trust = {
      Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: 'states.amazonaws.com' } }],
    };
    const powerless = { Type: 'AWS::IAM::Role', Properties: { AssumeRolePolicyDocument: trust } };
    await inRelease(home, { name: 'two', resources: { MachineRole: powerless } }, async (runtime) => {
      const { status, cause } = await ended(runtime, await start(runtime, `${MACHINE}:1`));
      expect([status, cause]).toEqual(['FAILED', expect.stringContaining('is not authorized to perform')]);
    });
  });
});

describe('versions of state machines', () => {
  it('of earlier templates can still be started, with their definition', async () => {
    const home = newHome();
    await inRelease(home, { name: 'one' });
    await inRelease(home, { name: 'two' }, async (runtime) => {
      const described = await states(runtime).send(
        new DescribeStateMachineCommand({ stateMachineArn: `${MACHINE}:1` }),
      );
      expect(described.definition).toContain('Last of one');
      const arn = await start(runtime, `${MACHINE}:1`);
      await until(async () => (await statesEntered(runtime, arn)).includes('Pause'));
      await runtime.clock.advance(3_600_000);
      expect(toldIn(await ended(runtime, arn)).last).toMatchObject({ code: 'one', version: '1' });
    });
  });

  it('are published anew where the template names the revision, under one name', async () => {
    const home = newHome();
    const named = (name: string): Release => ({
      name,
      resources: {
        [`MachineVersion${name}`]: { Type: 'AWS::Logs::LogGroup', Properties: {} },
        Newest: {
          Type: 'AWS::StepFunctions::StateMachineVersion',
          DeletionPolicy: 'Delete',
          UpdateReplacePolicy: 'Retain',
          Properties: {
            StateMachineArn: { Ref: 'Machine' },
            StateMachineRevisionId: { 'Fn::GetAtt': ['Machine', 'StateMachineRevisionId'] },
          },
        },
        MachineLive: {
          Type: 'AWS::StepFunctions::StateMachineAlias',
          Properties: {
            Name: 'live',
            RoutingConfiguration: [{ StateMachineVersionArn: { Ref: 'Newest' }, Weight: 100 }],
          },
        },
      },
    });
    await inRelease(home, named('one'));
    await inRelease(home, named('one'));
    await inRelease(home, named('two'), async (runtime) => {
      expect(await machineVersions(runtime)).toEqual(['2', '1']);
      const { stateMachineVersionArn } = await describeExecution(runtime, await start(runtime, `${MACHINE}:live`));
      expect(stateMachineVersionArn).toBe(`${MACHINE}:2`);
    });
  });
});

describe('version numbers', () => {
  it('stay as they are when the same release is deployed again', async () => {
    const home = newHome();
    await inRelease(home, { name: 'one' });
    await inRelease(home, { name: 'one' });
    await inRelease(home, { name: 'one' }, async (runtime) => {
      expect(await machineVersions(runtime)).toEqual(['1']);
      expect(await invoke(runtime, 'live')).toMatchObject({ version: '1' });
      await expect(invoke(runtime, '2')).rejects.toThrow(ResourceNotFoundException);
    });
  });

  it('count up with every release, also with one that takes an earlier one back', async () => {
    const home = newHome();
    for (const name of ['one', 'two', 'one']) await inRelease(home, { name });
    await inRelease(home, { name: 'one' }, async (runtime) => {
      expect(await machineVersions(runtime)).toEqual(['3', '2', '1']);
      const codes = await Promise.all(['1', '2', '3', 'live'].map((qualifier) => invoke(runtime, qualifier)));
      expect(codes.map(({ code, version }) => [code, version])).toEqual([
        ['one', '1'],
        ['two', '2'],
        ['one', '3'],
        ['one', '3'],
      ]);
    });
  });

  it('are not given for the same code and settings under another name', async () => {
    const home = newHome();
    await inRelease(home, { name: 'one' });
    const version = { Type: 'AWS::Lambda::Version', Properties: { FunctionName: { Ref: 'Work' } } };
    const live = {
      Type: 'AWS::Lambda::Alias',
      Properties: {
        FunctionName: { Ref: 'Work' },
        FunctionVersion: { 'Fn::GetAtt': ['Other', 'Version'] },
        Name: 'live',
      },
    };
    await inRelease(home, { name: 'one', resources: { Other: version, WorkLive: live } }, async (runtime) => {
      expect(await invoke(runtime, 'live')).toMatchObject({ version: '1' });
    });
  });

  it('are not used up by a boot that failed', async () => {
    const home = newHome();
    await inRelease(home, { name: 'one' });
    const broken = releaseStack({
      name: 'two',
      resources: { Zebra: ZEBRA },
    });
    await expect(bootRuntime({ assembly: broken, home, port: 0 })).rejects.toThrow('Stripes');
    await inRelease(home, { name: 'one' }, async (runtime) => {
      expect(await invoke(runtime, 'live')).toMatchObject({ code: 'one', version: '1' });
    });
    await inRelease(home, { name: 'two' }, async (runtime) => {
      expect(await invoke(runtime, 'live')).toMatchObject({ code: 'two', version: '2' });
    });
  });

  it('belong to what was published: a boot that failed leaves no code under the name of the next try', async () => {
    const home = newHome();
    await inRelease(home, { name: 'one' });
    const broken = releaseStack({ name: 'two', resources: { Zebra: ZEBRA } });
    await expect(bootRuntime({ assembly: broken, home, port: 0 })).rejects.toThrow('Stripes');
    await inRelease(home, { name: 'two', memoryMb: 300 }, async (runtime) => {
      expect(await invoke(runtime, 'live')).toMatchObject({ code: 'two', memory: '300' });
    });
  });
});

/** Boots a release on the data folder, and stops it. Its files are deleted then, as those of an old build are. */
async function inRelease<T = void>(
  home: string,
  release: Release,
  work?: (runtime: Runtime) => Promise<T>,
): Promise<T> {
  const assembly = releaseStack(release);
  const runtime = await bootRuntime({ assembly, home, port: 0 });
  try {
    return (await work?.(runtime)) as T;
  } finally {
    await runtime.stop();
    rmSync(assembly, { recursive: true });
  }
}

function told(release: string, version: string, memoryMb: number, seconds: number) {
  return {
    code: release,
    data: `data of ${release}`,
    setting: `setting of ${release}`,
    queue: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+\/000000000000\/queue$/),
    version,
    memory: String(memoryMb),
    seconds,
  };
}

function states(runtime: Runtime): SFNClient {
  return new SFNClient(client(runtime));
}

async function start(runtime: Runtime, stateMachineArn: string): Promise<string> {
  const { executionArn = '' } = await states(runtime).send(new StartExecutionCommand({ stateMachineArn, input: '{}' }));
  return executionArn;
}

function describeExecution(runtime: Runtime, executionArn: string): Promise<DescribeExecutionCommandOutput> {
  return states(runtime).send(new DescribeExecutionCommand({ executionArn }));
}

async function ended(runtime: Runtime, executionArn: string): Promise<DescribeExecutionCommandOutput> {
  await until(async () => (await describeExecution(runtime, executionArn)).status !== 'RUNNING');
  return describeExecution(runtime, executionArn);
}

function toldIn({ output = '{}' }: DescribeExecutionCommandOutput): Readonly<Record<'first' | 'last', Told>> {
  return JSON.parse(output);
}

async function statesEntered(runtime: Runtime, executionArn: string): Promise<string[]> {
  const { events = [] } = await states(runtime).send(new GetExecutionHistoryCommand({ executionArn }));
  return events.flatMap(({ stateEnteredEventDetails: entered }) => entered?.name ?? []);
}

async function machineVersions(runtime: Runtime): Promise<string[]> {
  const { stateMachineVersions = [] } = await states(runtime).send(
    new ListStateMachineVersionsCommand({ stateMachineArn: MACHINE }),
  );
  return stateMachineVersions.map(({ stateMachineVersionArn = '' }) =>
    stateMachineVersionArn.slice(MACHINE.length + 1),
  );
}

async function invoke(runtime: Runtime, Qualifier: string): Promise<Told> {
  const { Payload } = await new LambdaClient(client(runtime)).send(
    new InvokeCommand({ FunctionName: 'S-Work', Qualifier }),
  );
  return JSON.parse(Payload?.transformToString() ?? '{}');
}
