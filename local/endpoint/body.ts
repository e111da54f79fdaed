import type { IncomingMessage } from 'node:http';
import { gunzipSync } from 'node:zlib';

/** The whole body; null when it is longer than `limitBytes`, in which case the rest is read and thrown away. */
export async function readBody(request: IncomingMessage, limitBytes: number): Promise<Buffer | null> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request) {
    const bytes = chunk as Buffer;
    length += bytes.length;
    if (length <= limitBytes) chunks.push(bytes);
  }
  if (length > limitBytes) return null;
  const body = chunks.length === 1 && chunks[0] !== undefined ? chunks[0] : Buffer.concat(chunks);
  return request.headers['content-encoding'] === 'gzip' ? gunzipSync(body) : body;
}
