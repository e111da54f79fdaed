import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { bundleOptions } from '../../scripts/build/bundle.ts';
import { projectRoot } from '../../scripts/command/project.ts';

/** What no function does without: Zod, and AWS's client of DynamoDB. */
const FLOOR = `
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import * as z from 'zod';
export const client = new DynamoDBClient({});
export const Input = z.object({ caseId: z.string() });
export const handler = async (event) => Input.parse(event);
`;

/** Bundles the least that a function can be, as functions are bundled, into one file. */
export async function bundleFloor(path: string): Promise<void> {
  const esbuild = await import('esbuild');
  const { entryPoints: _entries, ...options } = bundleOptions([]);
  try {
    const stdin = { contents: FLOOR, resolveDir: projectRoot, sourcefile: 'floor.mjs' };
    const { outputFiles } = await esbuild.build({ ...options, stdin, sourcemap: false, metafile: false });
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, outputFiles[0]?.contents ?? new Uint8Array());
  } finally {
    await esbuild.stop();
  }
}
