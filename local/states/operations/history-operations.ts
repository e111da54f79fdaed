import type { Json, JsonObject, Operation } from '../../kernel/service.ts';
import type { HistoryEvent } from '../asl/event-log.ts';
import { found } from './execution-operations.ts';
import { optionalFlag, pageSize, present, seconds } from './fields.ts';
import { pageAfter, pageToken } from './page-token.ts';
import type { Operations, StatesContext } from './states-context.ts';

/** What happened in an execution. */
export function historyOperations(context: StatesContext): Operations {
  return { GetExecutionHistory: getHistory(context) };
}

function getHistory(context: StatesContext): Operation {
  return {
    permissions: (input) => [{ action: 'states:GetExecutionHistory', resource: String(input['executionArn']) }],
    run: (input) => {
      const execution = found(context, input);
      const limit = pageSize(input);
      const isReversed = optionalFlag(input, 'reverseOrder') === true;
      const withData = optionalFlag(input, 'includeExecutionData') !== false;
      const after = pageAfter(input);
      const first = isReversed ? Number.MAX_SAFE_INTEGER : 1;
      const from = after === null ? first : Number(after) + (isReversed ? -1 : 1);
      const events = context.records.history.page(execution.id, from, limit + 1, isReversed);
      const page = events.slice(0, limit);
      const last = events.length > limit ? page.at(-1) : undefined;
      return present({
        events: page.map((event) => shown(event, withData)),
        nextToken: last === undefined ? undefined : pageToken(last.id),
      });
    },
  };
}

/** Members of event details that hold data of the execution. */
const DATA = new Set([
  'input',
  'inputDetails',
  'output',
  'outputDetails',
  'parameters',
  'cause',
  'error',
  'assignedVariables',
  'assignedVariablesDetails',
]);

function shown(event: HistoryEvent, withData: boolean): Json {
  const details = withData ? event.details : withoutData(event.details);
  return {
    timestamp: seconds(event.atMs),
    type: event.type,
    id: event.id,
    previousEventId: event.previousEventId,
    ...(event.detailsKey === null ? {} : { [event.detailsKey]: details }),
  };
}

function withoutData(details: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(details).filter(([name]) => !DATA.has(name)));
}
