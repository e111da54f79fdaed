import type { ActionConnector, SourceConnector, Workflow } from '../authoring/index.ts';
import type { Effects, Sources } from '../ports/index.ts';
import { ACTION_SYSTEMS } from './action-systems.ts';
import type { ActionImplementation, ActionPorts, SourceImplementation, SourcePorts } from './implementation.ts';
import { SOURCE_SYSTEMS } from './source-systems.ts';

/** The reading side of what the workflows name. */
export function bindSources(ports: SourcePorts & { readonly connectors: readonly SourceConnector[] }): Sources {
  const sources = bound(ports.connectors, (connector): SourceImplementation => {
    const [system, what] = partsOf(connector.id);
    const sourcesOf = found(SOURCE_SYSTEMS, system, connector.id).sources;
    return found(sourcesOf, Object.hasOwn(sourcesOf, what) ? what : '*', connector.id)(ports, connector);
  });
  return {
    read: async (id, args, context) => found(sources, id, id)()(args, context),
    list: async (id, list) => {
      const [system, what] = partsOf(id);
      const lists = found(SOURCE_SYSTEMS, system, id).lists ?? {};
      return found(lists, `${what}/${list}`, `${id}/${list}`)(ports)();
    },
  };
}

/** The acting side of what the workflows name. */
export function bindEffects(ports: ActionPorts & { readonly connectors: readonly ActionConnector[] }): Effects {
  const actions = bound(ports.connectors, (connector): ActionImplementation => {
    const [system, what] = partsOf(connector.id);
    const actionsOf = found(ACTION_SYSTEMS, system, connector.id);
    return found(actionsOf, Object.hasOwn(actionsOf, what) ? what : '*', connector.id)(ports, connector);
  });
  return { perform: async (id, args, context) => found(actions, id, id)()(args, context) };
}

/** The connectors of all sources and actions. */
export function connectorsOf(workflows: readonly Workflow[]): {
  readonly sources: readonly SourceConnector[];
  readonly actions: readonly ActionConnector[];
} {
  return {
    sources: workflows.flatMap(({ sources }) => Object.values(sources).map(({ connector }) => connector)),
    actions: workflows.flatMap(({ actions }) => Object.values(actions).map(({ connector }) => connector)),
  };
}

/** Makes each implementation when it is first asked for. @throws when two connectors share an id. */
function bound<C extends { readonly id: string }, I>(
  connectors: readonly C[],
  make: (connector: C) => I,
): Readonly<Record<string, () => I>> {
  const made = new Map<C, I>();
  const table: Record<string, () => I> = {};
  const known = new Map<string, C>();
  for (const connector of connectors) {
    const other = known.get(connector.id) ?? connector;
    if (other !== connector) throw new Error(`Two connectors are called ${connector.id}: give one another name`);
    known.set(connector.id, connector);
    table[connector.id] = () => {
      const implementation = made.get(connector) ?? make(connector);
      made.set(connector, implementation);
      return implementation;
    };
  }
  return table;
}

function partsOf(id: string): [system: string, what: string] {
  const dot = id.indexOf('.');
  return dot === -1 ? [id, ''] : [id.slice(0, dot), id.slice(dot + 1)];
}

function found<T>(table: Readonly<Record<string, T>>, key: string, id: string): T {
  const implementation = Object.hasOwn(table, key) ? table[key] : undefined;
  if (implementation === undefined) throw new Error(`There is no connector ${id}`);
  return implementation;
}
