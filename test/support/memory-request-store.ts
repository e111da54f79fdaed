import { PersonRequest } from '../../shared/contracts/index.ts';
import type { AnswerDraft, CodeRenewal, MailLink, Page, RequestStore } from '../../shared/ports/index.ts';
import type { MemoryTables } from './memory-tables.ts';

export class MemoryRequestStore implements RequestStore {
  readonly #tables: MemoryTables;

  constructor(tables: MemoryTables) {
    this.#tables = tables;
  }

  async get(requestId: string): Promise<PersonRequest | null> {
    const text = this.#tables.requests.get(requestId);
    return text === undefined ? null : PersonRequest.parse(JSON.parse(text));
  }

  async ofCase(caseId: string): Promise<readonly PersonRequest[]> {
    return this.#byDeadline().filter((request) => request.caseId === caseId);
  }

  async listOpen(page: { limit: number; after: string | null }): Promise<Page<PersonRequest>> {
    return pageOf(
      this.#byDeadline().filter(({ state }) => state === 'open'),
      page,
    );
  }

  async listToWake(page: { limit: number; after: string | null }): Promise<Page<PersonRequest>> {
    const answered = this.#byDeadline().filter(({ id, state }) => state === 'answered' && !this.#tables.woken.has(id));
    return pageOf(answered, page);
  }

  async setWoken(requestId: string): Promise<void> {
    if ((await this.get(requestId))?.state === 'answered') this.#tables.woken.add(requestId);
  }

  async putLink(link: MailLink): Promise<void> {
    this.#tables.links.set(link.key, link);
  }

  async link(key: string): Promise<MailLink | null> {
    return this.#tables.links.get(key) ?? null;
  }

  async takeTry(key: string): Promise<number | null> {
    const link = this.#tables.links.get(key);
    if (link === undefined || link.triesLeft === 0) return null;
    this.#tables.links.set(key, { ...link, triesLeft: link.triesLeft - 1 });
    return link.triesLeft - 1;
  }

  async renewCode(key: string, { codeHash, triesLeft, codesSentAtMs, from }: CodeRenewal): Promise<boolean> {
    const link = this.#tables.links.get(key);
    if (link === undefined || JSON.stringify(link.codesSentAtMs ?? []) !== JSON.stringify(from)) return false;
    this.#tables.links.set(key, { ...link, codeHash, triesLeft, codesSentAtMs });
    return true;
  }

  async putDraft(draft: AnswerDraft): Promise<void> {
    this.#tables.drafts.set(draft.key, draft);
  }

  async draft(key: string, nowMs: number): Promise<AnswerDraft | null> {
    const draft = this.#tables.drafts.get(key);
    return draft === undefined || draft.expiresAtMs <= nowMs ? null : draft;
  }

  async claimTelling(requestId: string, person: string): Promise<boolean> {
    if (!this.#tables.requests.has(requestId)) return false;
    const key = `${requestId}/${person.toLowerCase()}`;
    if (this.#tables.told.has(key)) return false;
    this.#tables.told.add(key);
    return true;
  }

  async releaseTelling(requestId: string, person: string): Promise<void> {
    this.#tables.told.delete(`${requestId}/${person.toLowerCase()}`);
  }

  #byDeadline(): PersonRequest[] {
    return [...this.#tables.requests.values()]
      .map((text) => PersonRequest.parse(JSON.parse(text)))
      .sort((a, b) => a.deadlineMs - b.deadlineMs || (a.id < b.id ? -1 : 1));
  }
}

function pageOf(
  found: readonly PersonRequest[],
  { limit, after }: { limit: number; after: string | null },
): Page<PersonRequest> {
  const from = after === null ? 0 : found.findIndex(({ id }) => id === after) + 1;
  const items = found.slice(from, from + limit);
  return { items, next: from + limit < found.length ? (items.at(-1)?.id ?? null) : null };
}
