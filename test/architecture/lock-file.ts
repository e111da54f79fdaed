import type { Violation } from './violation.ts';

interface LockedPackage {
  readonly version?: string;
  readonly resolved?: string;
  readonly integrity?: string;
  readonly optional?: boolean;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
  /** It came inside the package of another one, which has the hash. */
  readonly inBundle?: boolean;
}

/** The lock file pins content, not hosts, and is whole: npm ci refuses one that lacks the packages of other systems. */
export function lockFileViolations(text: string): Violation[] {
  const { packages } = JSON.parse(text) as { packages: Readonly<Record<string, LockedPackage>> };
  return Object.entries(packages).flatMap(([path, locked]) =>
    path === '' ? [] : [...boundToHost(path, locked), ...withoutHash(path, locked), ...lacking(path, locked, packages)],
  );
}

function boundToHost(path: string, { resolved }: LockedPackage): Violation[] {
  if (resolved === undefined) return [];
  const fix = 'npm config set omit-lockfile-registry-resolved true, then npm install';
  return [{ file: 'package-lock.json', problem: `${path} is bound to ${resolved}`, fix }];
}

/** Not every registry serves the packages of every system, so those for other systems may go without. */
function withoutHash(path: string, { integrity, inBundle, optional }: LockedPackage): Violation[] {
  if (integrity !== undefined || inBundle === true || optional === true) return [];
  const fix = 'remove it from the lock file and run npm install';
  return [{ file: 'package-lock.json', problem: `${path} has no integrity hash`, fix }];
}

function lacking(path: string, locked: LockedPackage, packages: Readonly<Record<string, LockedPackage>>): Violation[] {
  if (locked.inBundle === true) return [];
  return Object.entries(locked.optionalDependencies ?? {})
    .filter(
      ([name]) =>
        packages[`node_modules/${name}`] === undefined && packages[`${path}/node_modules/${name}`] === undefined,
    )
    .map(([name, version]) => ({
      file: 'package-lock.json',
      problem: `${path} names ${name}, which is not in it, so npm ci refuses the lock file`,
      fix: `add it with its version ${version}, cpu, os and "optional": true`,
    }));
}
