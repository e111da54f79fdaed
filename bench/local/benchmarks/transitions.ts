import { StartExecutionCommand } from '@aws-sdk/client-sfn';
import { connect } from '../clients.ts';
import { createMachine, THREE_STATES, untilAllEnded } from '../machines.ts';
import { type Benchmark, timed } from '../measurement.ts';
import { startRuntime } from '../runtime-process.ts';

const TRANSITIONS = 3;

/** Times are those of StartExecution; the rate counts transitions until all executions have ended. */
export const transitions: Benchmark = {
  name: 'transitions',
  open: async (place, { executions }) => {
    const runtime = await startRuntime(place);
    const { sfn, destroy } = connect(runtime.url);
    const stateMachineArn = await createMachine(sfn, 'three-states', THREE_STATES);
    const start = (n: number) => sfn.send(new StartExecutionCommand({ stateMachineArn, input: JSON.stringify({ n }) }));
    return {
      steps: [
        {
          figure: 'transitions of Pass, Choice, Pass, 32 starts at a time',
          way: 'wire',
          unit: 'ms',
          n: executions,
          run: async (n) => {
            const startedAtMs = performance.now();
            const { values } = await timed(n, 32, start);
            await untilAllEnded(sfn, stateMachineArn);
            return { values, done: { count: n * TRANSITIONS, elapsedMs: performance.now() - startedAtMs } };
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
