import {
  CreateQueueCommand,
  DeleteMessageBatchCommand,
  ReceiveMessageCommand,
  SendMessageBatchCommand,
  SendMessageCommand,
} from '@aws-sdk/client-sqs';
import { connect } from '../clients.ts';
import { type Benchmark, type Step, timed } from '../measurement.ts';
import { startRuntime } from '../runtime-process.ts';

const PER_BATCH = 10;

/** Sends, and receives with deletion. What is sent in a round is more than what the receives take. */
export const messages: Benchmark = {
  name: 'messages',
  open: async (place, { serialCalls, parallelCalls }) => {
    const runtime = await startRuntime(place);
    const { sqs, destroy } = connect(runtime.url);
    const { QueueUrl = '' } = await sqs.send(new CreateQueueCommand({ QueueName: 'intake' }));
    const send = (index: number) => sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: body(index) }));
    const sendBatch = (batch: number) =>
      sqs.send(
        new SendMessageBatchCommand({ QueueUrl, Entries: entries((at) => ({ MessageBody: body(batch + at) })) }),
      );
    const receive = async (): Promise<void> => {
      const { Messages = [] } = await sqs.send(new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: PER_BATCH }));
      if (Messages.length === 0) throw new Error('The queue ran empty.');
      const Entries = Messages.map(({ ReceiptHandle }, at) => ({ Id: String(at), ReceiptHandle }));
      await sqs.send(new DeleteMessageBatchCommand({ QueueUrl, Entries }));
    };
    const step = (
      figure: string,
      n: number,
      [parallel, perCall]: readonly [number, number],
      work: (index: number) => Promise<unknown>,
    ): Step => ({
      figure,
      way: 'wire',
      unit: 'ms',
      n,
      run: async (times) => {
        const { values, done } = await timed(times, parallel, work);
        return { values, done: { count: times * perCall, elapsedMs: done?.elapsedMs ?? 0 } };
      },
    });
    return {
      steps: [
        step('SendMessage, 1 at a time', serialCalls, [1, 1], send),
        step('SendMessage, 32 at a time', parallelCalls, [32, 1], send),
        step('SendMessageBatch of 10, 4 at a time', parallelCalls / PER_BATCH, [4, PER_BATCH], sendBatch),
        step('ReceiveMessage of 10 with deletion, 1 at a time', parallelCalls / 40, [1, PER_BATCH], receive),
        step('ReceiveMessage of 10 with deletion, 8 at a time', parallelCalls / 20, [8, PER_BATCH], receive),
      ],
      close: async () => {
        destroy();
        await runtime.kill();
      },
    };
  },
};

function entries<T>(make: (at: number) => T): (T & { readonly Id: string })[] {
  return Array.from({ length: PER_BATCH }, (_, at) => ({ Id: String(at), ...make(at) }));
}

function body(index: number): string {
  return JSON.stringify({ caseId: `case-${index}`, note: 'a lead of some two hundred bytes '.repeat(6) });
}
