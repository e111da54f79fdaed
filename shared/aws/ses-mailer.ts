import { SESv2Client, type SESv2ClientConfig, SESv2ServiceException, SendEmailCommand } from '@aws-sdk/client-sesv2';
import { EffectError, type Mail, type Mailer } from '../ports/index.ts';

/** Refusals that another try may well not meet. */
const PASSING = new Set(['TooManyRequestsException', 'LimitExceededException', 'ThrottlingException']);

/** A client that calls once. SES knows no key: a call repeated after a lost answer would send the mail a second time. */
export function sesClient(config: SESv2ClientConfig = {}): SESv2Client {
  return new SESv2Client({ ...config, maxAttempts: 1 });
}

export class SesMailer implements Mailer {
  readonly #client: SESv2Client;
  readonly #from: string;

  constructor(client: SESv2Client, from: string) {
    this.#client = client;
    this.#from = from;
  }

  async send(mail: Mail): Promise<string> {
    try {
      const { MessageId: id } = await this.#client.send(this.#command(mail));
      return id ?? '';
    } catch (error) {
      throw isRefusal(error)
        ? new EffectError(error.message, { isPassing: PASSING.has(error.name), cause: error })
        : error;
    }
  }

  #command({ to, bcc, subject, text, html }: Mail): SendEmailCommand {
    const utf8 = (Data: string) => ({ Data, Charset: 'UTF-8' });
    return new SendEmailCommand({
      FromEmailAddress: this.#from,
      Destination: { ToAddresses: [...to], ...(bcc.length === 0 ? {} : { BccAddresses: [...bcc] }) },
      Content: {
        Simple: { Subject: utf8(subject), Body: { Text: utf8(text), ...(html === null ? {} : { Html: utf8(html) }) } },
      },
    });
  }
}

/** SES answered and said no: nothing was sent. A server fault or a lost answer leaves that open. */
function isRefusal(error: unknown): error is SESv2ServiceException {
  return error instanceof SESv2ServiceException && error.$fault === 'client';
}
