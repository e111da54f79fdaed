import { Activity } from '../../kernel/activity.ts';
import { AwsError } from '../../kernel/errors.ts';
import type { AwsCall, Caller, Json, JsonObject } from '../../kernel/service.ts';
import { Store } from '../../kernel/store.ts';
import type { States } from '../index.ts';
import { createStates } from '../index.ts';
import type { FakeAws, Kit, TokenApi } from './corpus-types.ts';
import { JumpingClock } from './jumping-clock.ts';

export const OPERATOR: Caller = { kind: 'operator', traceId: null };

/** Step Functions by itself in memory for one case: functions and services around it are played by the runner. */
export class CaseWorld {
  readonly clock = new JumpingClock(Date.now());
  readonly states: States;
  readonly #store = new Store(':memory:');
  readonly #activity = new Activity();
  readonly #fake: FakeAws;
  readonly #invoke: (nameOrArn: string, payload: Json) => Promise<Json>;
  /** Calls that leave the process; time must not jump while they are out. */
  #callsOut = 0;

  constructor(kit: Kit, fake: FakeAws, lambdas: JsonObject) {
    this.#fake = fake;
    this.#invoke = kit.functionsOf({ lambdas }, { sleep: (ms) => this.clock.sleep(ms) });
    this.states = createStates({
      store: this.#store,
      clock: this.clock,
      activity: this.#activity,
      place: { partition: 'aws', region: 'us-east-1', accountId: '111111111111' },
      dispatch: (call) => this.#dispatch(call),
    });
    this.states.start();
  }

  async call(operation: string, input: JsonObject): Promise<JsonObject> {
    const found = this.states.operations[operation];
    if (found === undefined) throw new AwsError('UnknownOperationException', operation);
    return found.run(input, OPERATOR);
  }

  /** Lets time pass, as fast as it can, until `isDone` or until nothing would ever happen again. */
  async passTime(isDone: () => boolean | Promise<boolean>): Promise<void> {
    for (let quietTurns = 0; !(await isDone()); ) {
      await new Promise((resolve) => setImmediate(resolve));
      quietTurns = this.#callsOut > 0 ? 0 : quietTurns + 1;
      if (quietTurns < (this.#activity.isIdle ? TURNS_UNTIL_IDLE : TURNS_UNTIL_STUCK)) continue;
      quietTurns = 0;
      if (!this.clock.jump() && this.#activity.isIdle) return;
    }
  }

  /** What the outside does with a task token. */
  tokenApi(taskToken: string): TokenApi {
    return {
      success: (output) => this.call('SendTaskSuccess', { taskToken, output }),
      failure: ({ error, cause }) =>
        this.call('SendTaskFailure', { taskToken, error: error ?? null, cause: cause ?? null }),
      heartbeat: () => this.call('SendTaskHeartbeat', { taskToken }),
      sleep: (ms) => this.clock.sleep(ms),
    };
  }

  close(): void {
    this.states.stop();
    this.#store.close();
  }

  async #dispatch({ service, operation, input }: AwsCall): Promise<JsonObject> {
    if (service === 'states') return this.call(operation, input);
    if (service === 'lambda' && operation === 'Invoke') return this.#invokeFunction(input);
    const target = TARGETS[service];
    if (target === undefined) throw new AwsError('UnknownOperationException', `${service}:${operation}`);
    this.#callsOut += 1;
    try {
      return await post(this.#fake.url, `${target}.${operation}`, input);
    } finally {
      this.#callsOut -= 1;
    }
  }

  /** The functions of a case fail with an error name and a cause text; Lambda answers that as a payload. */
  async #invokeFunction(input: JsonObject): Promise<JsonObject> {
    const payload = input['Payload'];
    try {
      const result = await this.#invoke(
        String(input['FunctionName']),
        typeof payload === 'string' ? (JSON.parse(payload) as Json) : {},
      );
      const log = input['LogType'] === 'Tail' ? { LogResult: Buffer.from('START\nEND').toString('base64') } : {};
      return { StatusCode: 200, ExecutedVersion: '$LATEST', Payload: JSON.stringify(result), ...log };
    } catch (error) {
      const { error: name, causeText } = error as { error?: string; causeText?: string };
      if (name === undefined || causeText === undefined) throw error;
      if (name.startsWith('Lambda.')) throw new AwsError(name.slice('Lambda.'.length), causeText, { status: 404 });
      return { StatusCode: 200, FunctionError: 'Unhandled', ExecutedVersion: '$LATEST', Payload: causeText };
    }
  }
}

/** Turns of the event loop without work in flight after which nothing but time is awaited. */
const TURNS_UNTIL_IDLE = 5;

/** The same with work in flight: a function that sleeps, which only time wakes. */
const TURNS_UNTIL_STUCK = 100;

const TARGETS: Readonly<Record<string, string>> = {
  dynamodb: 'DynamoDB_20120810',
  events: 'AWSEvents',
  sqs: 'AmazonSQS',
};

async function post(url: string, target: string, input: JsonObject): Promise<JsonObject> {
  const headers = { 'content-type': 'application/x-amz-json-1.0', 'x-amz-target': target };
  const response = await fetch(url, { method: 'POST', headers, body: JSON.stringify(input) });
  const body = (await response.json()) as JsonObject;
  if (response.ok) return body;
  const code = String(body['__type']).split('#').at(-1) ?? 'Unknown';
  throw new AwsError(code, String(body['message']), { status: response.status });
}
