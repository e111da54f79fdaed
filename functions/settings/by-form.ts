import * as z from 'zod';
import { Slug } from '../../shared/contracts/index.ts';
import {
  type ChangeSettingsPorts,
  type SettingsReceipt,
  switchWorkflow,
} from '../../shared/operations/change-settings.ts';
import type { BeginSignInPorts } from '../../shared/operations/sign-in/begin-sign-in.ts';
import { renderNotSwitchedPage } from '../../shared/pages/console/switch-section.ts';
import { renderForeignFormPage } from '../../shared/pages/sign-in-pages.ts';
import { renderUnknownPage } from '../../shared/pages/unknown-page.ts';
import { placeOf } from '../people/answering.ts';
import { goOnToSignIn } from '../people/sign-in-redirect.ts';
import { type BrowserPorts, formOf, isOwnForm, signedInOf } from '../triggers/browser.ts';
import type { HttpAnswer, HttpRequest } from '../triggers/http.ts';
import { asAnswer, seeOther } from '../triggers/pages.ts';

type Ports = ChangeSettingsPorts & BrowserPorts & BeginSignInPorts;

const Form = z.object({ state: z.enum(['on', 'off']), reason: z.string().max(2_000) });

/** The switch on the page of a workflow. */
export async function switchByForm(ports: Ports, request: HttpRequest): Promise<HttpAnswer> {
  const id = Slug.safeParse(request.pathParameters?.['id']);
  if (!id.success) return asAnswer(renderUnknownPage());
  const path = `/workflows/${id.data}`;
  const signedIn = await signedInOf(ports, request);
  if (signedIn === null) return goOnToSignIn(ports, path);
  const form = Form.safeParse(Object.fromEntries(new URLSearchParams(formOf(request))));
  if (!(form.success && isOwnForm(request, signedIn, ports.publicUrl)))
    return asAnswer(renderForeignFormPage(request.routeKey));
  const { state, reason } = form.data;
  const by = signedIn.session.email;
  const command = { workflow: id.data, isOn: state === 'on', by, proof: 'sign-in' as const, reason };
  const receipt = await switchWorkflow.run(ports, command);
  if (receipt.kind === 'changed') return seeOther(`${ports.publicUrl}${path}`);
  const refusal = refusalOf(receipt);
  if (refusal === null) return asAnswer(renderUnknownPage());
  return asAnswer(renderNotSwitchedPage({ ...refusal, id: id.data, place: placeOf('../..', signedIn) }));
}

function refusalOf(receipt: Exclude<SettingsReceipt, { kind: 'changed' }>) {
  switch (receipt.kind) {
    case 'unknown':
      return null;
    case 'stale':
      return { status: 409, problem: 'Somebody changed its settings at the same moment. Please try again.' } as const;
    case 'not-allowed':
      return { status: 403, problem: receipt.problem } as const;
    case 'incomplete':
      return { status: 422, problem: receipt.problem } as const;
  }
}
