import { AwsError } from '../kernel/errors.ts';
import type { Json, JsonObject } from '../kernel/service.ts';
import { CaseWorld } from './conformance/case-world.ts';
import type {
  ApiCase,
  ExecutionCase,
  ExecutionResult,
  FakeAws,
  Kit,
  TestStateCase,
  ValidationCase,
} from './conformance/corpus-types.ts';

/** Adapter for the corpus runner: each case has a Step Functions of its own in this process, whose time jumps. */
export async function createAdapter(_options: unknown, kit: Kit): Promise<Adapter> {
  const listeners = new Map<string, (body: string) => void>();
  const fake = await kit.startFakeAws({ onSqsMessage: (queue, body) => listeners.get(queue)?.(body) });
  return {
    concurrency: 8,
    run: (c) => runCase(c, kit, fake, listeners),
    validate: (c) => inWorld(kit, fake, {}, (world) => validate(c, world)),
    testState: (c) => inWorld(kit, fake, c.lambdas, (world) => testState(c, world)),
    api: (c) => inWorld(kit, fake, {}, (world) => callApi(c, world)),
    close: () => fake.close(),
  };
}

interface Adapter {
  readonly concurrency: number;
  run(c: ExecutionCase): Promise<ExecutionResult>;
  validate(c: ValidationCase): Promise<unknown>;
  testState(c: TestStateCase): Promise<unknown>;
  api(c: ApiCase): Promise<unknown>;
  close(): Promise<void>;
}

async function inWorld<T>(
  kit: Kit,
  fake: FakeAws,
  lambdas: JsonObject,
  work: (world: CaseWorld) => Promise<T>,
): Promise<T> {
  const world = new CaseWorld(kit, fake, lambdas);
  try {
    return await work(world);
  } finally {
    world.close();
  }
}

function runCase(
  c: ExecutionCase,
  kit: Kit,
  fake: FakeAws,
  listeners: Map<string, (body: string) => void>,
): Promise<ExecutionResult> {
  return inWorld(kit, fake, c.lambdas ?? {}, async (world) => {
    for (const machine of c.stateMachines ?? []) await createMachine(world, machine, c.roleArn);
    for (const resource of c.resources ?? []) {
      if (resource.type === 'dynamodb') fake.addTable(resource.tableName, resource.partitionKey);
      if (resource.type === 'activity') await startWorker(world, kit, resource);
      if (resource.type !== 'sqs') continue;
      fake.queues.add(resource.name);
      listeners.set(
        resource.name,
        (body) => void kit.answerMessage(c, resource.name, body, (token) => world.tokenApi(token)),
      );
    }
    try {
      await createMachine(world, { name: c.stateMachineName, type: c.type, definition: c.definition }, c.roleArn);
    } catch (error) {
      if (!(error instanceof AwsError)) throw error;
      return { status: 'DEFINITION_REJECTED', error: error.name, cause: error.message };
    }
    return c.type === 'EXPRESS' ? runExpress(c, world) : runStandard(c, world);
  });
}

function createMachine(
  world: CaseWorld,
  machine: { readonly name: string; readonly type: string; readonly definition: JsonObject },
  roleArn: string,
): Promise<JsonObject> {
  return world.call('CreateStateMachine', {
    name: machine.name,
    type: machine.type,
    definition: JSON.stringify(machine.definition),
    roleArn,
  });
}

type ActivityResource = Extract<NonNullable<ExecutionCase['resources']>[number], { type: 'activity' }>;

async function startWorker(world: CaseWorld, kit: Kit, { name, worker }: ActivityResource): Promise<void> {
  const { activityArn = '' } = await world.call('CreateActivity', { name });
  if (worker === undefined) return;
  void (async () => {
    const task = await world.call('GetActivityTask', {
      activityArn,
      ...(worker.name === undefined ? {} : { workerName: worker.name }),
    });
    if (typeof task['taskToken'] !== 'string') return;
    await kit.play(worker.actions, JSON.parse(String(task['input'])) as Json, world.tokenApi(task['taskToken']));
  })();
}

const arnOfMachine = (c: ExecutionCase): string =>
  `arn:aws:states:us-east-1:111111111111:stateMachine:${c.stateMachineName}`;

async function runExpress(c: ExecutionCase, world: CaseWorld): Promise<ExecutionResult> {
  let answer: JsonObject | null = null;
  void world.call('StartSyncExecution', { stateMachineArn: arnOfMachine(c), input: c.inputText }).then((result) => {
    answer = result;
  });
  await world.passTime(() => answer !== null);
  return resultOf(answer ?? { status: 'RUNNING' });
}

async function runStandard(c: ExecutionCase, world: CaseWorld): Promise<ExecutionResult> {
  const { executionArn = '' } = await world.call('StartExecution', {
    stateMachineArn: arnOfMachine(c),
    input: c.inputText,
  });
  await world.passTime(async () => (await world.call('DescribeExecution', { executionArn }))['status'] !== 'RUNNING');
  const described = await world.call('DescribeExecution', { executionArn });
  return { ...resultOf(described), ...(await historyOf(world, executionArn)) };
}

function resultOf(described: JsonObject): ExecutionResult {
  const { status, output, error, cause } = described;
  return {
    status: String(status),
    ...(typeof output === 'string' ? { output: JSON.parse(output) as Json } : {}),
    ...(typeof error === 'string' ? { error } : {}),
    ...(typeof cause === 'string' ? { cause } : {}),
  };
}

async function historyOf(
  world: CaseWorld,
  executionArn: Json,
): Promise<Pick<ExecutionResult, 'historyEventTypes' | 'stateEntered'>> {
  const { events } = await world.call('GetExecutionHistory', { executionArn, maxResults: 1000 });
  const list = events as readonly {
    readonly type: string;
    readonly stateEnteredEventDetails?: { readonly name: string };
  }[];
  return {
    historyEventTypes: list.map(({ type }) => type),
    stateEntered: list.flatMap(({ stateEnteredEventDetails }) =>
      stateEnteredEventDetails === undefined ? [] : [stateEnteredEventDetails.name],
    ),
  };
}

const ROLE = 'arn:aws:iam::111111111111:role/conformance';

async function validate(c: ValidationCase, world: CaseWorld): Promise<unknown> {
  try {
    if (c.api === 'ValidateStateMachineDefinition') {
      const response = await world.call('ValidateStateMachineDefinition', {
        ...c.request,
        definition: c.definitionText,
      });
      return { accepted: response['result'] === 'OK', response };
    }
    await world.call('CreateStateMachine', {
      name: 'machine',
      ...c.request,
      definition: c.definitionText,
      roleArn: ROLE,
    });
    return { accepted: true };
  } catch (error) {
    return { accepted: false, ...refusalOf(error) };
  }
}

async function testState(c: TestStateCase, world: CaseWorld): Promise<unknown> {
  try {
    return { response: await world.call('TestState', c.request) };
  } catch (error) {
    return refusalOf(error);
  }
}

async function callApi(c: ApiCase, world: CaseWorld): Promise<unknown> {
  for (const step of c.setup ?? []) await world.call(step.api, step.request);
  try {
    await world.call(c.api, c.request);
    return { errorCode: null };
  } catch (error) {
    return refusalOf(error);
  }
}

function refusalOf(error: unknown): { readonly errorCode: string; readonly message: string } {
  if (!(error instanceof AwsError)) throw error;
  return { errorCode: error.name, message: error.message };
}
