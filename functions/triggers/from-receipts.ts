import middy from '@middy/core';
import type { SESEvent, SESEventRecord } from 'aws-lambda';
import type { MailReceipt } from '../../shared/domain/mail/receipt.ts';
import type { Operation } from '../../shared/operations/operation.ts';
import type { Telemetry } from '../../shared/ports/index.ts';

/** Binds an operation to mails that SES receives; one that fails is delivered again. */
export function fromReceipts<Ports extends { readonly telemetry: Telemetry }, Output>(
  operation: Operation<Ports, MailReceipt, Output>,
  ports: Ports,
) {
  return middy(async ({ Records: records }: SESEvent): Promise<void> => {
    for (const record of records) await operation.run(ports, operation.input.parse(receiptOf(record)));
  }).onError(({ error }) => {
    ports.telemetry.log('mail-failed', {
      operation: operation.name,
      error: error instanceof Error ? error.name : 'unknown',
    });
  });
}

function receiptOf({ ses: { mail, receipt } }: SESEventRecord): unknown {
  return {
    ...{ messageId: mail.messageId, source: mail.source, timestamp: receipt.timestamp },
    recipients: receipt.recipients,
    ...{ spf: receipt.spfVerdict, dkim: receipt.dkimVerdict, dmarc: receipt.dmarcVerdict },
    ...{ spam: receipt.spamVerdict, virus: receipt.virusVerdict },
  };
}
