import type { Json } from '../kernel/service.ts';
import type { AssemblyStack } from './assembly.ts';
import { BootError } from './boot-error.ts';

/**
 * The stacks so that each comes after those that it imports from, else in the given order. Throws BootError on a circle,
 * which nobody could deploy.
 */
export function exportersFirst(stacks: readonly AssemblyStack[]): readonly AssemblyStack[] {
  const exporterOf = new Map(stacks.flatMap((stack) => exportedNames(stack).map((name) => [name, stack] as const)));
  const ordered = new Set<AssemblyStack>();
  const onTheWay = new Set<AssemblyStack>();
  const visit = (stack: AssemblyStack): void => {
    if (ordered.has(stack)) return;
    if (onTheWay.has(stack)) throw new BootError(`The stacks import from each other in a circle: ${stack.name}.`);
    onTheWay.add(stack);
    for (const name of importedNames(stack)) {
      const exporter = exporterOf.get(name);
      if (exporter !== undefined) visit(exporter);
    }
    onTheWay.delete(stack);
    ordered.add(stack);
  };
  for (const stack of stacks) visit(stack);
  return [...ordered];
}

/** Names that a template puts together are known only when it is resolved; CDK writes them out. */
function exportedNames({ template }: AssemblyStack): readonly string[] {
  return Object.values(template.Outputs ?? {}).flatMap(({ Export: one }) =>
    typeof one?.Name === 'string' ? [one.Name] : [],
  );
}

function importedNames({ template }: AssemblyStack): readonly string[] {
  const found: string[] = [];
  const collect = (value: Json | undefined): void => {
    if (typeof value !== 'object' || value === null) return;
    for (const [key, member] of Object.entries(value)) {
      if (key === 'Fn::ImportValue' && typeof member === 'string') found.push(member);
      collect(member as Json);
    }
  };
  for (const { Properties } of Object.values(template.Resources)) collect(Properties);
  for (const { Value } of Object.values(template.Outputs ?? {})) collect(Value);
  return found;
}
