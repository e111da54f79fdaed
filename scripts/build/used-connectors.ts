import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Plugin } from 'esbuild';
import type { ActionConnector, SourceConnector, Workflow } from '../../shared/authoring/index.ts';
import { Problem } from '../command/problem.ts';
import { inProject } from '../command/project.ts';

/** What the workflows of a deployment use of the connectors. */
export interface UsedConnectors {
  /** Systems by the first part of their connectors' ids. */
  readonly sources: readonly string[];
  readonly actions: readonly string[];
  readonly secrets: boolean;
  readonly web: boolean;
  readonly events: boolean;
  readonly files: boolean;
}

/**
 * Leaves the implementations of connectors that no workflow uses out of the bundles: the two tables of systems name just
 * those that are used, and what reaches secrets, the web and the bus is there only where a connector needs them.
 */
export function usedConnectors(workflows: () => Promise<readonly Workflow[]>): Plugin {
  let asked: Promise<UsedConnectors> | null = null;
  const used = () => {
    asked ??= workflows().then(usedBy);
    return asked;
  };
  return {
    name: 'used-connectors',
    setup(build) {
      const replace = (path: RegExp, text: (used: UsedConnectors) => string | null): void => {
        build.onLoad({ filter: path }, async (file) => {
          const contents = text(await used());
          return contents === null ? null : { contents, loader: 'ts', resolveDir: join(file.path, '..') };
        });
      };
      replace(/shared[\\/]connectors[\\/]source-systems\.ts$/, (by) =>
        tableOf('SOURCE_SYSTEMS', 'sources', by.sources),
      );
      replace(/shared[\\/]connectors[\\/]action-systems\.ts$/, (by) =>
        tableOf('ACTION_SYSTEMS', 'actions', by.actions),
      );
      replace(/shared[\\/]connectors[\\/]http[\\/]guarded-web\.ts$/, (by) => (by.web ? null : NO_WEB));
      replace(/shared[\\/]aws[\\/]connector-secrets\.ts$/, (by) => (by.secrets ? null : NO_SECRETS));
      replace(/shared[\\/]aws[\\/]s3-objects\.ts$/, (by) => (by.files ? null : NO_FILES));
      replace(/shared[\\/]aws[\\/]event-bridge-bus\.ts$/, (by) => (by.events ? null : NO_EVENTS));
    },
  };
}

const NO_SECRETS = 'export const connectorSecrets = () => ({ read: async () => null });';
const NO_WEB =
  "export const guardedWeb = () => ({ send: async () => { throw new Error('No connector reaches out'); } });";
const NO_FILES = 'export const s3Objects = () => null;';
const NO_EVENTS =
  "export const eventBridgeBus = () => { throw new Error('No action of this deployment puts events'); };";

export function usedBy(workflows: readonly Workflow[]): UsedConnectors {
  const sources = workflows.flatMap((workflow) => Object.values(workflow.sources).map(({ connector }) => connector));
  const actions = workflows.flatMap((workflow) => Object.values(workflow.actions).map(({ connector }) => connector));
  const lists = workflows.flatMap(({ triggers }) =>
    triggers.flatMap((trigger) => (trigger.kind === 'schedule' ? [{ id: trigger.each.connector }] : [])),
  );
  const all: readonly (SourceConnector | ActionConnector)[] = [...sources, ...actions];
  return {
    sources: systemsOf([...sources, ...lists]),
    actions: systemsOf(actions),
    secrets: all.some(({ secret }) => secret !== null),
    web: all.some(({ hosts }) => hosts.length > 0),
    files: all.some(({ files }) => files !== null),
    events: actions.some(({ id }) => systemOf(id) === 'events'),
  };
}

function systemsOf(connectors: readonly { readonly id: string }[]): string[] {
  return [...new Set(connectors.map(({ id }) => systemOf(id)))].toSorted();
}

function systemOf(id: string): string {
  return id.split('.')[0] ?? id;
}

function tableOf(name: string, side: 'sources' | 'actions', systems: readonly string[]): string {
  const missing = systems.find((system) => !existsSync(inProject('shared', 'connectors', system, `${side}.ts`)));
  if (missing !== undefined) {
    throw new Problem(
      `A workflow uses a connector of the system ${missing}, and shared/connectors/${missing}/${side}.ts is not there.`,
    );
  }
  return tableText(name, side, systems);
}

/** Each system is a part of its own, which is loaded when it is first used. */
export function tableText(name: string, side: 'sources' | 'actions', systems: readonly string[]): string {
  const entries = systems.map(
    (system) => `  '${system}': async () => (await import('./${system}/${side}.ts')).system,`,
  );
  return [`export const ${name} = {`, ...entries, '};'].join('\n');
}
