import type { Context, ScheduledEvent } from 'aws-lambda';
import { findWorkflow, workflows } from '../agents/index.ts';
import { EraseSubject, type Erasure, eraseSubject } from '../shared/operations/erasure/erase-subject.ts';
import { deadLettersLater, filesLater } from './queues/later.ts';
import { fromSchedule } from './triggers/from-schedule.ts';
import { fromSignedIn } from './triggers/from-signed-in.ts';
import { type HttpAnswer, type HttpRequest, json } from './triggers/http.ts';
import { readBody } from './triggers/read-body.ts';
import { readerOf } from './triggers/signed-in.ts';
import { cases, clock, erasures, requests, retentionDays, settings, subjects, telemetry } from './wiring.ts';

const ports = {
  workflows,
  findWorkflow,
  settings: settings(),
  cases: cases(),
  requests: requests(),
  erasures: erasures(),
  deadLetters: deadLettersLater,
  files: filesLater,
  subjects: subjects(),
  retentionDays: retentionDays(),
  clock,
  telemetry: telemetry(),
};

const Wish = EraseSubject.pick({ subject: true, reason: true, isDryRun: true, atMost: true, after: true }).strict();

/** What somebody who is signed in wants removed of one person. */
const erase = fromSignedIn('erase-subject', ports.telemetry, async (request, person) =>
  answerTo(await eraseSubject.run(ports, { ...readBody(request, Wish), reader: readerOf(person), proof: 'sign-in' })),
);

async function sweep(event: ScheduledEvent, context: Context): Promise<unknown> {
  const { eraseOldCases } = await import('../shared/operations/erasure/erase-old-cases.ts');
  return fromSchedule(eraseOldCases, ports)(event, context);
}

/** The schedule comes here too: this is the one function that may erase. */
export const handler = async (event: HttpRequest | ScheduledEvent, context: Context): Promise<unknown> =>
  'routeKey' in event ? erase(event, context) : sweep(event, context);

function answerTo(erasure: Erasure): HttpAnswer {
  switch (erasure.kind) {
    case 'found':
    case 'erased':
      return json(200, erasure);
    case 'waiting':
      return json(409, {
        message: 'Nothing was erased: some cases of this person go on still, or a question of theirs is open.',
        ...erasure,
      });
    case 'not-allowed':
      return json(403, { message: erasure.problem });
    case 'incomplete':
      return json(400, { message: erasure.problem });
  }
}
