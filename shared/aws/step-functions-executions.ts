import {
  DescribeExecutionCommand,
  type DescribeExecutionOutput,
  ExecutionAlreadyExists,
  ExecutionDoesNotExist,
  InvalidToken,
  SendTaskSuccessCommand,
  type SFNClient,
  StartExecutionCommand,
  StateMachineDoesNotExist,
  TaskDoesNotExist,
  TaskTimedOut,
} from '@aws-sdk/client-sfn';
import type { JsonObject } from '../contracts/index.ts';
import type { ExecutionStates, Executions } from '../ports/index.ts';

export class StepFunctionsExecutions implements Executions, ExecutionStates {
  readonly #client: SFNClient;
  readonly #stateMachineArn: string;

  constructor(client: SFNClient, stateMachineArn: string) {
    this.#client = client;
    this.#stateMachineArn = stateMachineArn;
  }

  start(name: string, input: JsonObject): Promise<'started' | 'exists'> {
    return this.#startBy(this.#stateMachineArn, name, input);
  }

  async startLike(first: string, name: string, input: JsonObject): Promise<'started' | 'exists'> {
    const version = await this.#versionOf(first);
    if (version === null) return this.start(name, input);
    try {
      return await this.#startBy(version, name, input);
    } catch (error) {
      // Somebody deleted the old version: going on by the newest one is better than not at all.
      if (error instanceof StateMachineDoesNotExist) return this.start(name, input);
      throw error;
    }
  }

  async stateOf(name: string): Promise<'running' | 'ended' | 'unknown'> {
    const found = await this.#described(name);
    if (found === null) return 'unknown';
    return found.status === 'RUNNING' ? 'running' : 'ended';
  }

  /** Null where the execution is forgotten or began without a version. */
  async #versionOf(name: string): Promise<string | null> {
    return (await this.#described(name))?.stateMachineVersionArn ?? null;
  }

  /** Null where Step Functions knows none of that name, or no more: it forgets them 90 days after their end. */
  async #described(name: string): Promise<DescribeExecutionOutput | null> {
    try {
      const executionArn = executionArnOf(this.#stateMachineArn, name);
      return await this.#client.send(new DescribeExecutionCommand({ executionArn, includedData: 'METADATA_ONLY' }));
    } catch (error) {
      if (error instanceof ExecutionDoesNotExist) return null;
      throw error;
    }
  }

  async #startBy(stateMachineArn: string, name: string, input: JsonObject): Promise<'started' | 'exists'> {
    try {
      await this.#client.send(new StartExecutionCommand({ stateMachineArn, name, input: JSON.stringify(input) }));
      return 'started';
    } catch (error) {
      if (error instanceof ExecutionAlreadyExists) return 'exists';
      throw error;
    }
  }

  async resume(token: string, output: JsonObject): Promise<'resumed' | 'gone'> {
    try {
      await this.#client.send(new SendTaskSuccessCommand({ taskToken: token, output: JSON.stringify(output) }));
      return 'resumed';
    } catch (error) {
      const isOver =
        error instanceof TaskTimedOut || error instanceof TaskDoesNotExist || error instanceof InvalidToken;
      if (isOver) return 'gone';
      throw error;
    }
  }
}

/** Of a machine that is named by itself, by a version or by an alias: executions know none of these. */
function executionArnOf(stateMachineArn: string, name: string): string {
  const [machine] = /^arn:[^:]+:states:[^:]*:[^:]*:stateMachine:[^:]+/.exec(stateMachineArn) ?? [stateMachineArn];
  return `${machine.replace(':stateMachine:', ':execution:')}:${name}`;
}
