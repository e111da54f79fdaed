import { Problem } from '../command/problem.ts';
import type { StackAddress } from './stack-address.ts';

export interface BusEvent {
  readonly source: string;
  readonly detailType: string;
  /** JSON text. */
  readonly detail: string;
}

/** The bus of the stack, which workflows listen to. */
const BUS = 'remit';

/** Puts an event on the workflow bus by the ordinary AWS client and returns its id. */
export async function putEvent(address: Pick<StackAddress, 'url'>, event: BusEvent): Promise<string> {
  const { EventBridgeClient, PutEventsCommand } = await import('@aws-sdk/client-eventbridge');
  const client = new EventBridgeClient({
    endpoint: address.url,
    region: 'eu-west-1',
    credentials: { accessKeyId: 'operator', secretAccessKey: 'operator' },
    maxAttempts: 1,
  });
  const entry = { EventBusName: BUS, Source: event.source, DetailType: event.detailType, Detail: event.detail };
  const answer = await client.send(new PutEventsCommand({ Entries: [entry] })).catch((error: Error) => {
    const isDown = 'code' in error && error.code === 'ECONNREFUSED';
    throw new Problem(
      isDown
        ? `Remit is not running at ${address.url}: start it with npm start in another terminal.`
        : `The event was not accepted: ${error.message}`,
      { cause: error },
    );
  });
  const [result] = answer.Entries ?? [];
  if (result?.EventId === undefined)
    throw new Problem(`The event was not accepted: ${result?.ErrorMessage ?? 'no reason given'}`);
  return result.EventId;
}
