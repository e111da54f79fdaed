import { createHash } from 'node:crypto';
import type { Place } from '../kernel/names.ts';
import type { Json, JsonObject } from '../kernel/service.ts';
import type { Assembly, AssemblyStack, TemplateResource } from './assembly.ts';
import { BootError } from './boot-error.ts';
import { Exports } from './exports.ts';
import { computeIdentities } from './identities/compute.ts';
import { keepingIdentities } from './identities/keeping.ts';
import { messagingIdentities } from './identities/messaging.ts';
import type { Identity, Subject, VersionResource } from './identity.ts';
import { isObject, isTrue, resolve, type Scope } from './intrinsics.ts';
import { inDependencyOrder } from './order.ts';

export { type Assembly, readAssembly } from './assembly.ts';
export { BootError } from './boot-error.ts';
export { emptyAssembly } from './empty-assembly.ts';
export type { VersionResource } from './identity.ts';

/** One resource of a stack, ready to be made: every intrinsic function carried out. */
export interface Resource extends Identity {
  readonly logicalId: string;
  readonly type: string;
  readonly properties: JsonObject;
  /** What tools have noted beside it, as it stands in the template. */
  readonly metadata: JsonObject;
}

export interface ResolveOptions {
  readonly place: Place;
  /** `http://127.0.0.1:4700`; queue URLs and public addresses of the API start with it. */
  readonly endpoint: string;
  readonly parameters?: Readonly<Record<string, string>>;
  /** Gives versions their numbers, the same on every boot; asked once for each version of the template. */
  readonly versionNumber: (version: VersionResource) => number;
}

/**
 * The resources of all stacks in dependency order. Throws BootError, naming the resource, for a type, intrinsic function
 * or reference that the local runtime does not know.
 */
export function resolveStacks({ stacks }: Assembly, options: ResolveOptions): readonly Resource[] {
  const exports = new Exports();
  return stacks.flatMap((stack) => {
    const resolver = new StackResolver(stack, options, exports);
    exports.add(stack.name, resolver.exports());
    return resolver.resources();
  });
}

const IDENTITIES = { ...computeIdentities, ...messagingIdentities, ...keepingIdentities };

class StackResolver {
  readonly #stack: AssemblyStack;
  readonly #options: ResolveOptions;
  readonly #imports: Exports;
  readonly #identities = new Map<string, Identity>();

  /** @param imports what the stacks before it export. */
  constructor(stack: AssemblyStack, options: ResolveOptions, imports: Exports) {
    this.#stack = stack;
    this.#options = options;
    this.#imports = imports;
  }

  /** What other stacks may import, by the name of the export. */
  exports(): readonly (readonly [name: string, value: Json])[] {
    return Object.entries(this.#stack.template.Outputs ?? {}).flatMap(([id, output]) => {
      const { Value, Condition, Export } = output;
      if (Export === undefined || (Condition !== undefined && !this.#condition(Condition))) return [];
      const scope = this.#scope(`output ${id}`);
      const value = resolve(Value, scope);
      return value === undefined ? [] : [[String(resolve(Export.Name, scope)), value] as const];
    });
  }

  resources(): readonly Resource[] {
    const all = this.#stack.template.Resources;
    return inDependencyOrder(all).flatMap((logicalId) => {
      const resource = all[logicalId];
      if (resource === undefined || !this.#isPresent(resource)) return [];
      const identity = this.#identityOf(logicalId);
      const properties = resolve(resource.Properties ?? {}, this.#scope(logicalId));
      const { Type: type, Metadata: metadata = {} } = resource;
      return [{ logicalId, type, properties: isObject(properties) ? properties : {}, metadata, ...identity }];
    });
  }

  #isPresent(resource: TemplateResource): boolean {
    return resource.Condition === undefined || this.#condition(resource.Condition);
  }

  #identityOf(logicalId: string): Identity {
    const known = this.#identities.get(logicalId);
    if (known !== undefined) return known;
    const resource = this.#stack.template.Resources[logicalId];
    if (resource === undefined) throw new BootError(`The template refers to ${logicalId}, which it does not have.`);
    const identify = IDENTITIES[resource.Type];
    if (identify === undefined) {
      throw new BootError(`The local runtime does not have ${resource.Type} (resource ${logicalId}).`);
    }
    const identity = identify(this.#subject(logicalId, resource));
    this.#identities.set(logicalId, identity);
    return identity;
  }

  #subject(logicalId: string, resource: TemplateResource): Subject {
    const { place, endpoint } = this.#options;
    const property = (name: string): Json | undefined => {
      const value = resource.Properties?.[name];
      return value === undefined ? undefined : resolve(value, this.#scope(logicalId));
    };
    return {
      logicalId,
      stackName: this.#stack.name,
      place,
      endpoint,
      property,
      ownContent: () => this.#contentOf(logicalId),
      contentOf: (type, physicalId) => this.#contentOf(this.#find(type, physicalId)),
      versionNumber: (parentArn, content, revision = '') =>
        this.#options.versionNumber({
          logicalId,
          parentArn,
          revision,
          content,
          staysWhenRemoved: stays(resource.DeletionPolicy),
          staysWhenReplaced: stays(resource.UpdateReplacePolicy),
        }),
    };
  }

