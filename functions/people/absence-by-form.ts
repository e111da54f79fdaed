import { type AbsencePorts, setAbsence } from '../../shared/operations/set-absence.ts';
import type { BeginSignInPorts } from '../../shared/operations/sign-in/begin-sign-in.ts';
import { renderForeignFormPage } from '../../shared/pages/sign-in-pages.ts';
import { type BrowserPorts, formOf, isOwnForm, signedInOf } from '../triggers/browser.ts';
import type { HttpAnswer, HttpRequest } from '../triggers/http.ts';
import { asAnswer, seeOther } from '../triggers/pages.ts';
import { notSavedPage } from './inbox.ts';
import { goOnToSignIn } from './sign-in-redirect.ts';

type Ports = AbsencePorts & BrowserPorts & BeginSignInPorts;

const DAY_MS = 24 * 3_600_000;

/** The form of the inbox: whole days, the last one included. */
export async function absenceByForm(ports: Ports, request: HttpRequest): Promise<HttpAnswer> {
  const signedIn = await signedInOf(ports, request);
  if (signedIn === null) return goOnToSignIn(ports, '/inbox');
  if (!isOwnForm(request, signedIn, ports.publicUrl)) return asAnswer(renderForeignFormPage(request.routeKey));
  const form = new URLSearchParams(formOf(request));
  const typed = { from: form.get('from') ?? '', until: form.get('until') ?? '', delegate: form.get('delegate') ?? '' };
  const person = signedIn.session.email;
  const [fromMs, lastDayMs] = [dayMs(typed.from), dayMs(typed.until)];
  const isBack = form.get('verb') === 'back';
  const wrong = async (problem: string): Promise<HttpAnswer> =>
    asAnswer(await notSavedPage(ports, signedIn, { problem, typed }));
  if (!isBack && (fromMs === null || lastDayMs === null)) return wrong('Give the first and the last day.');
  const delegate = typed.delegate === '' ? null : typed.delegate;
  const absence = isBack ? null : { fromMs: fromMs ?? 0, untilMs: (lastDayMs ?? 0) + DAY_MS, delegate };
  const receipt = await setAbsence.run(ports, { person, absence });
  return receipt.kind === 'refused' ? wrong(receipt.problem) : seeOther(`${ports.publicUrl}/inbox`);
}

/** Midnight UTC of a day written as `2026-12-24`; null for anything else. */
function dayMs(text: string): number | null {
  const atMs = /^\d{4}-\d\d-\d\d$/.test(text) ? Date.parse(`${text}T00:00:00Z`) : Number.NaN;
  return Number.isFinite(atMs) ? atMs : null;
}
