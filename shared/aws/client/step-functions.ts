import type * as sdk from '@aws-sdk/client-sfn';
import { type ClientConfig, commandOf, jsonWire, type Service, ServiceClient } from './service-client.ts';
import { ServiceError } from './service-error.ts';

export const StartExecutionCommand = /* @__PURE__ */ commandOf<
  sdk.StartExecutionCommandInput,
  sdk.StartExecutionCommandOutput
>('StartExecution');
export const SendTaskSuccessCommand = /* @__PURE__ */ commandOf<
  sdk.SendTaskSuccessCommandInput,
  sdk.SendTaskSuccessCommandOutput
>('SendTaskSuccess');

export class ExecutionAlreadyExists extends ServiceError {}
export class InvalidToken extends ServiceError {}
export class TaskDoesNotExist extends ServiceError {}
export class TaskTimedOut extends ServiceError {}

const STEP_FUNCTIONS: Service = {
  host: 'states',
  signingName: 'states',
  pauseMs: 100,
  wire: jsonWire('1.0', 'AWSStepFunctions'),
  errors: { ExecutionAlreadyExists, InvalidToken, TaskDoesNotExist, TaskTimedOut },
};

export class SFNClient extends ServiceClient {
  constructor(config: ClientConfig) {
    super(STEP_FUNCTIONS, config);
  }
}
