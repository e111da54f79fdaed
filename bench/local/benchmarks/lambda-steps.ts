import { ListStateMachinesCommand, type SFNClient, StartExecutionCommand } from '@aws-sdk/client-sfn';
import { synthesizeFixture } from '../../../local/boot/fixture/app.ts';
import { connect } from '../clients.ts';
import { untilAllEnded } from '../machines.ts';
import { type Benchmark, timed } from '../measurement.ts';
import { startRuntime } from '../runtime-process.ts';

const HOUR_SECONDS = 3600;
/** So that sandboxes are there, which start in seconds. */
const WARM_UP = 16;
/** First and Second call a function that writes an item; an hour passes between them. */
const STEPS = 2;

/** Times are those of StartExecution; the rate counts steps, each one a Lambda that puts an item, until all have ended. */
export const lambdaSteps: Benchmark = {
  name: 'lambda-steps',
  open: async (place, { lambdaExecutions }) => {
    const runtime = await startRuntime({ ...place, assembly: await synthesizeFixture() });
    const { sfn, destroy } = connect(runtime.url);
    const stateMachineArn = await onlyMachine(sfn);
    const runAll = async (n: number) => {
      const { values } = await timed(n, 32, () =>
        sfn.send(new StartExecutionCommand({ stateMachineArn, input: '{}' })),
      );
      await advance(runtime.url, HOUR_SECONDS);
      await untilAllEnded(sfn, stateMachineArn);
      return values;
    };
    await runAll(WARM_UP);
    return {
      steps: [
        {
          figure: 'steps of a Lambda that puts an item, 32 starts at a time',
          way: 'wire',
          unit: 'ms',
          n: lambdaExecutions,
          run: async (n) => {
            const startedAtMs = performance.now();
            const values = await runAll(n);
            return { values, done: { count: n * STEPS, elapsedMs: performance.now() - startedAtMs } };
          },
        },
      ],
      close: async () => {
        destroy();
        await runtime.kill();
      },
    };
  },
};

async function onlyMachine(sfn: SFNClient): Promise<string> {
  const { stateMachines = [] } = await sfn.send(new ListStateMachinesCommand({}));
  return stateMachines[0]?.stateMachineArn ?? '';
}

/** Answers when all that was in flight, and all that it set off, has come to rest. */
async function advance(url: string, seconds: number): Promise<void> {
  await fetch(`${url}/_local/clock`, { method: 'POST', body: JSON.stringify({ advanceSeconds: seconds }) });
}
