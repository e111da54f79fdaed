import { z } from 'zod';
import { fromJson } from '../inputs/json.ts';
import type { Store } from '../kernel/store.ts';
import { linksOf } from './links.ts';

const Recipient = z.object({
  address: z.string(),
  outcome: z.enum(['delivered', 'bounced', 'complained', 'suppressed']),
});

const StoredMail = z.object({
  id: z.string(),
  atMs: z.number(),
  from: z.string(),
  to: z.array(z.string()),
  cc: z.array(z.string()),
  bcc: z.array(z.string()),
  replyTo: z.array(z.string()),
  subject: z.string(),
  text: z.string(),
  html: z.string(),
  headers: z.record(z.string(), z.string()),
  tags: z.record(z.string(), z.string()),
  attachments: z.array(z.object({ name: z.string(), mimeType: z.string(), sizeBytes: z.number() })),
  /** One entry for each address that the mail went to, with what became of it. */
  recipients: z.array(Recipient),
  traceId: z.string().nullable(),
});

export type SentMail = z.output<typeof StoredMail>;

export interface CaughtMail extends SentMail {
  /** All http(s) URLs of text and HTML, unescaped, each once. */
  readonly links: readonly string[];
}

/** What happened to one mail at one address, as SES would publish it. */
export interface MailEvent {
  readonly mailId: string;
  readonly atMs: number;
  readonly address: string;
  readonly outcome: z.output<typeof Recipient>['outcome'];
}

/** Every mail that was accepted, on disk. */
export class Mails {
  readonly #store: Store;

  constructor(store: Store) {
    this.#store = store;
    store.define(`
      CREATE TABLE IF NOT EXISTS ses_mail (seq INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL, at_ms INTEGER NOT NULL, mail TEXT NOT NULL);
      CREATE INDEX IF NOT EXISTS ses_mail_by_time ON ses_mail (at_ms);
      CREATE TABLE IF NOT EXISTS ses_recipient (mail_seq INTEGER NOT NULL, address TEXT NOT NULL, outcome TEXT NOT NULL, has_reached INTEGER NOT NULL);
      CREATE INDEX IF NOT EXISTS ses_recipient_by_address ON ses_recipient (address, has_reached, mail_seq);
      CREATE INDEX IF NOT EXISTS ses_recipient_by_mail ON ses_recipient (mail_seq);`);
  }

  /** Call inside a write. `hasReached` says which recipients find the mail in their mailbox. */
  add(mail: SentMail, hasReached: (outcome: SentMail['recipients'][number]['outcome']) => boolean): void {
    const { lastInsertRowid } = this.#store
      .statement('INSERT INTO ses_mail (id, at_ms, mail) VALUES (?, ?, ?)')
      .run(mail.id, mail.atMs, JSON.stringify(mail));
    for (const { address, outcome } of mail.recipients) {
      this.#store
        .statement('INSERT INTO ses_recipient (mail_seq, address, outcome, has_reached) VALUES (?, ?, ?, ?)')
        .run(lastInsertRowid, address.toLowerCase(), outcome, hasReached(outcome) ? 1 : 0);
    }
  }

  /** Mails that reached somebody, or the one named by `to`; newest first. */
  caught(to: string | null, limit: number): CaughtMail[] {
    const rows =
      to === null
        ? this.#store
            .statement(
              'SELECT mail FROM ses_mail WHERE EXISTS (SELECT 1 FROM ses_recipient WHERE mail_seq = seq AND has_reached = 1) ORDER BY seq DESC LIMIT ?',
            )
            .all(limit)
        : this.#store
            .statement(
              'SELECT mail FROM ses_mail WHERE seq IN (SELECT mail_seq FROM ses_recipient WHERE address = ? AND has_reached = 1) ORDER BY seq DESC LIMIT ?',
            )
            .all(to.toLowerCase(), limit);
    return rows.map((row) => {
      const mail = StoredMail.parse(fromJson(row['mail']));
      return { ...mail, links: linksOf(mail.text, mail.html) };
    });
  }

  /** What happened at each address, newest first. */
  events(limit: number): MailEvent[] {
    return this.#store
      .statement(
        'SELECT m.id, m.at_ms, r.address, r.outcome FROM ses_recipient r JOIN ses_mail m ON m.seq = r.mail_seq ORDER BY r.rowid DESC LIMIT ?',
      )
      .all(limit)
      .map((row) => ({
        mailId: String(row['id']),
        atMs: Number(row['at_ms']),
        address: String(row['address']),
        outcome: Recipient.shape.outcome.parse(row['outcome']),
      }));
  }

  /** Takes out mails that hold one of these texts, in any case of their letters. Call inside a write. Gives how many. */
  eraseTexts(texts: readonly string[]): number {
    const wanted = texts.map((text) => text.toLowerCase());
    const found = this.#store
      .statement('SELECT seq, mail FROM ses_mail')
      .all()
      .filter(({ mail }) => wanted.some((text) => String(mail).toLowerCase().includes(text)));
    for (const { seq } of found) {
      this.#store.statement('DELETE FROM ses_recipient WHERE mail_seq = ?').run(seq ?? null);
      this.#store.statement('DELETE FROM ses_mail WHERE seq = ?').run(seq ?? null);
    }
    return found.length;
  }

  countSince(sinceMs: number): number {
    return Number(
      this.#store.statement('SELECT count(*) AS n FROM ses_mail WHERE at_ms >= ?').get(sinceMs)?.['n'] ?? 0,
    );
  }
}
