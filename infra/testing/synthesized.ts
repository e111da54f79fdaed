import { readFileSync } from 'node:fs';
import { App } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { workflows as deployed } from '../../agents/index.ts';
import type { Workflow } from '../../shared/authoring/index.ts';
import { RemitStack } from '../remit-stack.ts';
import { readSettings } from '../settings.ts';

export interface Resource {
  readonly Type: string;
  readonly Properties: Readonly<Record<string, unknown>>;
  readonly DeletionPolicy?: string;
  readonly UpdateReplacePolicy?: string;
}

export interface Synthesized {
  readonly all: Readonly<Record<string, Resource>>;
  /** Resources of one type, by logical id. */
  readonly of: (type: string) => Readonly<Record<string, Resource>>;
}

/**
 * The template of the stack, with the workflows of this deployment or others and settings in place of those of cdk.json;
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
  const stack = new RemitStack(app, 'Remit', {
    workflows,
    settings: readSettings(app.node),
    versions: { code, workflows: Object.fromEntries(workflows.map(({ id }) => [id, 'version'])) },
  });
  const { Resources: all } = Template.fromStack(stack).toJSON() as { readonly Resources: Synthesized['all'] };
  return {
    all,
    of: (type) => Object.fromEntries(Object.entries(all).filter(([, resource]) => resource.Type === type)),
  };
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
  return JSON.stringify(value);
}

export function listed<T>(value: T | readonly T[] | undefined): readonly T[] {
  if (value === undefined) return [];
  return Array.isArray(value) ? value : [value as T];
}
