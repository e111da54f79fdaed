import * as z from 'zod';
import type { SourceImplementation } from '../implementation.ts';

/** `sandbox.json` beside a workflow: made-up companies by domain and people by e-mail address. */
const SandboxWorld = z.object({
  companies: z.record(z.string(), z.record(z.string(), z.json())),
  profiles: z.record(z.string(), z.record(z.string(), z.json())),
});

interface Assets {
  read(path: string): Promise<Uint8Array | null>;
}

export function readCompany(assets: Assets): SourceImplementation {
  return async (args, { workflow }) => {
    const { companies } = await world(assets, workflow);
    const company = entryOf(companies, args['domain']);
    if (company === undefined) {
      return { found: false, employees: null, industry: null, country: null, funding: null, techStack: [] };
    }
    return { found: true, employees: null, industry: null, country: null, funding: null, techStack: [], ...company };
  };
}

export function readProfile(assets: Assets): SourceImplementation {
  return async (args, { workflow }) => {
    const { profiles } = await world(assets, workflow);
    const profile = entryOf(profiles, withoutTag(String(args['email'])));
    if (profile === undefined) return { found: false, jobFunction: null, seniority: null, headline: null };
    return { found: true, jobFunction: null, seniority: null, headline: null, ...profile };
  };
}

/** `anna+news@b.example` is Anna too. */
function withoutTag(address: string): string {
  return address.replace(/\+[^@]*@/, '@');
}

/** What every object inherits is no entry. */
function entryOf<T>(entries: Readonly<Record<string, T>>, key: unknown): T | undefined {
  return Object.hasOwn(entries, String(key)) ? entries[String(key)] : undefined;
}

const worlds = new Map<string, Promise<z.infer<typeof SandboxWorld>>>();

/** The file is part of the bundle, so it is read once; a failure is not kept. */
function world(assets: Assets, workflow: string): Promise<z.infer<typeof SandboxWorld>> {
  const known = worlds.get(workflow);
  if (known !== undefined) return known;
  const loading = load(assets, workflow);
  worlds.set(workflow, loading);
  loading.catch(() => worlds.delete(workflow));
  return loading;
}

async function load(assets: Assets, workflow: string): Promise<z.infer<typeof SandboxWorld>> {
  const bytes = await assets.read(`agents/${workflow}/sandbox.json`);
  if (bytes === null) return { companies: {}, profiles: {} };
  return SandboxWorld.parse(JSON.parse(new TextDecoder().decode(bytes)));
}
