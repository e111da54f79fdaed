export interface FileAddress {
  readonly bucket: string;
  readonly key: string;
  /** Exactly this version; null for the newest. */
  readonly versionId: string | null;
}

export type FileRead =
  | { readonly kind: 'read'; readonly bytes: Uint8Array }
  /** Nothing of it was read. */
  | { readonly kind: 'too-large'; readonly bytes: number };

/** Bytes of a file, from `start` to before `end`; at least one. */
export interface FilePart {
  readonly start: number;
  readonly end: number;
}

/** Files that others have put into buckets of ours. Nothing here writes one. */
export interface Files {
  /** @throws Error when there is no such file, it may not be read, or the store does not answer */
  read(address: FileAddress, mostBytes: number): Promise<FileRead>;
  /** @throws Error as above, and when the file does not have all of these bytes */
  readPart(address: FileAddress, part: FilePart): Promise<Uint8Array>;
  /** Takes it out for good, where the bucket keeps no versions; one that is gone already is no failure. @throws Error as above */
  remove(address: Omit<FileAddress, 'versionId'>): Promise<void>;
}
