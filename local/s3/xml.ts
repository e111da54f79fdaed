import type { Json, JsonObject } from '../kernel/service.ts';

const DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>\n';
const NAMESPACE = 'xmlns="http://s3.amazonaws.com/doc/2006-03-01/"';

export function errorXml(code: string, message: string, requestId: string): string {
  return `${DECLARATION}<Error>${element('Code', code)}${element('Message', message)}${element('RequestId', requestId)}</Error>`;
}

export function bucketsXml(output: JsonObject): string {
  const buckets = objects(output['Buckets']).map(
    (bucket) => `<Bucket>${element('Name', bucket['Name'])}${time('CreationDate', bucket['CreationDate'])}</Bucket>`,
  );
  return `${DECLARATION}<ListAllMyBucketsResult ${NAMESPACE}><Buckets>${buckets.join('')}</Buckets></ListAllMyBucketsResult>`;
}

export function listXml(output: JsonObject): string {
  const said = ['Name', 'Prefix', 'Delimiter', 'StartAfter', 'MaxKeys', 'KeyCount', 'IsTruncated'].concat(
    ...[['ContinuationToken', 'NextContinuationToken']],
  );
  const contents = objects(output['Contents']).map(
    (one) =>
      `<Contents>${['Key', 'ETag', 'Size'].map((name) => element(name, one[name])).join('')}${time('LastModified', one['LastModified'])}<StorageClass>STANDARD</StorageClass></Contents>`,
  );
  const groups = (Array.isArray(output['CommonPrefixes']) ? (output['CommonPrefixes'] as readonly Json[]) : []).map(
    (prefix) => `<CommonPrefixes>${element('Prefix', prefix)}</CommonPrefixes>`,
  );
  const head = said.map((name) => element(name, output[name])).join('');
  return `${DECLARATION}<ListBucketResult ${NAMESPACE}>${head}${contents.join('')}${groups.join('')}</ListBucketResult>`;
}

function objects(value: Json | undefined): readonly JsonObject[] {
  return Array.isArray(value) ? (value as readonly JsonObject[]) : [];
}

function time(name: string, atMs: Json | undefined): string {
  return element(name, new Date(Number(atMs)).toISOString());
}

function element(name: string, value: Json | undefined): string {
  return value === undefined ? '' : `<${name}>${escaped(String(value))}</${name}>`;
}

/** Signs that XML cannot hold at all are spelled out, as S3 does for keys. */
function escaped(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll(/\p{Cc}/gu, (sign) => `&#${sign.charCodeAt(0)};`);
}
