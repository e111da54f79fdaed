import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bootRuntime, type Runtime } from '../../local/boot.ts';
import { keepAccess } from './access-record.ts';
import { patiently, untilThere } from './patiently.ts';
import { START_MS } from './start-of-time.ts';

/** A deployment on this machine with a data folder of its own, and what people and senders do with it. */
export interface Deployment {
  readonly url: string;
  readonly runtime: Runtime;
  readonly home: string;
  /** Posts a correctly signed webhook. */
  readonly trigger: (workflow: string, body: unknown) => Promise<{ status: number; caseId: string }>;
  /** The case once `until` holds. @throws when it does not within a minute. */
  readonly waitFor: (caseId: string, until: (found: CaseAnswer) => boolean) => Promise<CaseAnswer>;
  readonly mails: (to: string) => Promise<readonly CaughtMail[]>;
  /** The newest mail to somebody whose link opens a question that speaks of `about`. */
  readonly questionMail: (to: string, about: string) => Promise<QuestionMail>;
  readonly answer: (mail: QuestionMail, fields: Readonly<Record<string, string>>) => Promise<Response>;
  readonly effects: (caseId: string) => Promise<readonly Effect[]>;
  /** As the sales lead, or as whoever is named. */
  readonly api: (path: string, init?: RequestInit, user?: string, groups?: string[]) => Promise<Response>;
  readonly advance: (seconds: number) => Promise<void>;
  readonly stop: () => Promise<void>;
}

/** What `GET /api/cases/{id}` answers, as far as tests look at it. */
export interface CaseAnswer {
  readonly caseId: string;
  readonly state: string;
  readonly outcome: string | null;
  readonly phase: string;
  readonly decidedBy: string | null;
  readonly costUsd: number;
  readonly usage: Readonly<Record<string, number>>;
  readonly decision: Readonly<Record<string, unknown>> | null;
  readonly verdict: { readonly kind: string; readonly reasons: readonly { code: string; text: string }[] } | null;
  readonly actions: readonly {
    id: string;
    state: string;
    mode: string;
    arguments: Record<string, unknown>;
    releasedBy: string | null;
  }[];
  readonly requests: readonly {
    id: string;
    openedAtMs: number;
    deadlineMs: number;
    kind: string;
    state: string;
    digest: string;
    actionId: string | null;
    reminded: boolean;
    answer: { verb: string; by: string; proof: string } | null;
  }[];
  readonly ledger?: readonly { seq: number; event: { type: string } & Record<string, unknown> }[];
}

export interface CaughtMail {
  readonly from: string;
  readonly to: readonly string[];
  readonly bcc: readonly string[];
  readonly subject: string;
  readonly text: string;
  readonly html: string | null;
  readonly links: readonly string[];
}

export interface QuestionMail {
  readonly link: string;
  readonly code: string;
  readonly mail: CaughtMail;
}

export interface Effect {
  readonly connector: string;
  readonly idempotencyKey: string;
  readonly arguments: Readonly<Record<string, unknown>>;
}

/** The built and synthesized stack (see build-stack.ts), copied so that a test may change its template. */
export function deployedAssembly(change?: (template: Template) => void): string {
  const assembly = mkdtempSync(join(tmpdir(), 'remit-assembly-'));
  cpSync('cdk.out', assembly, { recursive: true });
  if (change !== undefined) changeTemplate(assembly, change);
  return assembly;
}

export interface Template {
  readonly Resources: Record<string, { Type: string; Properties: Record<string, unknown> }>;
}

export async function startDeployment(
  options: {
    readonly home?: string;
    readonly assembly?: string;
    readonly anthropicApiKey?: string;
    /** Any free one by default; links in mails are good for one port. */
    readonly port?: number;
  } = {},
): Promise<Deployment> {
  const home = options.home ?? mkdtempSync(join(tmpdir(), 'remit-home-'));
  const assembly = options.assembly ?? deployedAssembly();
  const { port = 0, anthropicApiKey = null } = options;
  const runtime = await bootRuntime({ assembly, home, port, anthropicApiKey, notBeforeMs: START_MS });
  return { ...people(runtime.url), runtime, home, stop: () => stop(runtime, options, home, assembly) };
}

