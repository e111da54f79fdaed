import type { Violation } from './violation.ts';

interface LockedPackage {
  readonly version?: string;
  readonly resolved?: string;
  readonly integrity?: string;
  /** It came inside the package of another one, which has the hash. */
  readonly inBundle?: boolean;
}

/** The lock file pins content, not hosts: any registry may serve what has the right hash. */
export function lockFileViolations(text: string): Violation[] {
  const { packages } = JSON.parse(text) as { packages: Readonly<Record<string, LockedPackage>> };
  return Object.entries(packages).flatMap(([path, locked]) => {
    if (path === '') return [];
    const file = 'package-lock.json';
    const host =
      locked.resolved === undefined
        ? []
        : [
            {
              file,
              problem: `${path} is bound to ${locked.resolved}`,
              fix: 'npm config set omit-lockfile-registry-resolved true, then npm install',
            },
          ];
    const loose =
      locked.integrity === undefined && locked.inBundle !== true
        ? [{ file, problem: `${path} has no integrity hash`, fix: 'remove it from the lock file and run npm install' }]
        : [];
    return [...host, ...loose];
  });
}
