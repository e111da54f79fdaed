import { AwsError } from '../../kernel/errors.ts';
import type { Json, JsonObject, Operation } from '../../kernel/service.ts';
import { isTooLarge } from '../asl/data-size.ts';
import type { TokenAnswer } from '../execution/message.ts';
import { addressOf } from '../execution/task-token.ts';
import { optionalText, requiredText } from './fields.ts';
import { invalidToken } from './refusals.ts';
import type { Operations, StatesContext } from './states-context.ts';

/** Answers to task tokens. */
export function taskOperations(context: StatesContext): Operations {
  return {
    SendTaskSuccess: tokenOperation(context, 'SendTaskSuccess', (input) => ({
      kind: 'outcome',
      outcome: { ok: true, output: checkedOutput(requiredText(input, 'output')) },
    })),
    SendTaskFailure: tokenOperation(context, 'SendTaskFailure', (input) => ({
      kind: 'outcome',
      outcome: { ok: false, error: optionalText(input, 'error'), cause: optionalText(input, 'cause') },
    })),
    SendTaskHeartbeat: tokenOperation(context, 'SendTaskHeartbeat', () => ({ kind: 'heartbeat' })),
  };
}

function tokenOperation(context: StatesContext, name: string, answerOf: (input: JsonObject) => TokenAnswer): Operation {
  return {
    permissions: (input) => [{ action: `states:${name}`, resource: machineOf(context, input) }],
    run: async (input) => {
      await answerToken(context, requiredText(input, 'taskToken'), answerOf(input));
      return {};
    },
  };
}

/**
 * Hands an answer to the task that waits for the token; settles once it is on disk. Throws InvalidToken for what never
 * was a token, TaskDoesNotExist for one of an execution that is gone, TaskTimedOut for one that is used up.
 */
export async function answerToken(
  { records, engine }: StatesContext,
  token: string,
  answer: TokenAnswer,
): Promise<void> {
  const waiting = records.strands.waitingFor(token);
  if (waiting !== null && (await engine.post(waiting.execution, { type: 'token', strand: waiting.id, token, answer })))
    return;
  const address = addressOf(token);
  if (address === null) throw invalidToken();
  if (records.executions.get(address.execution) === null) {
    throw new AwsError('TaskDoesNotExist', "Task does not exist: 'Provided task does not exist anymore'");
  }
  throw new AwsError('TaskTimedOut', "Task Timed Out: 'Provided task does not exist anymore'");
}

/** The machine whose task the token belongs to; `*` where that is not known, as AWS asks for. */
function machineOf({ records }: StatesContext, input: JsonObject): string {
  const address = addressOf(String(input['taskToken']));
  const execution = address === null ? null : records.executions.get(address.execution);
  return execution?.machineArn ?? '*';
}

function checkedOutput(text: string): Json {
  if (isTooLarge(text)) {
    throw new AwsError(
      'ValidationException',
      "1 validation error detected: Value at 'output' failed to satisfy constraint: Member must have length less than or equal to 262144",
    );
  }
  try {
    return JSON.parse(text) as Json;
  } catch (error) {
    throw new AwsError('InvalidOutput', `Invalid Output: '${error instanceof Error ? error.message : String(error)}'`);
  }
}
