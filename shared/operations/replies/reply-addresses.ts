import type { Workflow } from '../../authoring/index.ts';
import { causeOfKey } from '../../domain/cause.ts';
import { takerOf } from '../../domain/mail/answered-action.ts';
import { footLine, REFERENCE_LASTS_MS, referenceTo } from '../../domain/mail/quoted-reference.ts';
import { taggedAddress, taggedReference } from '../../domain/mail/reply-address.ts';
import { replyTag } from '../../domain/mail/reply-tag.ts';
import {
  type Clock,
  EffectError,
  type ReferenceStore,
  type ReplyAddresses,
  type WrittenBy,
} from '../../ports/index.ts';

/** What the key of tags is derived by, so that it is no other key. */
export const REPLY_KEY = 'remit/reply-tags';

const NOWHERE: WrittenBy = { replyTo: null, reference: null, footLine: null };

export interface ReplyAddressPorts {
  readonly workflows: readonly Workflow[];
  /** Null where no mail comes in: then nothing is written down for answers. */
  readonly domain: string | null;
  readonly key: () => Promise<string>;
  readonly references: ReferenceStore;
  readonly clock: Clock;
}

export function replyAddresses({ workflows, domain, key, references, clock }: ReplyAddressPorts): ReplyAddresses {
  return {
    async of({ idempotencyKey, workflow }) {
      const cause = causeOfKey(idempotencyKey);
      if (domain === null || cause === null || workflow === undefined) return NOWHERE;
      const signedBy = await beforeSending('The key of answers could not be read', key);
      const tag = replyTag(signedBy, cause.caseId, cause.actionId);
      const taker = takerOf(workflows, { workflow, action: cause.actionId.split('#', 1)[0] ?? '' });
      const reference = taggedReference(tag, domain);
      if (taker === null) return { replyTo: null, reference, footLine: null };
      const quoted = referenceTo(signedBy, cause);
      const kept = { ...cause, expiresAtMs: clock.nowMs() + REFERENCE_LASTS_MS };
      await beforeSending('The reference of a mail could not be kept', () => references.keepReference(quoted, kept));
      return { replyTo: taggedAddress(taker.trigger.to, tag, domain), reference, footLine: footLine(quoted) };
    },
  };
}

/** Nothing was sent yet: another try may well succeed. */
async function beforeSending<T>(problem: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    throw new EffectError(problem, { isPassing: true, cause });
  }
}
