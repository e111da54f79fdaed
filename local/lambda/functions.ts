import { AwsError } from '../kernel/errors.ts';
import type { Place } from '../kernel/names.ts';
import { arnOf } from '../kernel/names.ts';
import type { FunctionDefinition } from './function-definition.ts';
import type { SandboxPool } from './pool.ts';

/** A function with what runs it. Versions and aliases all lead to the code of the present template. */
export interface LambdaFunction {
  readonly definition: FunctionDefinition;
  readonly pool: SandboxPool;
  readonly versions: Set<string>;
  readonly aliases: Map<string, string>;
}

/** A function as a caller named it. */
export interface Target {
  readonly fn: LambdaFunction;
  /** Version or alias; null for `$LATEST` by its plain name. */
  readonly qualifier: string | null;
  /** With the qualifier. */
  readonly arn: string;
  /** What `ExecutedVersion` says. */
  readonly version: string;
}

export class Functions {
  readonly #byName = new Map<string, LambdaFunction>();
  readonly #place: Place;

  constructor(place: Place) {
    this.#place = place;
  }

  all(): Iterable<LambdaFunction> {
    return this.#byName.values();
  }

  add(fn: LambdaFunction): void {
    this.#byName.set(fn.definition.name, fn);
  }

  get(name: string): LambdaFunction {
    const fn = this.#byName.get(name);
    if (fn === undefined) throw notFound(this.arn({ name, qualifier: null }));
    return fn;
  }

  /** @param nameOrArn name, `name:qualifier`, partial or full ARN. Throws ResourceNotFoundException. */
  find(nameOrArn: string, qualifier?: string): Target {
    const named = nameParts(nameOrArn, qualifier);
    const fn = this.#byName.get(named.name);
    const arn = this.arn(named);
    if (fn === undefined) throw notFound(arn);
    return { fn, qualifier: named.qualifier, arn, version: versionOf(fn, named.qualifier, arn) };
  }

  /** The ARN that IAM looks at, whether or not there is such a function. */
  arn(named: NameParts): string {
    const qualifier = named.qualifier === null ? '' : `:${named.qualifier}`;
    return arnOf(this.#place, 'lambda', `function:${named.name}${qualifier}`);
  }
}

export interface NameParts {
  readonly name: string;
  readonly qualifier: string | null;
}

/** `name`, `name:qualifier`, `<account>:function:name[:qualifier]` or a full ARN. */
export function nameParts(nameOrArn: string, qualifier?: string): NameParts {
  const [, name = nameOrArn, own] =
    /^(?:(?:arn:[^:]+:lambda:[^:]*:)?\d*:?function:)?([^:]+)(?::([^:]+))?$/.exec(nameOrArn) ?? [];
  return { name, qualifier: qualifier ?? own ?? null };
}

/** Old version numbers still lead to the present code: the machine keeps only the bundles of the present template. */
function versionOf(fn: LambdaFunction, qualifier: string | null, arn: string): string {
  if (qualifier === null || qualifier === '$LATEST') return '$LATEST';
  const version = fn.aliases.get(qualifier) ?? qualifier;
  const newest = Math.max(0, ...[...fn.versions].map(Number));
  if (fn.versions.has(version) || (/^\d+$/.test(version) && Number(version) <= newest)) return version;
  throw notFound(arn);
}

function notFound(arn: string): AwsError {
  return new AwsError('ResourceNotFoundException', `Function not found: ${arn}`, {
    status: 404,
    fields: { Type: 'User' },
  });
}
