import { CreateQueueCommand, ReceiveMessageCommand, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type ServedService, serveAlone } from '../../local/inputs/testing/served-service.ts';
import { createSqs, type SqsService } from '../../local/sqs/index.ts';
import { TooManyLettersError } from '../ports/index.ts';
import { SqsDeadLetters } from './sqs-dead-letters.ts';

let served: ServedService<SqsService>;
let client: SQSClient;
let QueueUrl: string;
let letters: SqsDeadLetters;

beforeAll(async () => {
  served = await serveAlone(createSqs);
  client = new SQSClient(served.client);
});
let queues = 0;
beforeEach(async () => {
  queues += 1;
  ({ QueueUrl = '' } = await client.send(new CreateQueueCommand({ QueueName: `dead-${queues}` })));
  letters = new SqsDeadLetters(client, QueueUrl);
});
afterAll(async () => {
  served.service.stop();
  client.destroy();
  await served.close();
});

async function send(...texts: string[]): Promise<void> {
  for (const MessageBody of texts) await client.send(new SendMessageCommand({ QueueUrl, MessageBody }));
}

/** Whatever lies there for everybody to see. */
async function inSight(): Promise<string[]> {
  const texts: string[] = [];
  for (;;) {
    const input = { QueueUrl, MaxNumberOfMessages: 10, VisibilityTimeout: 600 };
    const { Messages: found = [] } = await client.send(new ReceiveMessageCommand(input));
    if (found.length === 0) return texts.toSorted();
    texts.push(...found.map(({ Body = '' }) => Body));
  }
}

describe('dead letters in SQS', () => {
  it('are looked at once each, and lie there as before', async () => {
    const texts = Array.from({ length: 23 }, (_, at) => `letter ${at}`);
    await send(...texts);
    const seen: string[] = [];
    await letters.lookThrough((text) => {
      seen.push(text);
      return 'keep';
    });
    expect(seen.toSorted()).toEqual(texts.toSorted());
    expect(await inSight()).toEqual(texts.toSorted());
  });

  it('are removed, or another stands in their place', async () => {
    await send('a', 'b', 'c');
    await letters.lookThrough((text) => {
      if (text === 'a') return 'remove';
      return text === 'b' ? { replaceBy: 'what is left of b' } : 'keep';
    });
    expect(await inSight()).toEqual(['c', 'what is left of b']);
  });

  it('lie there as before where looking fails', async () => {
    await send('a', 'b');
    const look = letters.lookThrough(() => {
      throw new Error('broken');
    });
    await expect(look).rejects.toThrow('broken');
    expect(await inSight()).toEqual(['a', 'b']);
  });

  it('of which there are too many are not looked at, and lie there as before', { timeout: 60_000 }, async () => {
    await send(...Array.from({ length: 1_001 }, (_, at) => String(at)));
    const look = letters.lookThrough(() => 'remove');
    await expect(look).rejects.toThrow(TooManyLettersError);
    expect(await inSight()).toHaveLength(1_001);
  });
});
