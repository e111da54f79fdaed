import middy from '@middy/core';
import { workflows } from '../agents/index.ts';
import { watchAutonomy } from '../shared/operations/watch-autonomy.ts';
import { askExecutions, cases, clock, mailer, records, requests, settings, telemetry, versionsOf } from './wiring.ts';

const ports = {
  workflows,
  cases: cases(),
  requests: requests(),
  records: records(),
  settings: settings(),
  askExecutions: askExecutions(),
  mailer: mailer(),
  versionsOf: versionsOf(),
  clock,
  telemetry: telemetry(),
};

/** Called by the clock; nothing of the event is used. */
export const handler = middy(async () => watchAutonomy.run(ports, {}));
