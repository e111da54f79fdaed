import type { Iam } from '../iam/index.ts';
import type { Clock } from '../kernel/clock.ts';
import { notBuilt } from '../kernel/errors.ts';
import type { AwsCall, Caller, Dispatch, JsonObject, Service } from '../kernel/service.ts';
import type { CallOrigin, Meter } from '../meter/index.ts';
import { newTraceId } from './trace.ts';

/** Makes AWS calls: IAM first, then the meter, then the service. Services may be registered after it was handed out. */
export class Dispatcher {
  readonly #services = new Map<string, Service>();
  readonly #parts: DispatcherParts;

  constructor(parts: DispatcherParts) {
    this.#parts = parts;
  }

  register(service: Service): void {
    this.#services.set(service.name, service);
  }

  /** For calls that services make among themselves. */
  readonly dispatch: Dispatch = (call) => this.#make(call, 'service');

  /** For calls that came over the wire. */
  readonly dispatchFromWire: Dispatch = (call) => {
    return this.#make(call, call.caller.kind === 'operator' ? 'operator' : 'function');
  };

  async #make(call: AwsCall, by: CallOrigin): Promise<JsonObject> {
    const operation = this.#services.get(call.service)?.operations[call.operation];
    if (operation === undefined) throw notBuilt(call.service, call.operation);
    this.#parts.iam.authorize(call.caller, operation.permissions(call.input));
    const caller = this.#callerOf(call, by);
    this.#parts.meter.call({ ...call, caller }, by);
    return await operation.run(call.input, caller);
  }

  /**
   * An execution runs under the trace of what started it. A function that starts several from one batch gives each
   * after the first a trace of its own, so that each can be accounted for.
   */
  #callerOf(call: AwsCall, by: CallOrigin): Caller {
    if (call.service !== 'states' || call.operation !== 'StartExecution') return call.caller;
    const name = call.input['name'];
    if (typeof name !== 'string') return call.caller;
    const { meter, clock } = this.#parts;
    const inherited = call.caller.traceId;
    const isShared = by === 'function' && inherited !== null && meter.hasExecution(inherited, name);
    const traceId = meter.traceOf(name) ?? (inherited === null || isShared ? newTraceId(clock.now()) : inherited);
    meter.nameExecution(name, traceId);
    return { ...call.caller, traceId };
  }
}

export interface DispatcherParts {
  readonly iam: Iam;
  readonly meter: Meter;
  readonly clock: Clock;
}
