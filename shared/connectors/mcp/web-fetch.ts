import type { Clock, Web } from '../../ports/index.ts';

/**
 * `fetch` for the client of MCP, behind the guard of all other calls. Streams that a server would hold open for messages
 * of its own are declined: a call takes its answer and goes.
 */
export function webFetch(
  { web, clock }: { readonly web: Web; readonly clock: Clock },
  { hosts, endsAtMs }: { readonly hosts: readonly string[]; readonly endsAtMs: number },
): (url: string | URL, init?: RequestInit) => Promise<Response> {
  return async (url, init = {}) => {
    const method = init.method === 'POST' || init.method === 'DELETE' ? init.method : 'GET';
    if (method === 'GET') return new Response(null, { status: 405 });
    const { status, headers, text } = await web.send({
      ...{ method, url: String(url), hosts, timeoutMs: Math.max(1, endsAtMs - clock.nowMs()) },
      headers: Object.fromEntries(new Headers(init.headers)),
      body: typeof init.body === 'string' ? init.body : null,
    });
    const hasBody = status !== 204 && status !== 205 && status !== 304;
    return new Response(hasBody ? text : null, { status, headers: plain(headers) });
  };
}

/** The body is whole and read: what said how it travelled holds no more. */
function plain(headers: Readonly<Record<string, string>>): Record<string, string> {
  const travel = new Set(['content-length', 'transfer-encoding', 'connection', 'keep-alive']);
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !travel.has(name)));
}
