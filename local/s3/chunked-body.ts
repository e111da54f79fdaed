import { AwsError } from '../kernel/errors.ts';

/**
 * The content of an `aws-chunked` body: each part has its length in hexadecimal digits before it; what comes after the
 * last, empty one is about the content and no part of it.
 */
export function unchunked(body: Buffer): Buffer {
  const parts: Buffer[] = [];
  for (let at = 0; ; ) {
    const end = body.indexOf('\r\n', at);
    const [size = ''] = body.toString('latin1', at, Math.max(at, end)).split(';', 1);
    const length = /^[0-9a-f]+$/i.test(size) ? Number.parseInt(size, 16) : Number.NaN;
    if (end < 0 || !Number.isSafeInteger(length) || end + 2 + length > body.length) {
      throw new AwsError('IncompleteBody', 'The request body terminated unexpectedly');
    }
    if (length === 0) return Buffer.concat(parts);
    parts.push(body.subarray(end + 2, end + 2 + length));
    at = end + 2 + length + 2;
  }
}
