import type * as z from 'zod';

interface Assets {
  read(path: string): Promise<Uint8Array | null>;
}

/**
 * Reads `sandbox.json` beside a workflow, its made-up outside world. The file is part of the bundle, so it is read once;
 * a failure is not kept. Null where the workflow has none.
 */
export function worldFile<T>(assets: Assets, schema: z.ZodType<T>): (workflow: string) => Promise<T | null> {
  const worlds = new Map<string, Promise<T | null>>();
  return (workflow) => {
    const known = worlds.get(workflow);
    if (known !== undefined) return known;
    const loading = load(assets, schema, workflow);
    worlds.set(workflow, loading);
    loading.catch(() => worlds.delete(workflow));
    return loading;
  };
}

async function load<T>(assets: Assets, schema: z.ZodType<T>, workflow: string): Promise<T | null> {
  const bytes = await assets.read(`agents/${workflow}/sandbox.json`);
  return bytes === null ? null : schema.parse(JSON.parse(new TextDecoder().decode(bytes)));
}