/** What is done to a deployment from outside; for one that runs in another process too. */
export function people(url: string): Omit<Deployment, 'runtime' | 'home' | 'stop'> {
  const post = (path: string, body: unknown): Promise<Response> =>
    fetch(`${url}${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
  const read = async <T>(path: string): Promise<T> => JSON.parse(await (await fetch(`${url}${path}`)).text());
  // A fresh token each time: tests move the clock past the life of one.
  const api = async (
    path: string,
    init: RequestInit = {},
    user = 'sales-lead@remit.example',
    groups: string[] = [],
  ) => {
    const issued = await post('/_local/token', { user, groups });
    const { token } = JSON.parse(await issued.text());
    return fetch(`${url}${path}`, { ...init, headers: { ...init.headers, authorization: `Bearer ${token}` } });
  };
  const mails = (to: string): Promise<readonly CaughtMail[]> => read(`/_local/mail?to=${encodeURIComponent(to)}`);
  return {
    url,
    api,
    mails,
    trigger: async (workflow, body) => {
      const text = JSON.stringify(body);
      const signed = await (await post('/_local/sign', { workflow, body: text })).text();
      const headers: Record<string, string> = JSON.parse(signed);
      const response = await fetch(`${url}/hooks/${workflow}`, { method: 'POST', headers, body: text });
      return { status: response.status, caseId: JSON.parse(await response.text()).caseId };
    },
    // As an operator, who sees what every team has.
    waitFor: (caseId, until) =>
      patiently(
        async (): Promise<CaseAnswer> => {
          const answer = await api(`/api/cases/${caseId}?ledger=true`, {}, 'operator@remit.example', ['operators']);
          return JSON.parse(await answer.text());
        },
        (found) => found.caseId !== undefined && until(found),
        { what: `case ${caseId}` },
      ),
    questionMail: (to, about) =>
      untilThere(async () => findQuestion(url, await mails(to), about), `a mail to ${to} about ${about}`),
    answer: (mail, fields) => answerPage(mail, fields),
    effects: (caseId) => read(`/_local/effects?caseId=${caseId}`),
    advance: async (seconds) => {
      await post('/_local/clock', { advanceSeconds: seconds });
    },
  };
}

/** Mails tell little, so the page behind each link is asked. One that is settled asks nothing any more. */
async function findQuestion(url: string, mails: readonly CaughtMail[], about: string): Promise<QuestionMail | null> {
  for (const mail of mails) {
    const link = mail.links.find((candidate) => candidate.startsWith(`${url}/r/`));
    const page = link === undefined ? '' : await (await fetch(link)).text();
    if (link === undefined || !page.includes(about) || !page.includes('id="answer"')) continue;
    const code = /code:\s*([\d ]{6,})/i.exec(mail.text)?.[1]?.replaceAll(/\s/g, '') ?? '';
    return { link, code, mail };
  }
  return null;
}

/** Fills in the form of the page as a person would: everything that it holds stays, `fields` are typed. */
async function answerPage({ link, code }: QuestionMail, fields: Readonly<Record<string, string>>): Promise<Response> {
  const page = await (await fetch(link)).text();
  const hidden = [...page.matchAll(/<input type="hidden" name="([^"]+)" value="([^"]*)"/g)];
  const body = new URLSearchParams(hidden.map(([, name = '', value = '']): [string, string] => [name, value]));
  body.set('code', code);
  for (const [name, value] of Object.entries(fields)) body.set(name, value);
  return fetch(link, { method: 'POST', body });
}

export function readTemplate(assembly: string): Template {
  return JSON.parse(readFileSync(join(assembly, TEMPLATE), 'utf8'));
}

function changeTemplate(assembly: string, change: (template: Template) => void): void {
  const template = readTemplate(assembly);
  change(template);
  writeFileSync(join(assembly, TEMPLATE), JSON.stringify(template));
}

const TEMPLATE = 'Remit.template.json';

async function stop(
  runtime: Runtime,
  options: { home?: string; assembly?: string },
  home: string,
  assembly: string,
): Promise<void> {
  await keepAccess(runtime.url);
  await runtime.stop();
  if (options.home === undefined) rmSync(home, { recursive: true, force: true });
  if (options.assembly === undefined) rmSync(assembly, { recursive: true, force: true });
}
