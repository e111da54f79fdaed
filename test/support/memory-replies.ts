import type { Action, Case, PersonRequest } from '../../shared/contracts/index.ts';
import type { KeptReference, ReferenceStore, ReplyAddresses, ReplyStore } from '../../shared/ports/index.ts';

/** Where no mail comes in. */
export const NO_REPLIES: ReplyAddresses = { of: async () => ({ replyTo: null, reference: null, footLine: null }) };

/** Cases and questions that a mail may answer, in memory; counts what is looked up. */
export class MemoryReplyStore implements ReplyStore, ReferenceStore {
  readonly cases = new Map<string, { readonly case: Case; readonly actions: readonly Action[] }>();
  readonly requests = new Map<string, PersonRequest>();
  readonly references = new Map<string, KeptReference>();
  readonly claimed = new Set<string>();
  lookUps = 0;

  async caseWithActions(caseId: string) {
    this.lookUps += 1;
    return this.cases.get(caseId) ?? null;
  }

  async request(requestId: string): Promise<PersonRequest | null> {
    this.lookUps += 1;
    return this.requests.get(requestId) ?? null;
  }

  async referenced(reference: string): Promise<KeptReference | null> {
    this.lookUps += 1;
    return this.references.get(reference) ?? null;
  }

  async keepReference(reference: string, kept: KeptReference): Promise<void> {
    if (!this.references.has(reference)) this.references.set(reference, kept);
  }

  async claim(name: string): Promise<boolean> {
    if (this.claimed.has(name)) return false;
    this.claimed.add(name);
    return true;
  }
}
