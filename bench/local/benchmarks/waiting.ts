import { StartExecutionCommand } from '@aws-sdk/client-sfn';
import { CreateQueueCommand, GetQueueAttributesCommand, type SQSClient } from '@aws-sdk/client-sqs';
import { connect } from '../clients.ts';
import { createMachine, hasAny, waitingMachine } from '../machines.ts';
import { type Benchmark, type Sample, timed } from '../measurement.ts';
import { type RuntimeProcess, startRuntime } from '../runtime-process.ts';

const STARTS = 5;

/** Memory and start-up with many executions that wait for a task token, beside those of an empty runtime. */
export const waiting: Benchmark = {
  name: 'waiting',
  open: async (place, sizes) => {
    let runtime = await startRuntime(place);
    const restart = async (): Promise<number> => {
      await runtime.kill();
      runtime = await startRuntime(place);
      return runtime.startMs;
    };
    const memory = (figure: string) => ({
      figure,
      way: 'wire' as const,
      unit: 'MB' as const,
      n: 10,
      rounds: 1 as const,
      run: (n: number) => sampleMemory(runtime, n),
    });
    const startUp = (figure: string) => ({
      figure,
      way: 'wire' as const,
      unit: 'ms' as const,
      n: STARTS,
      rounds: 1 as const,
      run: async (n: number) => ({ values: await repeat(n, restart), done: null }),
    });
    return {
      steps: [
        startUp('start-up, empty'),
        memory('resident memory, empty'),
        {
          figure: `StartExecution until ${sizes.waiting} wait for a token`,
          way: 'wire',
          unit: 'ms',
          n: sizes.waiting,
          rounds: 1,
          run: (n) => startWaiting(runtime.url, n),
        },
        memory(`resident memory after ${sizes.waiting} began to wait`),
        startUp(`start-up, ${sizes.waiting} waiting`),
        memory(`resident memory after start-up, ${sizes.waiting} waiting`),
      ],
      close: () => runtime.kill(),
    };
  },
};

async function startWaiting(url: string, n: number): Promise<Sample> {
  const { sfn, sqs, destroy } = connect(url);
  const { QueueUrl = '' } = await sqs.send(new CreateQueueCommand({ QueueName: 'questions' }));
  const stateMachineArn = await createMachine(sfn, 'waiting', waitingMachine(QueueUrl));
  const startedAtMs = performance.now();
  const { values } = await timed(n, 32, (index) =>
    sfn.send(new StartExecutionCommand({ stateMachineArn, name: `case-${index}`, input: '{}' })),
  );
  while ((await depth(sqs, QueueUrl)) < n) {
    if (await hasAny(sfn, stateMachineArn, 'FAILED')) throw new Error('An execution failed that was to wait.');
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  destroy();
  return { values, done: { count: n, elapsedMs: performance.now() - startedAtMs } };
}

async function depth(sqs: SQSClient, QueueUrl: string): Promise<number> {
  const AttributeNames = ['ApproximateNumberOfMessages' as const];
  const { Attributes } = await sqs.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames }));
  return Number(Attributes?.['ApproximateNumberOfMessages']);
}

async function sampleMemory(runtime: RuntimeProcess, n: number): Promise<Sample> {
  const sample = async (): Promise<number> => {
    await new Promise((resolve) => setTimeout(resolve, 200));
    return runtime.residentMb();
  };
  return { values: await repeat(n, sample), done: null };
}

async function repeat(n: number, work: () => Promise<number>): Promise<number[]> {
  const values: number[] = [];
  for (let i = 0; i < n; i++) values.push(await work());
  return values;
}
