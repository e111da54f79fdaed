import type { ActionConnector, SourceConnector, Workflow } from '../authoring/index.ts';
import type { Effects, Sources } from '../ports/index.ts';
import { ACTION_SYSTEMS } from './action-systems.ts';
import type { ActionImplementation, ActionPorts, SourceImplementation, SourcePorts } from './implementation.ts';
import { SOURCE_SYSTEMS } from './source-systems.ts';

/** The connectors of a workflow, by its id. */
export type ConnectorsOf<C> = (workflow: string) => readonly C[];

/** The reading side of what the workflows name. A system is loaded, and its ports are asked for, when it is first read. */
export function bindSources(ports: () => Promise<SourcePorts>, known: ConnectorsOf<SourceConnector>): Sources {
  const sources = bound(async (connector: SourceConnector): Promise<SourceImplementation> => {
    const [system, what] = partsOf(connector.id);
    const { sources: sourcesOf } = await found(SOURCE_SYSTEMS, system, connector.id)();
    return found(sourcesOf, Object.hasOwn(sourcesOf, what) ? what : '*', connector.id)(await ports(), connector);
  });
  return {
    read: async (id, args, context) => {
      const read = await sources(named(known(context.workflow), id));
      return read(args, context);
    },
    list: async (id, list) => {
      const [system, what] = partsOf(id);
      const { lists = {} } = await found(SOURCE_SYSTEMS, system, id)();
      return found(lists, `${what}/${list}`, `${id}/${list}`)(await ports())();
    },
  };
}

/** The acting side of what the workflows name. A system is loaded, and its ports are asked for, when something is first done there. */
export function bindEffects(ports: () => Promise<ActionPorts>, known: ConnectorsOf<ActionConnector>): Effects {
  const actions = bound(async (connector: ActionConnector): Promise<ActionImplementation> => {
    const [system, what] = partsOf(connector.id);
    const actionsOf = await found(ACTION_SYSTEMS, system, connector.id)();
    return found(actionsOf, Object.hasOwn(actionsOf, what) ? what : '*', connector.id)(await ports(), connector);
  });
  return {
    perform: async (id, args, context) => {
      const perform = await actions(named(known(context.workflow), id));
      return perform(args, context);
    },
  };
}

export interface Connectors {
  readonly sources: readonly SourceConnector[];
  readonly actions: readonly ActionConnector[];
}

/** The connectors of all sources and actions of these workflows. @throws when two of them share an id. */
export function connectorsOf(workflows: readonly Workflow[]): Connectors {
  const sources = workflows.flatMap((workflow) => Object.values(workflow.sources).map(({ connector }) => connector));
  const actions = workflows.flatMap((workflow) => Object.values(workflow.actions).map(({ connector }) => connector));
  for (const connectors of [sources, actions]) refuseSameIds(connectors);
  return { sources, actions };
}

function refuseSameIds(connectors: readonly { readonly id: string }[]): void {
  const known = new Map<string, { readonly id: string }>();
  for (const connector of connectors) {
    if ((known.get(connector.id) ?? connector) !== connector) {
      throw new Error(`Two connectors are called ${connector.id}: give one another name`);
    }
    known.set(connector.id, connector);
  }
}

/** Makes each implementation when it is first asked for, and again where its system could not be loaded. */
function bound<C extends object, I>(make: (connector: C) => Promise<I>): (connector: C) => Promise<I> {
  const made = new WeakMap<C, Promise<I>>();
  return (connector) => {
    const known = made.get(connector);
    if (known !== undefined) return known;
    const making = make(connector);
    made.set(connector, making);
    making.catch(() => made.delete(connector));
    return making;
  };
}

function named<C extends { readonly id: string }>(connectors: readonly C[], id: string): C {
  const connector = connectors.find((one) => one.id === id);
  if (connector === undefined) throw new Error(`There is no connector ${id}`);
  return connector;
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
