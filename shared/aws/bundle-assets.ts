import { readFile } from 'node:fs/promises';
import { join, normalize } from 'node:path';
import type { Assets } from '../ports/index.ts';

/** Files that lie beside the function's code. */
export class BundleAssets implements Assets {
  readonly #root: string;

  constructor(root: string) {
    this.#root = root;
  }

  async read(path: string): Promise<Uint8Array | null> {
    if (normalize(path).startsWith('..')) return null;
    try {
      return await readFile(join(this.#root, path));
    } catch (error) {
      if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
      throw error;
    }
  }
}
