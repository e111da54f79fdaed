import { RequestId } from '../../shared/contracts/index.ts';
import { proofOf } from '../../shared/domain/session-proof.ts';
import { type AnswerReceipt, answerLoaded } from '../../shared/operations/answer-request.ts';
import { openInboxRequest } from '../../shared/operations/open-inbox-request.ts';
import { type BulkOutcome, renderBulkPage } from '../../shared/pages/bulk-page.ts';
import { LIST_VERBS } from '../../shared/pages/inbox-view.ts';
import { readSubmitted } from '../../shared/pages/read-answer-form.ts';
import { renderForeignFormPage } from '../../shared/pages/sign-in-pages.ts';
import { placeOf } from '../people/answering.ts';
import { goOnToSignIn } from '../people/sign-in-redirect.ts';
import { type BrowserPorts, formOf, isOwnForm, type SignedIn, signedInOf } from '../triggers/browser.ts';
import type { HttpAnswer, HttpRequest } from '../triggers/http.ts';
import { asAnswer, seeOther } from '../triggers/pages.ts';
import type { PageAnswerPorts } from './page-answer.ts';

/** As many as the list shows. */
const MOST = 50;
const AT_ONCE = 5;

type Ports = PageAnswerPorts & BrowserPorts;

/** The chosen ones of the list: each is an answer of its own to what the list showed of it, and one no stops no other. */
export async function answerMany(ports: Ports, request: HttpRequest): Promise<HttpAnswer> {
  const signedIn = await signedInOf(ports, request);
  if (signedIn === null) return goOnToSignIn(ports, '/inbox');
  if (!isOwnForm(request, signedIn, ports.publicUrl)) return asAnswer(renderForeignFormPage(request.routeKey));
  const chosen = readChosen(formOf(request));
  if (chosen.picks.length === 0 || chosen.verb === null) return seeOther(`${ports.publicUrl}/inbox`);
  const outcomes: BulkOutcome[] = [];
  for (let from = 0; from < chosen.picks.length; from += AT_ONCE) {
    const some = chosen.picks.slice(from, from + AT_ONCE);
    outcomes.push(...(await Promise.all(some.map((pick) => answerOne(ports, signedIn, { ...chosen, ...pick })))));
  }
  return asAnswer(renderBulkPage(outcomes, placeOf('.', signedIn)));
}

interface Pick {
  readonly requestId: RequestId;
  readonly digest: string;
  readonly seen: string;
}

interface Chosen {
  readonly verb: (typeof LIST_VERBS)[number] | null;
  readonly reason: string;
}

function readChosen(body: string): Chosen & { readonly picks: readonly Pick[] } {
  const submitted = readSubmitted(body);
  const text = (name: string): string => submitted.get(name)?.[0] ?? '';
  const picks = [...new Set(submitted.get('pick') ?? [])].slice(0, MOST).flatMap((id) => {
    const requestId = RequestId.safeParse(id);
    return requestId.success
      ? [{ requestId: requestId.data, digest: text(`digest/${id}`), seen: text(`seen/${id}`) }]
      : [];
  });
  const verb = LIST_VERBS.find((known) => known === text('verb')) ?? null;
  return { verb, reason: text('reason').trim().slice(0, 2_000), picks };
}

async function answerOne(ports: Ports, { session }: SignedIn, pick: Pick & Chosen): Promise<BulkOutcome> {
  const { requestId, digest, seen, reason, verb } = pick;
  const by = session.email;
  const opened = await openInboxRequest.run(ports, { requestId, person: by });
  const question = opened?.loaded.request.question ?? 'A question that was not put to you';
  if (opened === null || verb === null)
    return { requestId, question, isTaken: false, words: 'It is not for you to answer.' };
  const proof = proofOf(session.signedInAtMs, ports.clock.nowMs());
  const receipt = await answerLoaded(ports, opened.loaded, {
    ...{ verb, digest, seen, reason, by, proof, channel: 'inbox', edits: null, onPageMs: null },
  });
  return { requestId, question, ...outcomeOf(receipt) };
}

function outcomeOf(receipt: AnswerReceipt): Outcome {
  switch (receipt.kind) {
    case 'answered':
      return { isTaken: true, words: receipt.request.answer.verb === 'approve' ? 'Approved' : 'Rejected' };
    case 'counted':
      return { isTaken: true, words: `Your yes counts: ${receipt.request.votes.length} of ${receipt.request.quorum}` };
    case 'settled':
      return { isTaken: false, words: endedBy(receipt.request.answer?.by ?? null) };
    case 'expired':
      return { isTaken: false, words: 'The time to answer is over' };
    case 'changed':
      return { isTaken: false, words: 'It changed since the list was shown: open it' };
    case 'voted':
      return { isTaken: false, words: 'You have said yes already' };
    case 'not-allowed':
    case 'incomplete':
    case 'proof-needed':
      return { isTaken: false, words: receipt.problem };
    case 'unknown':
      return { isTaken: false, words: 'There is no such question' };
  }
}

function endedBy(person: string | null): string {
  return person === null ? 'It was withdrawn' : `Answered already by ${person}`;
}

type Outcome = Omit<BulkOutcome, 'requestId' | 'question'>;
