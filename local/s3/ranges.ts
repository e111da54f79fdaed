import { AwsError, notBuilt } from '../kernel/errors.ts';

/**
 * The bytes that a header `range` asks for, from `start` to before `end`, as far as the object has them; null for what is no
 * range, which is passed over. @throws InvalidRange where the object ends before them
 */
export function partOf(range: string, sizeBytes: number): { readonly start: number; readonly end: number } | null {
  const named = /^bytes=(\d*)-(\d*)$/.exec(range.trim());
  if (named === null) {
    if (/^bytes=.*,/.test(range)) throw notBuilt('S3', 'GetObject with several ranges');
    return null;
  }
  const [, first = '', last = ''] = named;
  if (first === '' && last === '') return null;
  const start = first === '' ? Math.max(0, sizeBytes - Number(last)) : Number(first);
  const end = first === '' || last === '' ? sizeBytes : Math.min(sizeBytes, Number(last) + 1);
  if (first !== '' && last !== '' && Number(last) < start) return null;
  if (start >= end) throw new AwsError('InvalidRange', 'The requested range is not satisfiable', { status: 416 });
  return { start, end };
}
