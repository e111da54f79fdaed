import { CaseId, RequestId } from '../contracts/index.ts';
import { digestOf, sha256 } from './digest.ts';

/** Hexadecimal digits kept of the hash: 128 bits, short enough for the name of an execution. */
const ID_DIGITS = 32;

/** The same event of the same trigger always gives the same case. */
export function caseIdOf(event: { workflow: string; trigger: string; eventId: string }): CaseId {
  return CaseId.parse(digestOf([event.workflow, event.trigger, event.eventId]).slice(0, ID_DIGITS));
}

/** A request is found again on a retry: one per case, subject and round of asking. */
export function requestIdOf(subject: { caseId: string; about: string; attempt: string }): RequestId {
  return RequestId.parse(digestOf([subject.caseId, subject.about, subject.attempt]).slice(0, ID_DIGITS));
}

/** How a link's secret is stored: knowing the store is not enough to open a page. */
export function linkKeyOf(secret: string): string {
  return sha256(`link:${secret}`);
}
