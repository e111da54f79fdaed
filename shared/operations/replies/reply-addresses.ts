import type { Workflow } from '../../authoring/index.ts';
import { causeOfKey } from '../../domain/cause.ts';
import { takerOf } from '../../domain/mail/answered-action.ts';
import { taggedAddress, taggedReference } from '../../domain/mail/reply-address.ts';
import { replyTag } from '../../domain/mail/reply-tag.ts';
import { EffectError, type ReplyAddresses, type WrittenBy } from '../../ports/index.ts';

/** What the key of tags is derived by, so that it is no other key. */
export const REPLY_KEY = 'remit/reply-tags';

const NOWHERE: WrittenBy = { replyTo: null, reference: null };

/** `domain` null where no mail comes in: then nothing is written down for answers. */
export function replyAddresses({
  workflows,
  domain,
  key,
}: {
  readonly workflows: readonly Workflow[];
  readonly domain: string | null;
  readonly key: () => Promise<string>;
}): ReplyAddresses {
  return {
    async of({ idempotencyKey, workflow }) {
      const cause = causeOfKey(idempotencyKey);
      if (domain === null || cause === null || workflow === undefined) return NOWHERE;
      const tag = replyTag(await readKey(key), cause.caseId, cause.actionId);
      const taker = takerOf(workflows, { workflow, action: cause.actionId.split('#', 1)[0] ?? '' });
      const replyTo = taker === null ? null : taggedAddress(taker.trigger.to, tag, domain);
      return { replyTo, reference: taggedReference(tag, domain) };
    },
  };
}

/** Nothing was sent yet: another try may well read it. */
async function readKey(key: () => Promise<string>): Promise<string> {
  try {
    return await key();
  } catch (cause) {
    throw new EffectError('The key of answers could not be read', { isPassing: true, cause });
  }
}
