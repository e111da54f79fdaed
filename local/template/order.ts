import type { Json } from '../kernel/service.ts';
import type { TemplateResource } from './assembly.ts';
import { BootError } from './boot-error.ts';

/** Logical ids so that each comes after everything it refers to or depends on. Throws BootError on a circle. */
export function inDependencyOrder(resources: Readonly<Record<string, TemplateResource>>): readonly string[] {
  const ordered = new Set<string>();
  const onTheWay = new Set<string>();
  const visit = (id: string): void => {
    if (ordered.has(id)) return;
    if (onTheWay.has(id)) throw new BootError(`The template's resources depend on each other in a circle: ${id}.`);
    onTheWay.add(id);
    for (const dependency of dependenciesOf(resources[id])) if (dependency in resources) visit(dependency);
    onTheWay.delete(id);
    ordered.add(id);
  };
  for (const id of Object.keys(resources)) visit(id);
  return [...ordered];
}

function dependenciesOf(resource: TemplateResource | undefined): ReadonlySet<string> {
  const found = new Set<string>([resource?.DependsOn ?? []].flat());
  collect(resource?.Properties ?? null, found);
  return found;
}

function collect(value: Json, found: Set<string>): void {
  if (Array.isArray(value)) {
    for (const item of value) collect(item, found);
    return;
  }
  if (typeof value !== 'object' || value === null) return;
  for (const [key, member] of Object.entries(value)) {
    if (key === 'Ref') found.add(String(member));
    else if (key === 'Fn::GetAtt') found.add(String(Array.isArray(member) ? member[0] : member).split('.')[0] ?? '');
    else if (key === 'Fn::Sub') collectFromText(member, found);
    if (key !== 'Ref') collect(member, found);
  }
}

function collectFromText(argument: Json, found: Set<string>): void {
  const text = String(Array.isArray(argument) ? argument[0] : argument);
  for (const [, name] of text.matchAll(/\$\{([^!}.]+)[^}]*\}/g)) found.add(name ?? '');
}
