import { isEnoughProof } from '../../shared/domain/answers.ts';
import { isSamePerson } from '../../shared/domain/people.ts';
import { formToken, proofOf, shownStamp } from '../../shared/domain/session-proof.ts';
import type { Answering, Place, RequestView } from '../../shared/pages/request-view.ts';
import type { SignedIn } from '../triggers/browser.ts';

/** Where a page stands for who is signed in, if anybody is. */
export function placeOf(root: Place['root'], signedIn: SignedIn | null): Place {
  return {
    root,
    signedInAs: signedIn?.session.email ?? null,
    formToken: signedIn === null ? '' : formToken(signedIn.token),
    shown: '',
  };
}

/** The view with how whoever looks at it can answer. `stampKey` seals when it was shown. */
export function withAnswering(
  view: RequestView,
  { signedIn, stampKey, root }: { signedIn: SignedIn | null; stampKey: string; root: Place['root'] },
): RequestView {
  const place = { ...placeOf(root, signedIn), shown: shownStamp(stampKey, view.requestId, view.nowMs) };
  return { ...view, answering: answeringOf(view, signedIn, place) };
}

function answeringOf({ person, proof, nowMs }: RequestView, signedIn: SignedIn | null, place: Place): Answering {
  if (signedIn !== null && isSamePerson(signedIn.session.email, person)) {
    const isEnough = isEnoughProof(proofOf(signedIn.session.signedInAtMs, nowMs), proof);
    return isEnough
      ? { kind: 'signed-in', as: signedIn.session.email, place }
      : { kind: 'sign-in', because: 'stale', place };
  }
  if (proof === 'mail-code') return { kind: 'code', place };
  return signedIn === null
    ? { kind: 'sign-in', because: 'unknown', place }
    : { kind: 'somebody-else', as: signedIn.session.email, place };
}
