import { EffectError, type Mail, type Mailer } from '../../shared/ports/index.ts';

/** Records mails. Addresses can be made to refuse for good, or for the next mail only. */
export class MemoryMailer implements Mailer {
  readonly sent: Mail[] = [];
  readonly #refusing = new Set<string>();
  #outages = 0;

  async send(mail: Mail): Promise<string> {
    if (this.#outages > 0) {
      this.#outages -= 1;
      throw new EffectError('too many mails', { isPassing: true });
    }
    const refusing = mail.to.find((address) => this.#refusing.has(address));
    if (refusing !== undefined) throw new EffectError('the address is suppressed', { isPassing: false });
    this.sent.push(mail);
    return `mail-${this.sent.length}`;
  }

  refuse(address: string): void {
    this.#refusing.add(address);
  }

  /** The next so many mails meet a passing refusal. */
  throttle(times: number): void {
    this.#outages = times;
  }

  to(address: string): Mail[] {
    return this.sent.filter((mail) => mail.to.includes(address));
  }
}
