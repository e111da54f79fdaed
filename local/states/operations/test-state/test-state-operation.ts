import type { JsonObject, Operation } from '../../../kernel/service.ts';
import { dataFlowOf } from '../../asl/data-flow.ts';
import type { State } from '../../asl/definition.ts';
import { isObject } from '../../asl/definition.ts';
import type { StateFailure } from '../../asl/failure.ts';
import { asFailure, errorOutput, locatedFailure } from '../../asl/failure-details.ts';
import { catcherFor, retrierFor, retryDelayMs } from '../../asl/retry-and-catch.ts';
import type { Scope } from '../../asl/scope.ts';
import { newStrand } from '../../asl/strand-source.ts';
import { optionalText } from '../fields.ts';
import type { Operations, StatesContext } from '../states-context.ts';
import type { Inspection } from './inspection.ts';
import { mockedOutcome } from './mock.ts';
import { departureFields, runState } from './run-state.ts';
import { testScope, variablesOf } from './test-context.ts';
import { testedState } from './tested-state.ts';

/** Runs one state by itself, for real or with a mock in place of its work. */
export function testStateOperations(context: StatesContext): Operations {
  return { TestState: testState(context) };
}

function testState(context: StatesContext): Operation {
  return {
    permissions: (input) => [
      { action: 'states:TestState', resource: '*' },
      ...(typeof input['roleArn'] === 'string' ? [{ action: 'iam:PassRole', resource: input['roleArn'] }] : []),
    ],
    run: async (input) => {
      const state = testedState(input);
      const mock = mockedOutcome(input, state);
      const scope = testScope(context, input, state);
      const inspection: Inspection = {};
      const variables = variablesOf(input);
      if (Object.keys(variables).length > 0) inspection['variables'] = JSON.stringify(variables);
      const configuration = isObject(input['stateConfiguration']) ? input['stateConfiguration'] : {};
      const run = {
        state,
        scope,
        mock,
        roleArn: optionalText(input, 'roleArn'),
        failedIterations: Number(configuration['mapIterationFailureCount'] ?? 0),
        readerData: optionalText(configuration, 'mapItemReaderData'),
        inspection,
      };
      const answer = await runState(context, run).then(
        (departure): JsonObject => ({ status: 'SUCCEEDED', ...departureFields(departure) }),
        (error: unknown) =>
          failedAnswer(
            state,
            scope,
            rethrowRefusal(error),
            Number(configuration['retrierRetryCount'] ?? 0),
            inspection,
          ),
      );
      return optionalText(input, 'inspectionLevel') === 'INFO' || input['inspectionLevel'] === undefined
        ? answer
        : { ...answer, inspectionData: inspection };
    },
  };
}

/** What the service itself refuses is no failure of the state. */
function rethrowRefusal(error: unknown): StateFailure {
  if (error instanceof Error && error.name === 'ValidationException') throw error;
  return asFailure(error);
}

async function failedAnswer(
  state: State,
  scope: Scope,
  raised: StateFailure,
  used: number,
  inspection: Inspection,
): Promise<JsonObject> {
  const strand = newStrand(0, null, { index: 0, flow: [], item: null, inputText: '{}', startAt: state.name });
  const failure = locatedFailure(raised, strand);
  const told: JsonObject = {
    ...(failure.error === null ? {} : { error: failure.error }),
    ...(failure.causeText === null ? {} : { cause: failure.causeText }),
  };
  const retryIndex = retrierFor(state.retry, failure);
  const retrier = retryIndex === null ? undefined : state.retry[retryIndex];
  if (retryIndex !== null && retrier !== undefined && used < retrier.maxAttempts) {
    const retryBackoffIntervalSeconds = Math.round(
      retryDelayMs({ ...retrier, hasFullJitter: false }, used, () => 1) / 1000,
    );
    inspection['errorDetails'] = { retryIndex, retryBackoffIntervalSeconds };
    return { ...told, status: 'RETRIABLE' };
  }
  const catcher = catcherFor(state.catch, failure);
  if (catcher === null) return { ...told, status: 'FAILED' };
  inspection['errorDetails'] = { catchIndex: state.catch.indexOf(catcher) };
  const departure = await dataFlowOf(state).caught(catcher, scope, errorOutput(failure));
  return { ...told, ...departureFields({ departure, next: catcher.next }), status: 'CAUGHT_ERROR' };
}
