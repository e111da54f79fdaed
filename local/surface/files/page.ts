import { escapeHtml, page } from '../page.ts';
import type { FileContent, ShownBucket, ShownFile } from './buckets.ts';

/** All buckets with their files, and a form to put one there. */
export function filesPage(buckets: readonly ShownBucket[]): string {
  const list = buckets.length === 0 ? '<p>There is no bucket.</p>' : buckets.map(bucketArticle).join('\n');
  return page(
    'Files',
    `<h1>Files</h1>
<p>The buckets of this machine, which stand in for S3: workflows read files here, reports are written here, and a file that
is dropped in the right place starts cases.</p>
${buckets.length === 0 ? '' : dropForm(buckets)}
${list}`,
  );
}

/** One file, as far as it is text. */
export function filePage({ bucket, key, bytes, type, etag, putAtMs }: FileContent): string {
  return page(
    key,
    `<p><a href="/_local/files/">All files</a></p>
<h1>${escapeHtml(key)}</h1>
<dl>
<dt>Bucket</dt><dd>${escapeHtml(bucket)}</dd>
<dt>Size</dt><dd>${sizeWords(bytes.byteLength)}</dd>
<dt>Type</dt><dd>${escapeHtml(type)}</dd>
<dt>Put at</dt><dd>${timeWords(putAtMs)}</dd>
<dt>ETag</dt><dd>${escapeHtml(etag)}</dd>
</dl>
${contentOf(bytes)}`,
  );
}

const MOST_SHOWN = 20_000;

function contentOf(bytes: Buffer): string {
  const text = bytes.subarray(0, MOST_SHOWN).toString('utf8');
  if (text.includes('\u0000')) return '<p>It is no text.</p>';
  const rest = bytes.byteLength > MOST_SHOWN ? `<p>The first ${sizeWords(MOST_SHOWN)} of it.</p>` : '';
  return `<pre>${escapeHtml(text)}</pre>${rest}`;
}

function dropForm(buckets: readonly ShownBucket[]): string {
  const starting = buckets.find(({ starts }) => starts.length > 0) ?? buckets[0];
  const options = buckets.map(
    ({ name }) => `<option${name === starting?.name ? ' selected' : ''}>${escapeHtml(name)}</option>`,
  );
  const folders = new Set(buckets.flatMap((bucket) => foldersOf(bucket)));
  const [first = ''] = starting === undefined ? [] : foldersOf(starting);
  return `<details class="write"><summary>Drop a file</summary>
<form method="post" action="/_local/files/drop" enctype="multipart/form-data">
<label>Bucket<select name="bucket">${options.join('')}</select></label>
<label>Folder<input name="folder" list="folders" value="${escapeHtml(first)}" maxlength="500"></label>
<datalist id="folders">${[...folders].map((one) => `<option value="${escapeHtml(one)}">`).join('')}</datalist>
<label>File<input name="file" type="file"></label>
<label>Or a name<input name="name" maxlength="200" placeholder="payments.csv"></label>
<label>and its text<textarea name="text" rows="5"></textarea></label>
<button>Put it there</button>
</form>
<p>It goes the way of any file in S3: it is put as a version, told to the event bus, and read from there.</p></details>`;
}

/** Where files start cases, and where there are some. */
function foldersOf({ files, starts }: ShownBucket): string[] {
  const keys = [...starts, ...files.map(({ key }) => key)];
  return [...new Set(keys.filter((key) => key.includes('/')).map((key) => key.slice(0, key.lastIndexOf('/'))))];
}

function bucketArticle({ name, files, isAll, starts }: ShownBucket): string {
  const rule = starts.map((keys) => `<p>A file <code>${escapeHtml(keys)}</code> starts cases.</p>`).join('');
  const items = files.map((file) => fileItem(name, file)).join('');
  const list = files.length === 0 ? '<p>Nothing lies in it.</p>' : `<ul>${items}</ul>`;
  return `<article>
<h2 style="overflow-wrap: anywhere">${escapeHtml(name)}</h2>
${rule}${list}${isAll ? '' : '<p>There are more files than this page looks at.</p>'}
</article>`;
}

function fileItem(bucket: string, { key, bytes, putAtMs }: ShownFile): string {
  const link = `/_local/files/show?bucket=${encodeURIComponent(bucket)}&key=${encodeURIComponent(key)}`;
  return `<li><a href="${escapeHtml(link)}">${escapeHtml(key)}</a><br>${sizeWords(bytes)}, ${timeWords(putAtMs)}</li>`;
}

function sizeWords(bytes: number): string {
  if (bytes < 1_000) return `${bytes} bytes`;
  return bytes < 1_000_000 ? `${(bytes / 1_000).toFixed(1)} KB` : `${(bytes / 1_000_000).toFixed(1)} MB`;
}

function timeWords(atMs: number): string {
  return `${new Date(atMs).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}
