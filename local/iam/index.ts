import { AwsError, accessDenied } from '../kernel/errors.ts';
import type { Place } from '../kernel/names.ts';
import type { Caller, Json, Permission } from '../kernel/service.ts';
import type { Store } from '../kernel/store.ts';
import { BootError } from '../template/boot-error.ts';
import type { Context } from './conditions.ts';
import { evaluate, type PrincipalId, type Ruling } from './evaluate.ts';
import { KeptPolicies } from './kept-policies.ts';
import { managedPolicy } from './managed-policies.ts';
import { parsePolicy, type Statement } from './policy.ts';
import { type RoleUsage, UsageRecord } from './usage.ts';

export type { RoleUsage } from './usage.ts';

/** Decides which calls are allowed, from the roles and resource policies of the template. */
export interface Iam {
  readonly addRole: (role: RoleDefinition) => void;
  readonly addPolicyToRole: (roleName: string, document: Json | undefined) => void;
  readonly addResourcePolicy: (resourceArn: string, document: Json) => void;
  /** Where services keep policies of their resources; asked at each call, so that a change has effect at once. */
  readonly readResourcePolicies: (policyOf: (resourceArn: string) => Json | null) => void;
  /** Whether the role's trust policy lets this service (`lambda.amazonaws.com`) act as it for one of its resources. */
  readonly isTrusted: (roleArn: string, service: string, sourceArn: string) => boolean;
  /** Throws AwsError AccessDeniedException, in AWS's words, for the first permission that the caller does not have. */
  readonly authorize: (caller: Caller, permissions: readonly Permission[]) => void;
  /** Used and never used actions, role by role. */
  readonly usage: () => readonly RoleUsage[];
}

export interface RoleDefinition {
  readonly name: string;
  readonly arn: string;
  readonly trust: Json | undefined;
  readonly inlinePolicies: readonly Json[];
  readonly managedPolicyArns: readonly string[];
}

export interface IamOptions {
  readonly store: Store;
  readonly place: Place;
  /** For an endpoint without a template, where no role can be made; default false: an unknown role may do nothing. */
  readonly unknownRolesMayDoAll?: boolean;
}

export function createIam(options: IamOptions): Iam {
  return new TemplateIam(options);
}

class TemplateIam implements Iam {
  readonly #place: Place;
  readonly #usage: UsageRecord;
  readonly #roles = new Map<string, Role>();
  readonly #resourcePolicies = new Map<string, Statement[]>();
  readonly #keptPolicies = new KeptPolicies();

  readonly #unknownRolesMayDoAll: boolean;

  constructor({ store, place, unknownRolesMayDoAll = false }: IamOptions) {
    this.#place = place;
    this.#usage = new UsageRecord(store);
    this.#unknownRolesMayDoAll = unknownRolesMayDoAll;
  }

