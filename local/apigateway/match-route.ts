import type { Route } from './definition.ts';

export interface RouteMatch {
  readonly route: Route;
  readonly parameters: Readonly<Record<string, string>>;
}

/**
 * Chooses the route as API Gateway does: the most specific path, a fixed segment before `{name}` before `{name+}`; then
 * the method itself before ANY; `$default` when nothing else fits.
 */
export function matchRoute(routes: readonly Route[], method: string, path: string): RouteMatch | null {
  const segments = path.split('/').slice(1);
  let best: (RouteMatch & { readonly rank: string }) | null = null;
  for (const route of routes) {
    const match = matchOne(route, method, segments);
    if (match !== null && (best === null || match.rank < best.rank)) best = { route, ...match };
  }
  return best === null ? null : { route: best.route, parameters: best.parameters };
}

function matchOne(route: Route, method: string, segments: readonly string[]): Match | null {
  if (route.key === '$default') return { parameters: {}, rank: 'z' };
  const [routeMethod = '', routePath = ''] = route.key.split(' ');
  if (routeMethod !== 'ANY' && routeMethod !== method) return null;
  const match = matchPath(routePath.split('/').slice(1), segments);
  return match === null ? null : { ...match, rank: `${match.rank}${routeMethod === 'ANY' ? 'y' : 'x'}` };
}

/** The rank has one letter for each segment: smaller is more specific. */
function matchPath(pattern: readonly string[], segments: readonly string[]): Match | null {
  const parameters: Record<string, string> = {};
  let rank = '';
  for (const [at, part] of pattern.entries()) {
    const segment = segments[at];
    if (segment === undefined) return null;
    if (part.endsWith('+}')) {
      const rest = segments.slice(at).join('/');
      if (rest === '') return null;
      return { parameters: { ...parameters, [part.slice(1, -2)]: rest }, rank: `${rank}c` };
    }
    if (part.startsWith('{')) {
      if (segment === '') return null;
      parameters[part.slice(1, -1)] = segment;
      rank += 'b';
    } else if (part === segment) rank += 'a';
    else return null;
  }
  return pattern.length === segments.length ? { parameters, rank } : null;
}

interface Match {
  readonly parameters: Record<string, string>;
  readonly rank: string;
}
