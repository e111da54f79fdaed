import { TAG_LENGTH } from './reply-tag.ts';

/** More than a mail needs to name what it answers; what is between the first and the last of them is not looked at. */
const MOST_LOOKED_AT = 50;

/** `to+tag@domain`, as an answer to an action comes. */
export function taggedAddress(to: string, tag: string, domain: string): string {
  return `${to}+${tag}@${domain}`;
}

/** As mails before an answered one are named: the tag as a Message-ID, which mail programs hand on in References. */
export function taggedReference(tag: string, domain: string): string {
  return `<${tag}@${domain}>`;
}

/** An address in small letters, and what stands in it between plus and @. */
export function labelledAddress(address: string): { readonly address: string; readonly label: string | null } {
  const small = address.trim().toLowerCase();
  const at = small.lastIndexOf('@');
  const plus = small.indexOf('+');
  if (plus < 1 || plus > at) return { address: small, label: null };
  return { address: `${small.slice(0, plus)}${small.slice(at)}`, label: small.slice(plus + 1, at) };
}

/** Whether it has the form of a tag; whether it is one, the key says. */
export function looksLikeTag(label: string | null): label is string {
  return label !== null && TAG.test(label);
}

const TAG = new RegExp(`^[a-z2-7]{${TAG_LENGTH}}$`);

/**
 * What may be a tag in the mails that an answer names, the nearest first. A heading of thousands of names, which anybody
 * can write, is read at its beginning and its end alone.
 */
export function tagsInReferences(
  { inReplyTo, references }: { readonly inReplyTo: string | null; readonly references: readonly string[] },
  domain: string,
): string[] {
  const ends =
    references.length <= 2 * MOST_LOOKED_AT
      ? references
      : [...references.slice(0, MOST_LOOKED_AT), ...references.slice(-MOST_LOOKED_AT)];
  const named = [...ends, ...(inReplyTo === null ? [] : [inReplyTo.slice(0, LONGEST_NAME)])].toReversed();
  const host = `@${domain.toLowerCase()}`;
  const tags = named.flatMap((id) => {
    const name = id.length > LONGEST_NAME ? '' : id.replace(/^</, '').replace(/>$/, '').toLowerCase();
    const tag = name.endsWith(host) ? name.slice(0, -host.length) : null;
    return looksLikeTag(tag) ? [tag] : [];
  });
  return [...new Set(tags)];
}

const LONGEST_NAME = 400;
