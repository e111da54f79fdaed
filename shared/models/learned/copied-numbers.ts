import type { Label } from './contract.ts';
import type { Flat } from './flatten.ts';

/** Below this share of examples with a source, the number is not copied. */
const LEAST_SHARE = 0.5;

/**
 * The path at which each expected number stands, `null` where it stands nowhere; of several the one that serves most examples.
 * Undefined where too few of the numbers stand anywhere.
 */
export function copyLabels(
  flats: readonly Flat[],
  values: readonly (Label | null | undefined)[],
): (string | null | undefined)[] | undefined {
  const sources = values.map((value, row) => (typeof value === 'number' ? pathsHolding(flats[row], value) : undefined));
  const served = new Map<string, number>();
  for (const path of sources.flatMap((paths) => paths ?? [])) served.set(path, (served.get(path) ?? 0) + 1);
  const taught = sources.filter((paths) => paths !== undefined);
  const found = taught.filter((paths) => paths.length > 0);
  if (found.length === 0 || found.length < taught.length * LEAST_SHARE) return undefined;
  return values.map((value, row) => {
    if (value === undefined) return undefined;
    const paths = [...(sources[row] ?? [])];
    return paths.sort((a, b) => (served.get(b) ?? 0) - (served.get(a) ?? 0) || (a < b ? -1 : 1))[0] ?? null;
  });
}

function pathsHolding(flat: Flat | undefined, value: number): string[] {
  const paths: string[] = [];
  for (const [path, values] of flat ?? []) if (values[0] === value) paths.push(path);
  return paths;
}
