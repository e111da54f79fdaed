import { randomBytes } from 'node:crypto';

/** A new trace in X-Ray's form: `Root=1-<8 hex digits of the time>-<24 random hex digits>`. */
export function newTraceId(nowMs: number): string {
  const seconds = Math.floor(nowMs / 1000)
    .toString(16)
    .padStart(8, '0');
  return `Root=1-${seconds}-${randomBytes(12).toString('hex')}`;
}

/** The trace in a trace header, without parent and sampling; null where it has none. */
export function traceIdOfHeader(header: string | null | undefined): string | null {
  return /Root=1-[0-9a-f]{8}-[0-9a-f]{24}/.exec(header ?? '')?.[0] ?? null;
}
