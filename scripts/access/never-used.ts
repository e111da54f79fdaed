import * as z from 'zod';

/** What a role may do and did, as `GET /_local/access` answers it. */
export const RoleAccess = z.object({
  roleArn: z.string(),
  /** Names of the functions and state machines that act as it. */
  principals: z.array(z.string()),
  used: z.array(z.string()),
  neverUsed: z.array(z.string()),
});
export type RoleAccess = z.infer<typeof RoleAccess>;
export const RolesAccess = z.array(RoleAccess);

export interface FunctionAccess {
  /** The function's or state machine's name; the role's where nothing acts as it. */
  readonly name: string;
  readonly roleArn: string;
  readonly used: readonly string[];
  readonly neverUsed: readonly string[];
}

/** Lambda writes logs and traces with the function's role, on AWS only. */
const USED_BY_LAMBDA = /^(logs|xray):/i;

/** One entry for each function and state machine, those with the most to take away first. */
export function neverUsed(roles: readonly RoleAccess[]): readonly FunctionAccess[] {
  return roles
    .flatMap(({ roleArn, principals, used, neverUsed: unused }) => {
      const names = principals.length === 0 ? [roleArn.slice(roleArn.indexOf('role/'))] : principals;
      const judged = unused.filter((action) => !USED_BY_LAMBDA.test(action));
      return names.map((name) => ({ name, roleArn, used, neverUsed: judged }));
    })
    .toSorted((a, b) => b.neverUsed.length - a.neverUsed.length || a.name.localeCompare(b.name));
}
