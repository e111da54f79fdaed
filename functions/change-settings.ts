import * as z from 'zod';
import { findWorkflow, workflows } from '../agents/index.ts';
import { EvaluationEvidence, Slug } from '../shared/contracts/index.ts';
import { SettingsWish } from '../shared/domain/settings-change.ts';
import {
  changeSettings,
  recordEvaluation,
  type SettingsReceipt,
  switchWorkflow,
} from '../shared/operations/change-settings.ts';
import { asSignedIn } from './triggers/from-signed-in.ts';
import { fromHttp, type HttpAnswer, type HttpRequest, json } from './triggers/http.ts';
import { readBody } from './triggers/read-body.ts';
import type { TokenHolder } from './triggers/signed-in.ts';
import { cases, clock, ids, publicUrl, settings, signIn, telemetry, versionsOf } from './wiring.ts';

const ports = {
  ...{ workflows, findWorkflow, cases: cases(), settings: settings(), versionsOf: versionsOf() },
  ...{ signIn: signIn(), publicUrl: publicUrl(), clock, ids },
};

const reason = z.string().max(2_000).default('');
const Change = SettingsWish.extend({ revision: z.int().min(0), reason });
const Switch = z.strictObject({ workflow: Slug, state: z.enum(['on', 'off']), reason });
const Evaluation = EvaluationEvidence.extend({ reason });

interface Asked {
  readonly workflow: string;
  readonly by: string;
  readonly proof: 'sign-in';
  readonly request: HttpRequest;
}

const ROUTES: Readonly<Record<string, (asked: Asked) => Promise<SettingsReceipt>>> = {
  'PUT /api/workflows/{id}/settings': ({ request, ...who }) => {
    const { revision, reason: why, ...wish } = readBody(request, Change);
    return changeSettings.run(ports, { ...who, revision, reason: why, wish });
  },
  'POST /api/switch': ({ request, by, proof }) => {
    const { workflow, state, reason: why } = readBody(request, Switch);
    return switchWorkflow.run(ports, { workflow, isOn: state === 'on', by, proof, reason: why });
  },
  'POST /api/workflows/{id}/evaluations': ({ request, ...who }) => {
    const { reason: why, ...evaluation } = readBody(request, Evaluation);
    return recordEvaluation.run(ports, { ...who, reason: why, evaluation });
  },
};

/** What people of a workflow's team may change of its limits, with a reason: by the API, or the switch by its page. */
export const handler = fromHttp('change-settings', telemetry(), async (request) => {
  if (request.routeKey !== 'POST /workflows/{id}/switch')
    return asSignedIn(request, (person) => changeByApi(request, person));
  const { switchByForm } = await import('./settings/by-form.ts');
  return switchByForm(ports, request);
});

async function changeByApi(request: HttpRequest, person: TokenHolder): Promise<HttpAnswer> {
  const asked = {
    workflow: request.pathParameters?.['id'] ?? '',
    by: person.email,
    proof: 'sign-in' as const,
    request,
  };
  return answerTo((await ROUTES[request.routeKey]?.(asked)) ?? { kind: 'unknown' });
}

function answerTo(receipt: SettingsReceipt): HttpAnswer {
  switch (receipt.kind) {
    case 'changed':
      return json(200, receipt.settings);
    case 'stale':
      return json(409, { message: 'Somebody changed the settings meanwhile.', settings: receipt.settings });
    case 'not-allowed':
      return json(403, { message: receipt.problem });
    case 'incomplete':
      return json(400, { message: receipt.problem });
    case 'unknown':
      return json(404, { message: 'There is no such workflow.' });
  }
}
