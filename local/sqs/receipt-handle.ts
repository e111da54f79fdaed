import { AwsError } from '../kernel/errors.ts';
import type { Receipt } from './messages.ts';

export function receiptHandle(receipt: Receipt): string {
  return Buffer.from(`${receipt.seq}:${receipt.token}`).toString('base64');
}

/** @throws ReceiptHandleIsInvalid for what was never a handle of this runtime. */
export function readReceiptHandle(handle: string): Receipt {
  const match = /^(\d+):([0-9a-f-]{36})$/.exec(Buffer.from(handle, 'base64').toString('utf8'));
  if (match?.[1] === undefined || match[2] === undefined) {
    throw new AwsError('ReceiptHandleIsInvalid', `The input receipt handle "${handle}" is not a valid receipt handle.`);
  }
  return { seq: Number(match[1]), token: match[2] };
}
