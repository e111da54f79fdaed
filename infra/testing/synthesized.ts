import { readFileSync } from 'node:fs';
import { App, type Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { workflows as deployed } from '../../agents/index.ts';
import type { Workflow } from '../../shared/authoring/index.ts';
import { addStacks } from '../deployment.ts';
import { readSettings } from '../settings.ts';

export interface Resource {
  readonly Type: string;
  readonly Properties: Readonly<Record<string, unknown>>;
  readonly DeletionPolicy?: string;
  readonly UpdateReplacePolicy?: string;
}

export interface Synthesized {
  /** The resources of each stack by its name, in the order in which the stacks are deployed. */
  readonly stacks: Readonly<Record<string, Synthesized['all']>>;
  /** The resources of all stacks, by logical id. */
  readonly all: Readonly<Record<string, Resource>>;
  /** Resources of one type, by logical id. */
  readonly of: (type: string) => Readonly<Record<string, Resource>>;
}

/**
 * The templates of the stacks, with the workflows of this deployment or others and settings in place of those of cdk.json;
 * made anew each time, in about a second.
 * @param code what tells this build from others.
 */
export function synthesized(
  workflows: readonly Workflow[] = deployed,
  { code = 'code', settings = {} }: { code?: string; settings?: Readonly<Record<string, string>> } = {},
): Synthesized {
  const { context } = JSON.parse(readFileSync(new URL('../../cdk.json', import.meta.url), 'utf8'));
  const app = new App({
    analyticsReporting: false,
    builtinCloudFormationValidation: false,
    // The bundles stay where they are: nothing is deployed from here.
    context: { ...context, ...settings, 'aws:cdk:disable-asset-staging': true },
  });
  const made = addStacks(app, {
    workflows,
    settings: readSettings(app.node),
    versions: { code, workflows: Object.fromEntries(workflows.map(({ id }) => [id, 'version'])) },
  });
  const stacks = Object.fromEntries(made.map((stack) => [stack.stackName, resourcesOf(stack)]));
  const all: Synthesized['all'] = Object.assign({}, ...Object.values(stacks));
  return {
    stacks,
    all,
    of: (type) => Object.fromEntries(Object.entries(all).filter(([, resource]) => resource.Type === type)),
  };
}

function resourcesOf(stack: Stack): Synthesized['all'] {
  return (Template.fromStack(stack).toJSON() as { readonly Resources: Synthesized['all'] }).Resources;
}

/** A value of the template as text: what it refers to stands in angle brackets, by logical id. */
export function spelled(value: unknown): string {
  if (typeof value !== 'object' || value === null) return String(value);
  if ('Ref' in value) return `<${String(value.Ref)}>`;
  if ('Fn::GetAtt' in value && Array.isArray(value['Fn::GetAtt'])) return `<${value['Fn::GetAtt'].join('.')}>`;
  if ('Fn::Join' in value && Array.isArray(value['Fn::Join'])) {
    const [separator, parts] = value['Fn::Join'] as [string, readonly unknown[]];
    return parts.map(spelled).join(separator);
  }
  // What another stack has exported is named after what it is.
  if ('Fn::ImportValue' in value) return `<${String(value['Fn::ImportValue'])}>`;
  return JSON.stringify(value);
}

export function listed<T>(value: T | readonly T[] | undefined): readonly T[] {
  if (value === undefined) return [];
  return Array.isArray(value) ? value : [value as T];
}
