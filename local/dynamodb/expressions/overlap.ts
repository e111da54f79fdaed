import { type Path, showPath } from './path.ts';
import type { Tokens } from './tokens.ts';

/** @throws ValidationException if one path leads into another, or two take the same value for a map and for a list. */
export function refuseOverlaps(tokens: Tokens, paths: readonly Path[]): void {
  for (const [at, path] of paths.entries()) {
    for (const earlier of paths.slice(0, at)) {
      const relation = relationOf(earlier, path);
      if (relation === null) continue;
      throw tokens.invalid(
        `Two document paths ${relation} with each other; must remove or rewrite one of these paths; path one: ${showPath(earlier)}, path two: ${showPath(path)}`,
      );
    }
  }
}

function relationOf(left: Path, right: Path): 'overlap' | 'conflict' | null {
  const shared = Math.min(left.length, right.length);
  for (let at = 0; at < shared; at += 1) {
    if (left[at] === right[at]) continue;
    return typeof left[at] === typeof right[at] ? null : 'conflict';
  }
  return 'overlap';
}
