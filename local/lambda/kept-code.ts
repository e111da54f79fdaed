import { createHash } from 'node:crypto';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';

/**
 * The code of all functions and their versions, in folders named after their contents: code that is deployed again is
 * there already, and what is there stays when the folder that it was deployed from goes away.
 */
export class KeptCode {
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = resolve(folder);
  }

  /** Keeps the files of a folder and answers where; they are on disk then. */
  keep(from: string): string {
    const files = filesOf(from, '');
    const kept = this.folderOf(fingerprint(files));
    if (existsSync(kept)) return kept;
    // Made aside first: a folder of that name is always whole.
    const aside = `${kept}.${process.pid}`;
    rmSync(aside, { recursive: true, force: true });
    for (const { path, contents, mode } of files) {
      mkdirSync(dirname(join(aside, path)), { recursive: true });
      writeFileSync(join(aside, path), contents, { flush: true });
      chmodSync(join(aside, path), mode);
    }
    mkdirSync(aside, { recursive: true });
    renameSync(aside, kept);
    return kept;
  }

  folderOf(id: string): string {
    return join(this.#folder, id);
  }

  /** What tells the code of a folder that `keep` answered from any other. */
  idOf(folder: string): string {
    return basename(folder);
  }

  /** Removes all code but that of these ids. */
  removeOthers(ids: ReadonlySet<string>): void {
    if (!existsSync(this.#folder)) return;
    for (const id of readdirSync(this.#folder)) {
      if (!ids.has(id)) rmSync(this.folderOf(id), { recursive: true, force: true });
    }
  }
}

interface CodeFile {
  /** Within the folder. */
  readonly path: string;
  readonly contents: Buffer;
  readonly mode: number;
}

/** All files in a fixed order; links are taken for what they lead to, as in an archive for Lambda. */
function filesOf(folder: string, within: string): CodeFile[] {
  const names = readdirSync(join(folder, within)).toSorted();
  return names.flatMap((name) => {
    const path = join(within, name);
    const { mode, isFolder } = kindOf(join(folder, path));
    return isFolder ? filesOf(folder, path) : [{ path, contents: readFileSync(join(folder, path)), mode }];
  });
}

function kindOf(path: string): { readonly mode: number; readonly isFolder: boolean } {
  const stats = statSync(path);
  return { mode: stats.mode & 0o777, isFolder: stats.isDirectory() };
}

function fingerprint(files: readonly CodeFile[]): string {
  const hash = createHash('sha256');
  for (const { path, contents, mode } of files) hash.update(`${path}\0${mode}\0${contents.length}\0`).update(contents);
  return hash.digest('hex').slice(0, 32);
}
