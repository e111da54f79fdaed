import { rmSync } from 'node:fs';
import type { Browser } from 'playwright-core';
import { type CaseAnswer, type Deployment, startDeployment } from '../../support/deployment.ts';
import { APPROVER, DEPUTY, hotLead, type LeadForm, type Sample, sampleLead, WORKFLOW } from '../../support/leads.ts';
import { patiently } from '../../support/patiently.ts';
import { PersonBrowser, type ShownPage } from '../../support/person-browser.ts';
import { NotRunError, type Row } from './row.ts';

/** The people of the scripts. Nobody but the approvers may answer. */
const PEOPLE: Readonly<Record<string, string>> = {
  approver: APPROVER,
  approver2: DEPUTY,
  requester: DEPUTY,
  outsider: 'outsider@other.example',
};
const CHANGES_DEPLOYMENT = new Set(['redeploy', 'removeFromGroup']);
const WITHOUT_SESSION = new Set(['anonymous', 'scanner']);

export interface Answered {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
}

/** A deployment with one question of the approve tier waiting, and everything that was done to it and came back. */
export class World {
  readonly answers: Answered[] = [];
  readonly browser: () => Promise<Browser>;
  readonly lead: LeadForm;
  readonly before = { mails: 0 };
  /** What browser steps saw. */
  readonly seen = { decisionPosts: 0, outsideRequests: 0, dialogs: 0, cspReports: 0, scans: 0 };
  /** Requests that a bulk step answered. */
  bulk: { caseIds: string[] } = { caseIds: [] };
  remit: Deployment;
  caseId = '';
  requestId = '';
  path = '';
  /** How long the question waits for an answer. */
  answerWithinSeconds = 0;
  readonly #home: string;
  readonly #browsers = new Map<string, Promise<PersonBrowser>>();
  /** A deployment of this row alone is stopped with it. */
  #isOwn: boolean;
  #assemblies: string[] = [];

  private constructor(
    remit: Deployment,
    { name, isOwn }: { name: string; isOwn: boolean },
    browser: () => Promise<Browser>,
  ) {
    this.remit = remit;
    this.#isOwn = isOwn;
    this.#home = remit.home;
    this.browser = browser;
    this.lead = hotLead(leadName(name));
  }

  /** `shared`: the deployment that rows share which change nothing of it. */
  static async open(
    { name, script }: Pick<Row, 'name' | 'script'>,
    { shared, browser }: { shared: () => Promise<Deployment>; browser: () => Promise<Browser> },
  ): Promise<World> {
    const isOwn = script.some((step) => CHANGES_DEPLOYMENT.has(step.do));
    const world = new World(isOwn ? await startDeployment() : await shared(), { name, isOwn }, browser);
    await world.ask({});
    return world;
  }

  /** Another lead, whose mail needs a yes; the newest one is the question of the script. @returns what else became of it. */
  async ask(changes: object, sample: Sample = 'hot-lead'): Promise<'asked' | 'refused' | 'not-asked'> {
    const { status, caseId } = await this.remit.trigger(WORKFLOW, {
      ...(sample === 'hot-lead' ? this.lead : { ...sampleLead(sample), name: this.lead.name }),
      ...changes,
    });
    if (status !== 202) return 'refused';
    const asked = await this.remit.waitFor(caseId, ({ state }) => state !== 'open');
    if (asked.state === 'closed') return 'not-asked';
    this.caseId = caseId;
    const [request] = asked.requests;
    this.requestId = request?.id ?? '';
    this.answerWithinSeconds = request === undefined ? 0 : (request.deadlineMs - request.openedAtMs) / 1_000;
    this.path = await this.#newPath();
    return 'asked';
  }

  /** The mail goes out a moment after the question is put; until then the newest one is of the question before. */
  #newPath(): Promise<string> {
    const look = async (): Promise<string> =>
      new URL((await this.remit.questionMail(APPROVER, this.lead.name)).link).pathname;
    return patiently(look, (path) => path !== this.path, { what: `a mail about request ${this.requestId}` });
  }

  /** The next ordinary lead is asked about as ever. */
  async isAlive(): Promise<boolean> {
    const { caseId } = await this.remit.trigger(WORKFLOW, { ...sampleLead('hot-lead'), name: 'Next Please' });
    return (await this.remit.waitFor(caseId, ({ state }) => state === 'waiting')).state === 'waiting';
  }

  get link(): string {
    return `${this.remit.url}${this.path}`;
  }

  emailOf(actor: string): string {
    const email = PEOPLE[actor];
    if (email === undefined) throw new NotRunError(`There is no person ${actor}`);
    return email;
  }

  /** The actor's browser; whoever has a session is signed in, as the scripts say. */
  browserOf(actor: string): Promise<PersonBrowser> {
    const known = this.#browsers.get(actor) ?? this.#newBrowser(actor);
    this.#browsers.set(actor, known);
    return known;
  }

  async #newBrowser(actor: string): Promise<PersonBrowser> {
    const browser = new PersonBrowser(this.remit.url);
    if (!WITHOUT_SESSION.has(actor)) await browser.signIn(this.emailOf(actor));
    return browser;
  }

  note({ status, headers, text }: Answered): void {
    this.answers.push({ status, headers, text });
  }

  async noteResponse(response: Response): Promise<void> {
    this.note({ status: response.status, headers: response.headers, text: await response.text() });
  }

  /** The page of the question, as an actor gets it, without being noted. */
  async page(actor: string, via: string): Promise<ShownPage> {
    return (await this.browserOf(actor)).open(via === 'console' ? `/inbox/${this.requestId}` : this.link);
  }

  case(caseId = this.caseId): Promise<CaseAnswer> {
    return this.remit.waitFor(caseId, () => true);
  }

  /** The same data under a stack that was changed. Addresses and sign-ins are those of the new one. */
  async redeploy(assembly: string): Promise<void> {
    await this.remit.runtime.stop();
    this.#assemblies.push(assembly);
    this.remit = await startDeployment({ home: this.#home, assembly });
    this.#browsers.clear();
  }

  async close(): Promise<void> {
    if (this.#isOwn) await this.remit.stop();
    for (const assembly of this.#assemblies) rmSync(assembly, { recursive: true, force: true });
  }
}

/** Each row has a lead of its own, so that its mails are told apart. */
function leadName(row: string): string {
  return `${row.charAt(0).toUpperCase()}${row.slice(1)} Row`;
}
