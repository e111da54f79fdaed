import { AwsError } from '../kernel/errors.ts';
import { arnOf, type Place } from '../kernel/names.ts';
import type { Store } from '../kernel/store.ts';
import type { MailAddress } from './addresses.ts';

/** Who may be named as sender: addresses, and domains with everything under them. */
export class Identities {
  readonly #store: Store;
  readonly #place: Place;

  constructor(store: Store, place: Place) {
    this.#store = store;
    this.#place = place;
    store.define('CREATE TABLE IF NOT EXISTS ses_identity (identity TEXT PRIMARY KEY)');
  }

  /** Call inside a write. */
  add(identity: string): void {
    this.#store
      .statement('INSERT INTO ses_identity (identity) VALUES (?) ON CONFLICT (identity) DO NOTHING')
      .run(normalized(identity));
  }

  /** Call inside a write. */
  remove(identity: string): void {
    this.#store.statement('DELETE FROM ses_identity WHERE identity = ?').run(normalized(identity));
  }

  has(identity: string): boolean {
    return (
      this.#store.statement('SELECT 1 FROM ses_identity WHERE identity = ?').get(normalized(identity)) !== undefined
    );
  }

  all(): string[] {
    const rows = this.#store.statement('SELECT identity FROM ses_identity ORDER BY identity').all();
    return rows.map((row) => String(row['identity']));
  }

  /** The verified identity that covers a sender: its address, its domain, or the nearest domain above; else null. */
  covering(sender: MailAddress): string | null {
    const labels = sender.domain.split('.');
    const domains = labels.map((_, index) => labels.slice(index).join('.'));
    return [sender.address, ...domains].find((identity) => this.has(identity)) ?? null;
  }

  /** The ARN that IAM judges: of the covering identity, or of the sender's domain where none covers it. */
  arnFor(sender: MailAddress): string {
    return this.arn(this.covering(sender) ?? sender.domain);
  }

  arn(identity: string): string {
    return arnOf(this.#place, 'ses', `identity/${identity}`);
  }

  /** @throws MessageRejected */
  checkVerified(sender: MailAddress): void {
    if (this.covering(sender) !== null) return;
    throw new AwsError(
      'MessageRejected',
      `Email address is not verified. The following identities failed the check in region ${this.#place.region.toUpperCase()}: ${sender.address}`,
    );
  }
}

/** Domains are the same in any case; of an address only its domain is. */
function normalized(identity: string): string {
  const at = identity.lastIndexOf('@');
  return at < 0 ? identity.toLowerCase() : `${identity.slice(0, at)}${identity.slice(at).toLowerCase()}`;
}
