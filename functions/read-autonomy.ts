import { findWorkflow } from '../agents/index.ts';
import { readAutonomy } from '../shared/operations/console/read-autonomy.ts';
import { readReviewers } from '../shared/operations/console/read-reviewers.ts';
import { readSettings } from '../shared/operations/console/read-settings.ts';
import type { Readable, WorkflowRead } from '../shared/operations/console/readable.ts';
import { fromSignedIn } from './triggers/from-signed-in.ts';
import { json } from './triggers/http.ts';
import { readerOf } from './triggers/signed-in.ts';
import { cases, clock, records, settings, telemetry, versionsOf } from './wiring.ts';

const ports = {
  findWorkflow,
  cases: cases(),
  records: records(),
  settings: settings(),
  versionsOf: versionsOf(),
  clock,
};

const ROUTES: Readonly<Record<string, (asked: WorkflowRead) => Promise<Readable<unknown>>>> = {
  'GET /api/workflows/{id}/settings': (asked) => readSettings.run(ports, asked),
  'GET /api/workflows/{id}/autonomy': (asked) => readAutonomy.run(ports, asked),
  'GET /api/workflows/{id}/reviewers': (asked) => readReviewers.run(ports, asked),
};

/** What people of a workflow's team, and operators, may read about its limits. */
export const handler = fromSignedIn('read-autonomy', telemetry(), async (request, person) => {
  const asked = { workflow: request.pathParameters?.['id'] ?? '', reader: readerOf(person) };
  const found = (await ROUTES[request.routeKey]?.(asked)) ?? { kind: 'unknown' };
  switch (found.kind) {
    case 'read':
      return json(200, Array.isArray(found.value) ? { items: found.value } : found.value);
    case 'not-allowed':
      return json(403, { message: 'Only people of the team that owns this workflow, and operators, may see this.' });
    case 'unknown':
      return json(404, { message: `There is no workflow "${asked.workflow}".` });
  }
});
