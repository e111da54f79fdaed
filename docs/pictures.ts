/** `node_modules/.bin/node docs/pictures.ts`: takes the pictures of the documents from a run of the stack as it is. */
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bootRuntime } from '../local/boot.ts';
import { build } from '../scripts/build.ts';
import { runtimeAddress } from '../scripts/runtime/address.ts';
import { synthesize } from '../scripts/synth.ts';
import { followLink, readMail } from '../test/support/browser-mail.ts';
import { DESK, openBrowser, openSession, type Session } from '../test/support/browser-session.ts';
import { type Deployment, people } from '../test/support/deployment.ts';
import { APPROVER, type Sample, sampleLead, WORKFLOW } from '../test/support/leads.ts';
import { rewriteRequest } from '../test/support/stored-requests.ts';
import { pictureHeldAction, pictureProposal } from './owner-pictures.ts';

/** Enough for sharp text at half of the size, and small files. */
const SCALE = 1.5;
const LARGEST_BYTES = 150_000;
/** Longer than the page takes to glide to the form. */
const SCROLL_MS = 800;

type Browser = Awaited<ReturnType<typeof openBrowser>>;
type People = Pick<Deployment, 'url' | 'api' | 'trigger' | 'waitFor' | 'questionMail' | 'advance'>;

await build();
await synthesize();
const home = mkdtempSync(join(tmpdir(), 'remit-pictures-'));
// The port of a usual start, because it stands in the pictures; REMIT_PORT where it is taken.
const runtime = await bootRuntime({ assembly: 'cdk.out', home, port: runtimeAddress().port });
const browser = await openBrowser();
try {
  await takePictures(people(runtime.url), browser);
} finally {
  await runtime.stop();
  rmSync(home, { recursive: true });
}
try {
  await pictureHeldAction({ browser, scale: SCALE, keep }, runtimeAddress().port);
} finally {
  await browser.close();
}

async function takePictures(remit: People, using: Browser): Promise<void> {
  const escalated = await ask(remit, 'enterprise-lead');
  const hot = await ask(remit, 'hot-lead');
  await pictureMail(using, hot.mail.html ?? '');
  await pictureCaughtMails(using, remit);
  await pictureDecision(using, escalated.link);
  await pictureApproval(using, remit, hot.name);
  await picturePeople(using, remit);
  await pictureProposal({ browser: using, scale: SCALE, keep }, remit, runtime);
}

async function ask(remit: People, sample: Sample) {
  const lead = sampleLead(sample);
  const { caseId } = await remit.trigger(WORKFLOW, lead);
  await remit.waitFor(caseId, ({ state }) => state === 'waiting');
  return { name: lead.name, caseId, ...(await remit.questionMail(APPROVER, lead.name)) };
}

/** The mail as a mail program on a phone shows it. */
async function pictureMail(using: Browser, markup: string): Promise<void> {
  const { page, close } = await openSession(using, { deviceScaleFactor: SCALE });
  await page.setContent(markup);
  await keep(page, 'mail', { fullPage: true });
  await close();
}

async function pictureCaughtMails(using: Browser, { url }: People): Promise<void> {
  const { page, close } = await openSession(using, { viewport: DESK, deviceScaleFactor: 1 });
  await page.goto(`${url}/_local/mail/`);
  await keep(page, 'caught-mails');
  await close();
}

async function pictureDecision(using: Browser, link: string): Promise<void> {
  const { page, close } = await openSession(using, { viewport: { width: 1180, height: 820 }, deviceScaleFactor: 1 });
  await page.goto(link);
  await keep(page, 'decide-case');
  await close();
}

async function pictureApproval(using: Browser, { url }: People, name: string): Promise<void> {
  const { page, close } = await openSession(using, { deviceScaleFactor: SCALE });
  const { code, ...mail } = await readMail(page, url, name);
  await followLink({ code, ...mail });
  await keep(page, 'request-top');
  await page.getByRole('link', { name: /^Answer/ }).click();
  await page.waitForTimeout(SCROLL_MS);
  await page.getByLabel('Code from the mail').fill(code);
  await page.waitForTimeout(SCROLL_MS);
  await keep(page, 'request-form');
  await page.getByRole('button', { name: 'Approve', exact: true }).click();
  await page.getByText('Answered by').waitFor();
  await keep(page, 'settled');
  await close();
}

/** What approvers find beside their mails: a question that wants a sign-in, the inbox, and the form for being away. */
async function picturePeople(using: Browser, remit: People): Promise<void> {
  const { link, caseId } = await ask(remit, 'warm-lead');
  const { requests } = await remit.waitFor(caseId, () => true);
  for (const { id } of requests) {
    await rewriteRequest({ runtime, url: remit.url }, id, (request) => ({ ...request, proof: 'sign-in' }));
  }
  const { page, close } = await openSession(using, { deviceScaleFactor: SCALE });
  await page.goto(link);
  await page.getByRole('link', { name: /^Answer/ }).click();
  await page.waitForTimeout(SCROLL_MS);
  await keep(page, 'sign-in-needed');
  await page.getByRole('button', { name: 'Sign in to answer' }).click();
  await page.getByLabel('E-mail address').fill(APPROVER);
  await page.locator('form').last().getByRole('button', { name: 'Sign in', exact: true }).click();
  await page.getByRole('link', { name: 'Inbox' }).click();
  await page.getByRole('heading', { level: 1 }).waitFor();
  await keep(page, 'inbox');
  await page.getByText('Being away').click();
  await page.evaluate('scrollTo(0, document.body.scrollHeight)');
  await page.waitForTimeout(SCROLL_MS);
  await keep(page, 'away');
  await page.goto(`${remit.url}/cases`);
  await keep(page, 'cases');
  await page.goto(`${remit.url}/cases/${caseId}`);
  await keep(page, 'case');
  await close();
}

/** @throws Error for a picture that would weigh down the repository. */
async function keep(page: Session['page'], name: string, options: { fullPage?: boolean } = {}): Promise<void> {
  const path = `docs/pictures/${name}.png`;
  await page.screenshot({ path, ...options });
  const { size } = statSync(path);
  console.log(`${path}  ${Math.round(size / 1000)} KB`);
  if (size > LARGEST_BYTES) throw new Error(`${path} is larger than ${LARGEST_BYTES / 1000} KB.`);
}
