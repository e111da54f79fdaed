import { type ListedObject, StoreFailure } from '../ports/index.ts';

/** What an error of S3 takes at most; a proxy may answer with a whole page. */
const LONGEST_ERROR = 20_000;

/** An answer that is no success: S3's own code where it gives one, which an answer to HEAD never does. */
export async function failureIn(answer: Response, retryAfterMs: number | null): Promise<StoreFailure> {
  const text = (await answer.text()).slice(0, LONGEST_ERROR);
  const said = elementOf(text, 'Code');
  // The words name the right of KMS that is missing; the code is the one of S3's own rights.
  const isAboutKey = said?.startsWith('KMS.') === true || /\bkms:\w+/.test(elementOf(text, 'Message') ?? '');
  const code = isAboutKey ? 'KeyDenied' : said;
  const words = code === null ? `the bucket answered ${answer.status}` : `the bucket answered ${answer.status} ${code}`;
  return new StoreFailure({ status: answer.status, code }, words, { retryAfterMs });
}

/** @throws StoreFailure for what is no whole list */
export function listedIn(text: string): { objects: readonly ListedObject[]; isAll: boolean } {
  const isAll = elementOf(text, 'IsTruncated');
  if (isAll === null || !text.trimEnd().endsWith('</ListBucketResult>')) {
    throw new StoreFailure({ stage: 'no-answer' }, 'the list broke off');
  }
  const objects = [...text.matchAll(/<Contents>(.*?)<\/Contents>/gs)].map(([, one = '']) => ({
    key: elementOf(one, 'Key') ?? '',
    bytes: Number(elementOf(one, 'Size') ?? 0),
    etag: (elementOf(one, 'ETag') ?? '').replaceAll('"', ''),
    changedAtMs: Date.parse(elementOf(one, 'LastModified') ?? ''),
  }));
  return { objects, isAll: isAll === 'false' };
}

function elementOf(xml: string, name: string): string | null {
  const found = new RegExp(`<${name}>([^<]*)</${name}>`).exec(xml)?.[1];
  return found === undefined ? null : unescaped(found);
}

const NAMED: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

function unescaped(text: string): string {
  return text.replaceAll(/&(?:#x([0-9a-f]+)|#(\d+)|(\w+));/gi, (whole, hexadecimal, decimal, name) => {
    if (name !== undefined) return NAMED[name] ?? whole;
    const point = Number.parseInt(hexadecimal ?? decimal, hexadecimal === undefined ? 10 : 16);
    return point <= 0x10ffff ? String.fromCodePoint(point) : whole;
  });
}
