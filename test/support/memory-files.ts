import type { FileAddress, FileRead, Files } from '../../shared/ports/index.ts';

/** Files in buckets, by `bucket/key`. */
export class MemoryFiles implements Files {
  readonly stored = new Map<string, Uint8Array>();

  async read({ bucket, key }: FileAddress, mostBytes: number): Promise<FileRead> {
    const bytes = this.stored.get(`${bucket}/${key}`);
    if (bytes === undefined) throw new Error(`There is no file ${bucket}/${key}`);
    return bytes.byteLength > mostBytes ? { kind: 'too-large', bytes: bytes.byteLength } : { kind: 'read', bytes };
  }
}
