/** One person's browser without a window: keeps cookies, follows redirects, fills in forms as they stand. */
export class PersonBrowser {
  readonly #url: string;
  readonly #cookies = new Map<string, string>();

  constructor(url: string) {
    this.#url = url;
  }

  /** `name=value` of what it keeps. */
  get cookies(): ReadonlyMap<string, string> {
    return this.#cookies;
  }

  setCookie(name: string, value: string): void {
    this.#cookies.set(name, value);
  }

  /** One request, no redirect followed. */
  async send(path: string, init: RequestInit = {}): Promise<Response> {
    const url = new URL(path, this.#url);
    const cookie = [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const headers = { ...(cookie === '' ? {} : { cookie }), ...(init.headers as Record<string, string>) };
    const response = await fetch(url, { redirect: 'manual', ...init, headers });
    for (const line of response.headers.getSetCookie()) this.#keep(line);
    return response;
  }

  /** Reads a page, following redirects as a browser does. */
  async open(path: string): Promise<ShownPage> {
    let at = new URL(path, this.#url).href;
    for (let hop = 0; hop < 8; hop += 1) {
      const response = await this.send(at);
      const next = response.headers.get('location') ?? refreshOf(response);
      if (next === null)
        return { url: at, status: response.status, headers: response.headers, text: await response.text() };
      at = new URL(next, at).href;
    }
    throw new Error(`${path} leads in circles`);
  }

  /** Sends the form of a page with its hidden fields and what is typed; as a form of ours, unless it is said otherwise. */
  post(
    page: ShownPage,
    typed: Readonly<Record<string, string | readonly string[]>>,
    options: PostOptions = {},
  ): Promise<Response> {
    const { to = page.url, origin = new URL(page.url).origin, csrf = true } = options;
    const body = new URLSearchParams();
    const hidden = [...page.text.matchAll(/<input type="hidden"(?: form="answer")? name="([^"]+)" value="([^"]*)"/g)];
    for (const [, name = '', value = ''] of hidden)
      if (!body.has(name) && (csrf || name !== 'csrf')) body.set(name, value);
    for (const [name, value] of Object.entries(typed)) {
      body.delete(name);
      for (const one of [value].flat()) body.append(name, one);
    }
    return this.send(to, { method: 'POST', body, headers: origin === null ? {} : { origin } });
  }

  /** Sends a form and reads what it leads to. */
  async submit(
    page: ShownPage,
    typed: Readonly<Record<string, string | readonly string[]>>,
    options: PostOptions = {},
  ): Promise<ShownPage> {
    const answer = await this.post(page, typed, options);
    const elsewhere = answer.status === 307 ? answer.headers.get('location') : null;
    const response = elsewhere === null ? answer : await this.post(page, typed, { ...options, to: elsewhere });
    const next = response.headers.get('location') ?? refreshOf(response);
    if (next !== null) return this.open(new URL(next, page.url).href);
    return {
      url: options.to ?? page.url,
      status: response.status,
      headers: response.headers,
      text: await response.text(),
    };
  }

  /** Goes where signing in is needed, and signs in there. @returns the page that it leads back to. */
  async signIn(email: string, path = '/inbox'): Promise<ShownPage> {
    return this.finishSignIn(await this.open(path), email);
  }

  /** On the page of the local sign-in. */
  async finishSignIn(page: ShownPage, email: string): Promise<ShownPage> {
    const form = page.text.slice(page.text.lastIndexOf('<form'));
    return this.submit(
      { ...page, text: form },
      { email, more: '' },
      { to: new URL('/_local/signin/oauth2/authorize', this.#url).href },
    );
  }

  #keep(line: string): void {
    const [pair = '', ...rest] = line.split('; ');
    const at = pair.indexOf('=');
    const isGone = rest.some((part) => /^max-age=0$/i.test(part));
    if (isGone) this.#cookies.delete(pair.slice(0, at));
    else this.#cookies.set(pair.slice(0, at), pair.slice(at + 1));
  }
}

export interface ShownPage {
  readonly url: string;
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
}

export interface PostOptions {
  readonly to?: string;
  /** Null: a browser that does not say. */
  readonly origin?: string | null;
  readonly csrf?: boolean;
}

/** What a page says, without its markup. */
export function wordsOf({ text }: Pick<ShownPage, 'text'>): string {
  const body = text.slice(text.indexOf('<body'));
  return body
    .replace(/<\/?(wbr|bdi|b|small)\b[^>]*>/g, '')
    .replace(/<[^>]*>/g, ' ')
    .replace(/&#39;/g, "'")
    .replace(/&quot;/g, '"')
    .replace(/&amp;/g, '&')
    .replace(/\s+/g, ' ');
}

function refreshOf(response: Response): string | null {
  return /^0; url=(.+)$/.exec(response.headers.get('refresh') ?? '')?.[1] ?? null;
}
