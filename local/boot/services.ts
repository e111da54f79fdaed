import { type CloudwatchService, createCloudwatch } from '../cloudwatch/index.ts';
import { createDynamoDb, type DynamoDb } from '../dynamodb/index.ts';
import type { RestRoute } from '../endpoint/index.ts';
import { createEvents, type EventsService } from '../events/index.ts';
import type { Activity } from '../kernel/activity.ts';
import type { Clock } from '../kernel/clock.ts';
import type { Place } from '../kernel/names.ts';
import type { Dispatch, JsonObject, Operation, Service } from '../kernel/service.ts';
import type { Store } from '../kernel/store.ts';
import type { Meter } from '../meter/index.ts';
import { createS3, type S3Service } from '../s3/index.ts';
import { createScheduler, type SchedulerService } from '../scheduler/index.ts';
import { createSecrets, type SecretsService } from '../secrets/index.ts';
import { createSes, type SesService } from '../ses/index.ts';
import { createSns, type SnsService } from '../sns/index.ts';
import { createSqs, type SqsService } from '../sqs/index.ts';
import { createStates, type States } from '../states/index.ts';
import { noticeSender } from './notice-mail.ts';
import { queuePoints, statesPoints } from './service-metrics.ts';

/** The services that need nothing of the template to be there. */
export interface AwsServices {
  readonly dynamodb: DynamoDb;
  readonly sqs: SqsService;
  readonly states: States;
  readonly events: EventsService;
  readonly scheduler: SchedulerService;
  readonly ses: SesService;
  readonly secrets: SecretsService;
  readonly cloudwatch: CloudwatchService;
  readonly sns: SnsService;
  readonly s3: S3Service;
  readonly all: readonly RunningService[];
  readonly routes: readonly RestRoute[];
}

/** A service that does things of itself once it is started. */
export interface RunningService extends Service {
  start(): void;
  stop(): void;
}

export interface ServicesOptions {
  readonly store: Store;
  readonly clock: Clock;
  readonly activity: Activity;
  readonly place: Place;
  readonly dispatch: Dispatch;
  readonly meter: Meter;
  readonly endpoint: string;
}

export function createServices(options: ServicesOptions): AwsServices {
  const { meter } = options;
  const dynamodb = createDynamoDb({
    ...options,
    onConsumed: (_, readUnits, writeUnits, caller) => {
      if (readUnits > 0) meter.add(caller.traceId, 'dynamodb-read-units', readUnits);
      if (writeUnits > 0) meter.add(caller.traceId, 'dynamodb-write-units', writeUnits);
    },
  });
  const sqs = createSqs({ ...options, endpoint: () => options.endpoint });
  const cloudwatch = createCloudwatch({
    ...options,
    gauges: () => queuePoints(sqs.counts(), options.clock.now()),
  });
  const events = createEvents(options);
  const states = withAnswersAccounted(
    meter,
    createStates({
      ...options,
      onStatusChange: async (detail) => {
        for (const point of statesPoints(detail)) cloudwatch.recordMetric(point);
        await events.emit(statusChangeEvent(detail, meter));
      },
      onTransition: ({ traceId }) => meter.add(traceId, 'state-transitions', 1),
    }),
  );
  const scheduler = createScheduler({ ...options, dispatch: meteredFirings(options) });
  const ses = createSes(options);
  const sns = createSns({ ...options, sendMail: noticeSender(ses) });
  const secrets = createSecrets(options);
  const s3 = createS3({ ...options, onObject: (event) => events.emit(event) });
  return {
    dynamodb,
    sqs,
    states,
    events,
    scheduler,
    ses,
    secrets,
    cloudwatch,
    sns,
    s3,
    all: [dynamodb, sqs, ses, secrets, sns, cloudwatch, events, scheduler, states, s3],
    routes: [...scheduler.routes, ...ses.routes],
  };
}

/** Who answers a task token works for the execution that waits: what that invocation costs is the execution's. */
function withAnswersAccounted(meter: Meter, states: States): States {
  const accounted = (operation: Operation): Operation => ({
    ...operation,
    run: (input, caller) => {
      const traceId = states.traceOfToken(String(input['taskToken']));
      if (traceId !== null && caller.traceId !== null) meter.join(caller.traceId, traceId);
      return operation.run(input, caller);
    },
  });
  const answers = Object.entries(states.operations).filter(([name]) => name.startsWith('SendTask'));
  const operations = Object.fromEntries(answers.map(([name, operation]) => [name, accounted(operation)]));
  return { ...states, operations: { ...states.operations, ...operations } };
}

/** Scheduler bills each call that it makes of a target. */
function meteredFirings({ dispatch, meter }: ServicesOptions): Dispatch {
  return (call) => {
    meter.add(call.caller.traceId, 'scheduler-invocations', 1);
    return dispatch(call);
  };
}

function statusChangeEvent(detail: JsonObject, meter: Meter) {
  return {
    source: 'aws.states',
    detailType: 'Step Functions Execution Status Change',
    detail,
    resources: [String(detail['executionArn'])],
    traceId: meter.traceOf(String(detail['name'])),
  };
}
