import { readdirSync, readFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import * as z from 'zod';
import { BootError, type Resource } from '../template/index.ts';
import type { Stack } from './stack.ts';

/** In the metadata of a bucket: prefixes, and folders beside the template with the files that come with the stack. */
const FIRST_FILES = 'remit:first-files';

/** Puts each of these files where nothing of its name is yet: what people have put there since stays. */
export function placeFirstFiles({ logicalId, physicalId: bucket, metadata }: Resource, { assembly, aws }: Stack): void {
  const told = metadata[FIRST_FILES];
  if (told === undefined) return;
  for (const [prefix, folder] of Object.entries(Folders.parse(told))) {
    const path = join(assembly.folder, folder);
    for (const name of namesIn(path, logicalId)) {
      const content = readFileSync(join(path, name));
      aws.s3.placeFirst({ bucket, key: `${prefix}${name}`, content, type: TYPES[extname(name)] ?? OTHER });
    }
  }
}

function namesIn(path: string, logicalId: string): readonly string[] {
  try {
    const entries = readdirSync(path, { recursive: true, withFileTypes: true });
    const files = entries.filter((entry) => entry.isFile());
    return files
      .map(({ parentPath, name }) =>
        join(parentPath, name)
          .slice(path.length + 1)
          .replaceAll('\\', '/'),
      )
      .toSorted();
  } catch (cause) {
    throw new BootError(`The bucket ${logicalId} names the folder ${path} for its first files, which cannot be read.`, {
      cause,
    });
  }
}

/** As tools that upload files name them. */
const TYPES: Readonly<Record<string, string>> = {
  '.csv': 'text/csv',
  '.json': 'application/json',
  '.md': 'text/markdown',
  '.txt': 'text/plain',
};
const OTHER = 'binary/octet-stream';

const Folders = z.record(z.string(), z.string());
