import { AwsError } from '../../kernel/errors.ts';
import type { Dropped } from './buckets.ts';

/**
 * What a form with a file in it says: `bucket`, `folder`, and either the file or `name` and `text`.
 * @throws a 400 that says what is missing
 */
export async function droppedIn(body: Buffer, contentType: string): Promise<Dropped> {
  const form = await fieldsOf(body, contentType);
  const [bucket, folder, name, text] = ['bucket', 'folder', 'name', 'text'].map((field) => textOf(form, field));
  const file = form.get('file');
  if (bucket === '') throw new AwsError('BadRequest', 'Name the bucket.');
  const hasFile = file instanceof File && file.name !== '';
  const called = name === '' && hasFile ? file.name : (name ?? '');
  if (called === '') throw new AwsError('BadRequest', 'Choose a file, or name one and write its text.');
  const key = `${folder === '' ? '' : `${folder?.replace(/\/+$/, '')}/`}${called}`;
  const type = hasFile && file.type !== '' ? file.type : typeOf(called);
  const bytes = hasFile ? Buffer.from(await file.arrayBuffer()) : Buffer.from(text ?? '');
  return { bucket: bucket ?? '', key, bytes, type };
}

async function fieldsOf(body: Buffer, contentType: string): Promise<FormData> {
  try {
    return await new Response(new Uint8Array(body), { headers: { 'content-type': contentType } }).formData();
  } catch {
    throw new AwsError('BadRequest', 'The body is no form with a file in it.');
  }
}

function textOf(form: FormData, field: string): string {
  const value = form.get(field);
  return typeof value === 'string' ? value.trim() : '';
}

function typeOf(name: string): string {
  return /\.csv$/i.test(name) ? 'text/csv' : 'text/plain; charset=utf-8';
}