  addRole(definition: RoleDefinition): void {
    const where = `A policy of role ${definition.name}`;
    this.#roles.set(definition.arn, {
      name: definition.name,
      trust: parsePolicy(definition.trust, `The trust policy of role ${definition.name}`),
      statements: [
        ...definition.inlinePolicies.flatMap((policy) => parsePolicy(policy, where)),
        ...definition.managedPolicyArns.flatMap((arn) => managedPolicy(arn)),
      ],
    });
  }

  addPolicyToRole(roleName: string, document: Json | undefined): void {
    const role = [...this.#roles.values()].find(({ name }) => name === roleName);
    if (role === undefined) throw new BootError(`A policy is attached to role ${roleName}, which the template lacks.`);
    role.statements.push(...parsePolicy(document, `A policy of role ${roleName}`));
  }

  addResourcePolicy(resourceArn: string, document: Json): void {
    const known = this.#resourcePolicies.get(resourceArn) ?? [];
    known.push(...parsePolicy(document, `The resource policy of ${resourceArn}`));
    this.#resourcePolicies.set(resourceArn, known);
  }

  readResourcePolicies(policyOf: (resourceArn: string) => Json | null): void {
    this.#keptPolicies.policyOf = policyOf;
  }

  isTrusted(roleArn: string, service: string, sourceArn: string): boolean {
    const question = {
      action: 'sts:AssumeRole',
      resource: roleArn,
      context: this.#sourceContext(sourceArn, {}),
      principal: { kind: 'Service', id: service, accountId: this.#place.accountId },
    } as const;
    return evaluate(this.#roles.get(roleArn)?.trust ?? [], question).effect === 'Allow';
  }

  authorize(caller: Caller, permissions: readonly Permission[]): void {
    if (caller.kind === 'operator') return;
    for (const permission of permissions) {
      if (caller.kind === 'role') {
        if (this.#unknownRolesMayDoAll && !this.#roles.has(caller.roleArn)) continue;
        this.#authorizeRole(caller, permission);
      }
      if (caller.kind === 'service') this.#authorizeService(caller, permission);
    }
  }

  usage(): readonly RoleUsage[] {
    return [...this.#roles].map(([arn, role]) => this.#usage.of(arn, role.statements));
  }

  #authorizeRole(caller: RoleCaller, permission: Permission): void {
    const context = this.#context(permission.context ?? {});
    const own = evaluate(this.#roles.get(caller.roleArn)?.statements ?? [], {
      ...permission,
      context,
      principal: null,
    });
    const principal = { kind: 'AWS', id: caller.roleArn, accountId: this.#place.accountId } as const;
    const ofResource = this.#rulingOfResource(permission, context, principal);
    if (
      own.effect === 'Deny' ||
      ofResource.effect === 'Deny' ||
      (own.effect !== 'Allow' && ofResource.effect !== 'Allow')
    ) {
      throw denied(sessionArn(caller, this.#place), permission, own, ofResource);
    }
    this.#usage.note(caller.roleArn, permission.action);
  }

  #authorizeService(caller: ServiceCaller, permission: Permission): void {
    const id = caller.service.includes('.') ? caller.service : `${caller.service}.amazonaws.com`;
    const context = this.#sourceContext(caller.sourceArn, permission.context ?? {});
    const ruling = this.#rulingOfResource(permission, context, {
      kind: 'Service',
      id,
      accountId: this.#place.accountId,
    });
    if (ruling.effect !== 'Allow') throw denied(id, permission, null, ruling);
  }

  #rulingOfResource(permission: Permission, context: Context, principal: PrincipalId): Ruling {
    const kept = this.#keptPolicies.of(permission.resource);
    if (kept === null) return unreadable(permission.resource);
    const statements = [...(this.#resourcePolicies.get(permission.resource) ?? []), ...kept];
    return evaluate(statements, { ...permission, context, principal });
  }

  /** What a service says of the resource that it acts for. */
  #sourceContext(sourceArn: string, facts: Readonly<Record<string, readonly string[]>>): Context {
    return this.#context({
      ...facts,
      'aws:SourceArn': [sourceArn],
      'aws:SourceAccount': [this.#place.accountId],
      'aws:SourceOwner': [this.#place.accountId],
    });
  }

  #context(facts: Readonly<Record<string, readonly string[]>>): Context {
    const context = new Map<string, readonly string[]>([
      ['aws:securetransport', ['true']],
      ['aws:requestedregion', [this.#place.region]],
      ['aws:principalaccount', [this.#place.accountId]],
      ['aws:resourceaccount', [this.#place.accountId]],
    ]);
    for (const [key, values] of Object.entries(facts)) context.set(key.toLowerCase(), values);
    return context;
  }
}

/** `arn:aws:sts::000000000000:assumed-role/Judge/Remit-judge` */
function sessionArn(caller: RoleCaller, place: Place): string {
  const roleName = caller.roleArn.slice(caller.roleArn.lastIndexOf('/') + 1);
  return `arn:${place.partition}:sts::${place.accountId}:assumed-role/${roleName}/${caller.sessionName}`;
}

/** In AWS's words; where a condition could not be judged, the sentence says so. */
function denied(principal: string, permission: Permission, own: Ruling | null, ofResource: Ruling): AwsError {
  const plain = accessDenied(principal, permission.action, permission.resource);
  const because = / because no identity-based policy.*$/;
  let message = plain.message;
  if (own?.effect === 'Deny') message = message.replace(because, ' with an explicit deny in an identity-based policy');
  else if (ofResource.effect === 'Deny') {
    message = message.replace(because, ' with an explicit deny in a resource-based policy');
  } else if (own === null) {
    message = message.replace(because, ` because no resource-based policy allows the ${permission.action} action`);
  }
  const doubts = [...new Set([...(own?.doubts ?? []), ...ofResource.doubts])];
  if (doubts.length > 0) message += ` (the local runtime denies because ${doubts.join('; ')})`;
  return new AwsError(plain.name, message, { status: plain.status });
}

function unreadable(resourceArn: string): Ruling {
  return { effect: 'Deny', statement: null, doubts: [`the policy of ${resourceArn} cannot be read`] };
}

type RoleCaller = Extract<Caller, { kind: 'role' }>;
type ServiceCaller = Extract<Caller, { kind: 'service' }>;

interface Role {
  readonly name: string;
  readonly trust: readonly Statement[];
  readonly statements: Statement[];
}
