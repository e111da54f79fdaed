import type { Caller, Dispatch, Json } from '../../kernel/service.ts';
import type { ServiceResource, TaskResource } from '../asl/resource.ts';
import type { CallAnswer } from '../asl/signal.ts';
import type { ScheduledCall } from '../asl/strand.ts';

/** One call of a task, as it is made. */
export interface TaskCall {
  readonly resource: TaskResource;
  readonly input: Json;
  readonly call: ScheduledCall;
  readonly caller: Caller;
  /** Whether the call may have been made before, by a process that died. */
  readonly isRepeat: boolean;
}

/** A call of a service, with the way to make it. */
export interface ServiceCall extends TaskCall {
  readonly resource: ServiceResource;
  readonly dispatch: Dispatch;
}

/** How tasks call one service. Throws AwsError where the service refuses. */
export interface Integration {
  /** By operation: the patterns that it can be called with. */
  readonly operations: Readonly<Record<string, readonly ServiceResource['pattern'][]>>;
  /** Name of the service in error names, as in `DynamoDB.ResourceNotFoundException`. */
  readonly errorPrefix: string;
  /** Error of this service that stands for all that its API model does not name. */
  readonly baseException: string;
  /** Name of the service in the text of a cause. */
  readonly serviceName: string;
  call(call: ServiceCall): Promise<CallAnswer>;
}
