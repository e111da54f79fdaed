import type { Workflow } from '../../authoring/index.ts';
import type { PersonRequest } from '../../contracts/index.ts';
import { RequestId } from '../../contracts/index.ts';
import { sha256 } from '../../domain/digest.ts';
import { mailDoubts } from '../../domain/mail/mail-doubts.ts';
import type { ParsedMail } from '../../domain/mail/parsed-mail.ts';
import type { MailReceipt } from '../../domain/mail/receipt.ts';
import type { Mail, Mailer, ReplyStore, Telemetry } from '../../ports/index.ts';

export interface PagePorts {
  readonly workflows: readonly Workflow[];
  readonly replies: ReplyStore;
  readonly mailer: Mailer;
  /** Where people reach the pages, without a slash at the end. */
  readonly publicUrl: string;
  readonly telemetry: Telemetry;
}

/** Longer than a question is kept. */
const REMEMBERED_MS = 400 * 24 * 3_600_000;

/** Counts mails that belong to no workflow. */
const NOBODYS = 'none';

/**
 * An answer by mail to a mail for our own people. It decides nothing: whoever has a mail may have been forwarded it, and a
 * name in From is no proof. One of our people whose address is proved is told so, once for each question, and once a day
 * where it answers none. Claimed before it is sent, so that it may be sent never and not twice.
 */
export async function answersAreOnPage(
  ports: PagePorts,
  { label, mail, receipt }: { readonly label: string | null; readonly mail: ParsedMail; readonly receipt: MailReceipt },
): Promise<void> {
  const id = RequestId.safeParse(label);
  const request = id.success ? await ports.replies.request(id.data) : null;
  const workflow = request?.workflow ?? NOBODYS;
  ports.telemetry.count('RepliesNotTaken', 1, workflow);
  const sender = mail.from.address.trim().toLowerCase();
  const isOurs = mailDoubts(receipt, mail).length === 0 && ourPeople(ports.workflows, request).has(sender);
  const day = receipt.timestamp.slice(0, 10);
  const name = sha256(`reply\n${request?.id ?? day}\n${sender}`);
  const isTold = isOurs && (await ports.replies.claim(name, Date.parse(receipt.timestamp) + REMEMBERED_MS));
  ports.telemetry.log('reply-not-taken', { workflow, requestId: request?.id ?? null, isTold });
  if (isTold) await ports.mailer.send(pageMail(sender, request, ports.publicUrl));
}

/** Everybody who is asked it, and whoever is named in a team. */
function ourPeople(workflows: readonly Workflow[], request: PersonRequest | null): ReadonlySet<string> {
  const asked = request === null ? [] : [...request.people, ...request.nextPeople];
  const named = workflows.flatMap(({ team }) => [
    team.owner,
    ...[...team.approvers, ...team.nextApprovers].filter((rule) => typeof rule === 'string'),
    ...Object.values(team.roles).flat(),
  ]);
  return new Set([...asked, ...named].map((address) => address.toLowerCase()));
}

/** Nothing of the mail that came is in it. */
function pageMail(to: string, request: PersonRequest | null, publicUrl: string): Mail {
  const what =
    request === null
      ? 'The mail that you answered was for you to read; nobody reads what is answered to it.'
      : request.state === 'open'
        ? 'The question is still open. Please answer it on the page behind the link in the mail that you got'
        : 'The question is settled meanwhile. How it ended is on the page behind the link in the mail that you got';
  return {
    to: [to],
    bcc: [],
    subject: 'Your mail has decided nothing',
    text: [
      'Remit takes no answers by mail: it cannot be proved who wrote one.',
      '',
      request === null ? what : `${what}, or in your inbox:`,
      ...(request === null ? ['What waits for you is in your inbox:'] : []),
      `${publicUrl}/inbox`,
      '',
      'You are told this once.',
      '',
    ].join('\n'),
    html: null,
    isAutoReply: true,
    ...(request === null ? {} : { requestId: request.id }),
  };
}
