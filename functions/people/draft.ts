import { sha256 } from '../../shared/domain/digest.ts';
import { readSubmitted } from '../../shared/pages/read-answer-form.ts';
import type { Clock, Ids, RequestStore } from '../../shared/ports/index.ts';
import { cookieOf, setCookie } from '../triggers/cookies.ts';
import type { HttpRequest } from '../triggers/http.ts';

const DRAFT_SECONDS = 15 * 60;
const LONGEST_DRAFT = 200_000;

export interface DraftPorts {
  readonly requests: RequestStore;
  readonly clock: Clock;
  readonly publicUrl: string;
}

/** Keeps a form as it was typed. @returns the cookie that finds it again; null where it is too long to be kept. */
export async function keepDraft(
  ports: DraftPorts & { readonly ids: Ids },
  requestId: string,
  body: string,
): Promise<string | null> {
  if (body.length > LONGEST_DRAFT) return null;
  const secret = ports.ids.linkSecret();
  const expiresAtMs = ports.clock.nowMs() + DRAFT_SECONDS * 1_000;
  await ports.requests.putDraft({ key: draftKey(secret), requestId, body, expiresAtMs });
  return setCookie('draft', secret, ports.publicUrl, DRAFT_SECONDS);
}

/** The form that was typed for this request in this browser; null for none. */
export async function draftOf(ports: DraftPorts, request: HttpRequest, requestId: string): Promise<string | null> {
  const secret = cookieOf(request, 'draft', ports.publicUrl);
  const draft = secret === null ? null : await ports.requests.draft(draftKey(secret), ports.clock.nowMs());
  return draft === null || draft.requestId !== requestId ? null : draft.body;
}

/** The draft as the page takes it in. */
export function filledWith(body: string | null) {
  return body === null ? null : { submitted: readSubmitted(body), problems: [], marked: [] };
}

function draftKey(secret: string): string {
  return sha256(`draft:${secret}`);
}
