import type { FileAddress, FilePart, FileRead, Files } from '../../shared/ports/index.ts';

/** Files in buckets, by `bucket/key`. */
export class MemoryFiles implements Files {
  readonly stored = new Map<string, Uint8Array>();
  /** What was read, in order. */
  readonly reads: { readonly key: string; readonly bytes: number }[] = [];

  async read({ bucket, key }: FileAddress, mostBytes: number): Promise<FileRead> {
    const bytes = this.stored.get(`${bucket}/${key}`);
    if (bytes === undefined) throw new Error(`There is no file ${bucket}/${key}`);
    if (bytes.byteLength > mostBytes) return { kind: 'too-large', bytes: bytes.byteLength };
    this.reads.push({ key, bytes: bytes.byteLength });
    return { kind: 'read', bytes };
  }

  async remove({ bucket, key }: Pick<FileAddress, 'bucket' | 'key'>): Promise<void> {
    this.stored.delete(`${bucket}/${key}`);
  }

  async readPart(address: FileAddress, { start, end }: FilePart): Promise<Uint8Array> {
    const { bucket, key } = address;
    const bytes = this.stored.get(`${bucket}/${key}`);
    if (bytes === undefined || bytes.byteLength < end) throw new Error(`${key} does not have byte ${end}`);
    this.reads.push({ key, bytes: end - start });
    return bytes.subarray(start, end);
  }
}