  #find(type: string, physicalId: string): string | null {
    const found = Object.entries(this.#stack.template.Resources).find(
      ([logicalId, resource]) =>
        resource.Type === type && this.#isPresent(resource) && this.#identityOf(logicalId).physicalId === physicalId,
    );
    return found?.[0] ?? null;
  }

  /** The address of this endpoint is left out: another port makes no other content. */
  #contentOf(logicalId: string | null): string {
    if (logicalId === null) return '';
    const properties = this.#stack.template.Resources[logicalId]?.Properties ?? {};
    const text = JSON.stringify(resolve(properties, this.#scope(logicalId))).replaceAll(this.#options.endpoint, '');
    return createHash('sha256').update(text).digest('hex').slice(0, 32);
  }

  #scope(where: string): Scope {
    return {
      where,
      ref: (name) => this.#ref(name),
      attribute: (logicalId, attribute) => this.#attribute(logicalId, attribute),
      condition: (name) => this.#condition(name),
      mapping: (map, top, second) => this.#mapping(map, top, second),
      importValue: (name) => this.#imports.get(name, where),
      localize: (text) => this.#localize(text),
    };
  }

  #ref(name: string): Json | undefined {
    if (name === 'AWS::NoValue') return undefined;
    if (name.startsWith('AWS::')) return this.#pseudoParameter(name);
    const parameter = this.#stack.template.Parameters?.[name];
    if (parameter === undefined) return this.#identityOf(name).physicalId;
    const value = this.#options.parameters?.[name] ?? parameter.Default;
    if (value === undefined) throw new BootError(`The template's parameter ${name} has no value and no default.`);
    return value;
  }

  #pseudoParameter(name: string): Json {
    const { place } = this.#options;
    const { name: stackName } = this.#stack;
    const values: Readonly<Record<string, Json>> = {
      'AWS::AccountId': place.accountId,
      'AWS::Region': place.region,
      'AWS::Partition': place.partition,
      'AWS::URLSuffix': 'amazonaws.com',
      'AWS::StackName': stackName,
      'AWS::StackId': `arn:${place.partition}:cloudformation:${place.region}:${place.accountId}:stack/${stackName}/local`,
      'AWS::NotificationARNs': [],
    };
    const value = values[name];
    if (value === undefined) throw new BootError(`The local runtime does not know the pseudo parameter ${name}.`);
    return value;
  }

  #attribute(logicalId: string, attribute: string): Json {
    const value = this.#identityOf(logicalId).attributes[attribute];
    if (value !== undefined) return value;
    const type = this.#stack.template.Resources[logicalId]?.Type ?? 'resource';
    throw new BootError(`The local runtime does not know the attribute ${attribute} of ${type} ${logicalId}.`);
  }

  #condition(name: string): boolean {
    const condition = this.#stack.template.Conditions?.[name];
    if (condition === undefined) throw new BootError(`The template has no condition ${name}.`);
    return isTrue(condition, this.#scope(`condition ${name}`));
  }

  #mapping(map: string, top: string, second: string): Json {
    const value = this.#stack.template.Mappings?.[map]?.[top]?.[second];
    if (value === undefined) throw new BootError(`The template's mapping ${map} has no entry ${top}.${second}.`);
    return value;
  }

  /** Addresses that AWS would give to the API and the sign-in lead to this machine. */
  #localize(text: string): string {
    const { endpoint } = this.#options;
    return text
      .replaceAll(/https:\/\/[a-z0-9]{10}\.execute-api\.[a-z0-9-]+\.amazonaws\.com/g, endpoint)
      .replaceAll(/https:\/\/cognito-idp\.[a-z0-9-]+\.amazonaws\.com(?=\/)/g, `${endpoint}/_local/signin`)
      .replaceAll(/https:\/\/[a-z0-9-]+\.auth\.[a-z0-9-]+\.amazoncognito\.com/g, `${endpoint}/_local/signin`);
  }
}

/** `RetainExceptOnCreate` deletes only what a deploy made that failed. */
function stays(policy: string | undefined): boolean {
  return policy?.startsWith('Retain') ?? false;
}
