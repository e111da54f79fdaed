import { AwsError } from '../kernel/errors.ts';
import type { Place } from '../kernel/names.ts';
import { arnOf } from '../kernel/names.ts';
import type { FunctionDefinition } from './function-definition.ts';
import type { SandboxPool } from './pool.ts';

/** A function with its versions and what runs them. */
export interface LambdaFunction {
  /** As the present template gives it, which is `$LATEST`. */
  readonly latest: FunctionDefinition;
  readonly pool: SandboxPool;
  /** By number, as they were when they were published. */
  readonly versions: Map<string, FunctionDefinition>;
  readonly aliases: Map<string, string>;
}

/** One version of a function, or `$LATEST`. */
export interface Runnable {
  /** What `ExecutedVersion` says. */
  readonly version: string;
  readonly definition: FunctionDefinition;
}

/** A function as a caller named it. */
export interface Target extends Runnable {
  readonly fn: LambdaFunction;
  /** Version or alias; null for `$LATEST` by its plain name. */
  readonly qualifier: string | null;
  /** With the qualifier. */
  readonly arn: string;
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
    this.#byName.set(fn.latest.name, fn);
  }

  maybe(name: string): LambdaFunction | undefined {
    return this.#byName.get(name);
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
    return { fn, qualifier: named.qualifier, arn, ...runnableOf(fn, named.qualifier, arn) };
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

function runnableOf(fn: LambdaFunction, qualifier: string | null, arn: string): Runnable {
  if (qualifier === null || qualifier === '$LATEST') return { version: '$LATEST', definition: fn.latest };
  const version = fn.aliases.get(qualifier) ?? qualifier;
  const definition = fn.versions.get(version);
  if (definition === undefined) throw notFound(arn);
  return { version, definition };
}

function notFound(arn: string): AwsError {
  return new AwsError('ResourceNotFoundException', `Function not found: ${arn}`, {
    status: 404,
    fields: { Type: 'User' },
  });
}
