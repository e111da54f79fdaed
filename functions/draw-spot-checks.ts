import middy from '@middy/core';
import { workflows } from '../agents/index.ts';
import { drawSpotChecks } from '../shared/operations/draw-spot-checks.ts';
import { askExecutions, cases, clock, ids, records, settings, telemetry, versionsOf } from './wiring.ts';

const ports = {
  workflows,
  cases: cases(),
  records: records(),
  settings: settings(),
  askExecutions: askExecutions(),
  versionsOf: versionsOf(),
  ids,
  clock,
  telemetry: telemetry(),
};

/** Called by the clock; nothing of the event is used. */
export const handler = middy(async () => drawSpotChecks.run(ports, {}));
