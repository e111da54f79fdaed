import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { Problem } from '../command/problem.ts';
import { inCache } from '../command/project.ts';
import { type RoleAccess, RolesAccess } from './never-used.ts';

/** Where the tests that boot the stack leave what its roles used. */
export const ACCESS_OF_TESTS = inCache('access');

/** What the roles used in the last run of the tests, all deployments together. @throws Problem when there was no run. */
export function accessOfTests(folder = ACCESS_OF_TESTS): readonly RoleAccess[] {
  const files = existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith('.json')) : [];
  if (files.length === 0) throw new Problem('No test has booted the stack yet: run npm test first.');
  return mergeAccess(files.map((name) => RolesAccess.parse(JSON.parse(readFileSync(`${folder}/${name}`, 'utf8')))));
}

/** Used where any deployment used it; never used where none did. */
export function mergeAccess(deployments: readonly (readonly RoleAccess[])[]): readonly RoleAccess[] {
  const merged = new Map<string, RoleAccess>();
  for (const role of deployments.flat()) {
    const known = merged.get(role.roleArn);
    merged.set(role.roleArn, known === undefined ? role : { ...known, ...together(known, role) });
  }
  return [...merged.values()];
}

function together(a: RoleAccess, b: RoleAccess): Pick<RoleAccess, 'used' | 'neverUsed'> {
  const unused = new Set(b.neverUsed);
  return {
    used: [...new Set([...a.used, ...b.used])].sort(),
    neverUsed: a.neverUsed.filter((action) => unused.has(action)),
  };
}
