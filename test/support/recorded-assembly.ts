import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Template } from './deployment.ts';
import { assemblyWith } from './other-workflows.ts';

const RECORD = pathToFileURL(join(import.meta.dirname, 'network-record.ts')).href;

/** A deployed stack of which every host is known that a function asks for. */
export interface RecordedAssembly {
  readonly assembly: string;
  /** Hosts with ports, by the file in functions/ that asked for them. */
  readonly hosts: () => ReadonlyMap<string, ReadonlySet<string>>;
}

/**
 * The synthesized stack with the workflows of a module that stands in for agents/index.ts, and a network that records in
 * front of each function.
 */
export async function recordedAssembly(
  file: string,
  module: string,
  change: (template: Template) => void = () => {},
): Promise<RecordedAssembly> {
  const assembly = await assemblyWith(module, (template) => {
    change(template);
    for (const { Properties } of functionsOf(template)) {
      const environment = (Properties['Environment'] ?? { Variables: {} }) as { Variables: Record<string, unknown> };
      environment.Variables['RECORDED_NETWORK'] = file;
      environment.Variables['RECORDED_FUNCTION'] = Properties['Description'];
      Properties['Environment'] = environment;
    }
  });
  for (const folder of readdirSync(assembly)) {
    const bundle = join(assembly, folder, 'index.mjs');
    if (existsSync(bundle)) writeFileSync(bundle, `import ${JSON.stringify(RECORD)};\n${readFileSync(bundle, 'utf8')}`);
  }
  writeFileSync(file, '');
  return { assembly, hosts: () => read(file) };
}

function read(file: string): Map<string, Set<string>> {
  const hosts = new Map<string, Set<string>>();
  for (const line of readFileSync(file, 'utf8').split('\n').filter(Boolean)) {
    const { name, host } = JSON.parse(line) as { readonly name: string; readonly host: string };
    hosts.set(name, (hosts.get(name) ?? new Set()).add(host));
  }
  return hosts;
}

function functionsOf({ Resources }: Template): Template['Resources'][string][] {
  return Object.values(Resources).filter(({ Type }) => Type === 'AWS::Lambda::Function');
}
