import { type SESv2Client, SendEmailCommand } from '@aws-sdk/client-sesv2';
import type { Mail, Mailer } from '../ports/index.ts';

export class SesMailer implements Mailer {
  readonly #client: SESv2Client;
  readonly #from: string;

  constructor(client: SESv2Client, from: string) {
    this.#client = client;
    this.#from = from;
  }

  async send({ to, bcc, subject, text, html }: Mail): Promise<string> {
    const utf8 = (Data: string) => ({ Data, Charset: 'UTF-8' });
    const { MessageId: id } = await this.#client.send(
      new SendEmailCommand({
        FromEmailAddress: this.#from,
        Destination: { ToAddresses: [...to], ...(bcc.length === 0 ? {} : { BccAddresses: [...bcc] }) },
        Content: {
          Simple: {
            Subject: utf8(subject),
            Body: { Text: utf8(text), ...(html === null ? {} : { Html: utf8(html) }) },
          },
        },
      }),
    );
    return id ?? '';
  }
}
