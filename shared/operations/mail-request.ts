import type { Absence, PersonRequest } from '../contracts/index.ts';
import { linkKeyOf } from '../domain/case-id.ts';
import { sha256 } from '../domain/digest.ts';
import { standingOf } from '../domain/people.ts';
import {
  type Clock,
  EffectError,
  type Ids,
  type Mail,
  type Mailer,
  type RequestStore,
  type Telemetry,
} from '../ports/index.ts';
import type { AskSubject } from './requests/new-request.ts';

export interface AskPorts {
  readonly mailer: Mailer;
  readonly requests: RequestStore;
  readonly ids: Ids;
  readonly clock: Clock;
  readonly telemetry: Telemetry;
  /** Where people reach the request pages, without a slash at the end. */
  readonly publicUrl: string;
}

/** Wrong codes that a link takes before it is dead. */
export const TRIES = 5;

/** A link stays readable for a while after the deadline, to say what became of the question. */
const READABLE_AFTER_MS = 30 * 24 * 3_600_000;

/**
 * Mails each person a link and a code of their own. Only hashes of both are stored, and stored before the mail goes out.
 * An address that the mail service refuses for good is counted as an error and keeps nobody else from being asked.
 * @returns how many people a mail went to.
 */
export async function mailRequest(
  ports: AskPorts,
  asked: AskSubject & {
    request: PersonRequest;
    people: readonly string[];
    absences: readonly Absence[];
    isReminder: boolean;
  },
): Promise<number> {
  const { request, people, absences, isReminder } = asked;
  const nowMs = ports.clock.nowMs();
  const { reminderMail, requestMail } = await import('../pages/request-mail.ts');
  const { viewOf } = await import('./request-view-of.ts');
  let sent = 0;
  for (const person of people) {
    const secret = ports.ids.linkSecret();
    const code = ports.ids.code();
    const key = linkKeyOf(secret);
    await ports.requests.putLink({
      key,
      requestId: request.id,
      person,
      codeHash: codeHashOf(key, code),
      triesLeft: TRIES,
      expiresAtMs: request.deadlineMs + READABLE_AFTER_MS,
    });
    const onBehalfOf = standingOf(person, request, absences, nowMs)?.onBehalfOf ?? null;
    const view = viewOf(asked, person, nowMs, { onBehalfOf });
    const link = `${ports.publicUrl}/r/${secret}`;
    const mail = isReminder ? reminderMail(view, { link, code }) : requestMail(view, { link, code });
    if (await sendOne(ports, request, { to: [person], bcc: [], ...mail })) sent += 1;
  }
  return sent;
}

/** @returns whether the mail went out; false where the address takes none, which somebody is told of. */
export async function sendOne(
  { mailer, telemetry }: Pick<AskPorts, 'mailer' | 'telemetry'>,
  request: PersonRequest,
  mail: Mail,
): Promise<boolean> {
  try {
    await mailer.send({ ...mail, requestId: request.id });
    return true;
  } catch (error) {
    if (!(error instanceof EffectError) || error.isPassing) throw error;
    telemetry.count('Errors', 1, request.workflow);
    telemetry.log('mail-refused', { caseId: request.caseId, requestId: request.id });
    return false;
  }
}

/** Bound to its link, so that equal codes have different hashes. */
export function codeHashOf(linkKey: string, code: string): string {
  return sha256(`code:${linkKey}:${code}`);
}
