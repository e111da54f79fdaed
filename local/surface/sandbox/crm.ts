import type { JsonObject } from '../../kernel/service.ts';
import { escapeHtml, page } from '../page.ts';
import type { SurfaceParts } from '../parts.ts';
import { doneFor } from './channels.ts';
import { type KeptEffect, type SandboxItems, sandboxItems, textOf } from './items.ts';
import { standingOf } from './standing.ts';

/** A person in the CRM of the sandbox, and what agents did about them, newest first. */
export interface CrmContact {
  readonly email: string;
  readonly fields: JsonObject;
  readonly notes: readonly string[];
  readonly deals: readonly JsonObject[];
  readonly doneBy: readonly { readonly caseId: string; readonly connector: string; readonly atMs: number }[];
}

export async function crmContacts(parts: SurfaceParts): Promise<readonly CrmContact[]> {
  return contactsOf(await sandboxItems(parts));
}

export async function crmPage(parts: SurfaceParts): Promise<string> {
  const items = await sandboxItems(parts);
  const contacts = contactsOf(items);
  const note = await standingOf(parts, 'HubSpot', 'hubspot');
  const rest = items.isAll ? '' : '<p>There is more in the sandbox than this page looks at.</p>';
  const body = contacts.length === 0 ? '<p>Nobody is in the CRM yet.</p>' : contacts.map(contactArticle).join('\n');
  return page('CRM', `<h1>CRM (${contacts.length})</h1>\n<p>${escapeHtml(note)}</p>\n${rest}${body}`);
}

const CONTACT_KINDS = new Set(['crm', 'hubspot-contact']);

function contactsOf({ records, effects }: SandboxItems): readonly CrmContact[] {
  const archived = new Set(
    effects
      .filter(({ connector }) => connector === 'hubspot.archive-record')
      .map(({ arguments: args }) => textOf(args['recordId'])),
  );
  return records
    .filter(({ kind }) => CONTACT_KINDS.has(kind))
    .map(({ key: email, fields }) => {
      const id = textOf(fields['recordId']);
      const own = effects.filter((effect) => isAbout(effect, email, id)).toReversed();
      const made = (connector: string) =>
        own.filter((one) => one.connector === connector && !archived.has(textOf(one.result['recordId'])));
      return {
        ...{ email, fields },
        notes: made('hubspot.create-note').map(({ arguments: args }) => textOf(args['text'])),
        deals: made('hubspot.create-deal').map(({ arguments: args }) => args),
        doneBy: own.map(({ caseId, connector, atMs }) => ({ caseId, connector, atMs })),
      };
    })
    .toSorted((a, b) => (b.doneBy[0]?.atMs ?? 0) - (a.doneBy[0]?.atMs ?? 0) || a.email.localeCompare(b.email));
}

function isAbout({ arguments: args }: KeptEffect, email: string, id: string): boolean {
  return textOf(args['email']).toLowerCase() === email || (id !== '' && textOf(args['contactId']) === id);
}

const TIMES = new Set(['changedAtMs']);

function contactArticle({ email, fields, notes, deals, doneBy }: CrmContact): string {
  const facts = Object.entries(fields).filter(([name, value]) => name !== 'email' && value !== null);
  const shown = facts.map(([name, value]) => {
    const text = TIMES.has(name) && typeof value === 'number' ? new Date(value).toISOString() : textOf(value);
    return `<dt>${escapeHtml(name)}</dt><dd>${escapeHtml(text)}</dd>`;
  });
  const done = doneBy.map(
    ({ connector, caseId, atMs }) =>
      `<li>${new Date(atMs).toISOString()} ${escapeHtml(connector)} for ${doneFor(caseId)}</li>`,
  );
  return `<article>
<h2>${escapeHtml(email)}</h2>
<dl>${shown.join('')}</dl>
${notes.map((text) => `<pre>Note: ${escapeHtml(text)}</pre>`).join('\n')}
${deals.map((deal) => `<pre>Deal: ${escapeHtml(`${textOf(deal['name'])}, ${textOf(deal['stage'])}`)}</pre>`).join('\n')}
<ul>${done.join('')}</ul>
</article>`;
}
