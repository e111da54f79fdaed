export interface S3Place {
  readonly region: string;
  /** In place of the address of S3 in that region; null for that. */
  readonly endpoint: string | null;
}

/**
 * The address of an object, or of a bucket where the key is empty: the bucket in the path, which every endpoint of S3 takes.
 * @throws UnsafeKeyError for a key that a URL takes for steps up and down, out of the bucket
 */
export function s3Url(
  { region, endpoint }: S3Place,
  {
    bucket,
    key,
    query = {},
  }: { readonly bucket: string; readonly key: string; readonly query?: Readonly<Record<string, string>> },
): URL {
  const segments = key === '' ? [] : key.split('/');
  if (segments.some((segment) => segment === '.' || segment === '..')) throw new UnsafeKeyError(key);
  const path = [bucket, ...segments].map(encoded).join('/');
  const pairs = Object.entries(query).map(([name, value]) => `${encoded(name)}=${encoded(value)}`);
  const asked = pairs.length === 0 ? '' : `?${pairs.toSorted().join('&')}`;
  return new URL(`${endpoint ?? `https://s3.${region}.amazonaws.com`}/${path}${asked}`);
}

export class UnsafeKeyError extends Error {
  override readonly name = 'UnsafeKeyError';

  constructor(key: string) {
    super(`The key ${JSON.stringify(key)} is no path that can be asked for`);
  }
}

function encoded(text: string): string {
  return encodeURIComponent(text).replaceAll(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);
}
