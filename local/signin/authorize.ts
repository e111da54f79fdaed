import { type AppClient, isAllowedUrl, scopesOf } from './pool.ts';
import { htmlAnswer, redirect, type SigninAnswer, type SigninParts, type SigninRequest } from './requests.ts';
import { refusalPage, signInPage } from './sign-in-page.ts';

const KEPT = [
  'response_type',
  'client_id',
  'redirect_uri',
  'scope',
  'state',
  'nonce',
  'code_challenge',
  'code_challenge_method',
];

/** The authorize endpoint: GET shows the page, its form comes back as POST and leads to a code. */
export async function authorize(parts: SigninParts, request: SigninRequest): Promise<SigninAnswer> {
  const asked = request.method === 'POST' ? request.form : request.query;
  const client = (parts.pool.clients ?? []).find(({ id }) => id === asked.get('client_id'));
  const redirectUri = asked.get('redirect_uri') ?? '';
  if (client === undefined) return refused('The template has no user pool client of this client_id.');
  if (!isAllowedUrl(client.callbackUrls, redirectUri)) {
    return refused(`${redirectUri || 'No address'} is none of the callback URLs of the user pool client.`);
  }
  const problem = problemOf(client, asked);
  if (problem !== null) {
    const [error, description] = problem;
    return redirect(redirectUri, { error, error_description: description, state: asked.get('state') });
  }
  return request.method === 'POST' ? await signIn(parts, client, asked) : show(parts, asked, null);
}

/** What is wrong with the request, as OAuth names it; null for nothing. */
function problemOf(client: AppClient, asked: URLSearchParams): readonly [string, string] | null {
  if (asked.get('response_type') !== 'code') return ['unsupported_response_type', 'Only response_type=code is there.'];
  if (asked.get('code_challenge_method') !== 'S256') return ['invalid_request', 'code_challenge_method must be S256.'];
  if (!/^[\w-]{43}$/.test(asked.get('code_challenge') ?? '')) {
    return ['invalid_request', 'code_challenge must be 43 characters of base64url.'];
  }
  if (asked.get('prompt') === 'none') return ['login_required', 'Somebody has to say who they are.'];
  const unknown = scopeOf(client, asked)
    .split(' ')
    .find((scope) => !scopesOf(client).includes(scope));
  return unknown === undefined ? null : ['invalid_scope', `The user pool client does not have the scope ${unknown}.`];
}

function scopeOf(client: AppClient, asked: URLSearchParams): string {
  return asked.get('scope') || scopesOf(client).join(' ');
}

function show({ pool, sessions }: SigninParts, asked: URLSearchParams, problem: string | null): SigninAnswer {
  const hidden = KEPT.flatMap((name) => (asked.has(name) ? [[name, asked.get(name) ?? '']] : []));
  const page = signInPage({
    action: '/_local/signin/oauth2/authorize',
    hidden: Object.fromEntries(hidden),
    email: asked.get('email') ?? asked.get('login_hint') ?? '',
    chosenGroups: groupsOf(asked),
    groups: pool.groups ?? [],
    people: sessions.knownPeople(),
    problem,
  });
  return htmlAnswer(page, problem === null ? 200 : 422);
}

async function signIn(parts: SigninParts, client: AppClient, asked: URLSearchParams): Promise<SigninAnswer> {
  const email = (asked.get('email') ?? '').trim();
  if (!/^[^\s@]+@[^\s@]+$/.test(email)) return show(parts, asked, 'Type an e-mail address, like ana@example.com.');
  const groups = groupsOf(asked);
  await parts.sessions.remember({ email, groups });
  const code = parts.sessions.newCode({
    redirectUri: asked.get('redirect_uri') ?? '',
    codeChallenge: asked.get('code_challenge') ?? '',
    session: {
      clientId: client.id,
      email,
      groups,
      scope: scopeOf(client, asked),
      nonce: asked.get('nonce'),
      authTimeSeconds: parts.nowSeconds,
    },
  });
  return redirect(asked.get('redirect_uri') ?? '', { code, state: asked.get('state') });
}

function groupsOf(asked: URLSearchParams): readonly string[] {
  const typed = (asked.get('more') ?? '').split(/[\s,]+/);
  return [...new Set([...asked.getAll('group'), ...typed].filter((group) => group !== ''))];
}

function refused(text: string): SigninAnswer {
  return htmlAnswer(refusalPage('This sign-in cannot begin', text), 400);
}
