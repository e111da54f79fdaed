import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bootRuntime } from '../local/boot.ts';
import type { DecisionRecord } from '../shared/contracts/index.ts';
import { caseIdOf } from '../shared/domain/case-id.ts';
import { followLink, readMail } from '../test/support/browser-mail.ts';
import { type openBrowser, openSession, type Session } from '../test/support/browser-session.ts';
import { storeRecords } from '../test/support/deployed-records.ts';
import { type Deployment, people } from '../test/support/deployment.ts';
import { settingsIn } from '../test/support/lead-case.ts';
import { APPROVER, sampleLead, WORKFLOW } from '../test/support/leads.ts';
import { assemblyWith } from '../test/support/other-workflows.ts';
import { aRecord } from '../test/support/stored-records.ts';
import { putSettings } from '../test/support/stored-settings.ts';

type People = Pick<Deployment, 'url' | 'api' | 'trigger' | 'waitFor' | 'questionMail' | 'advance'>;
type Stack = Pick<Deployment, 'runtime'>['runtime'];

/** How the pictures are taken, the same for all of them. */
export interface Camera {
  readonly browser: Awaited<ReturnType<typeof openBrowser>>;
  readonly scale: number;
  readonly keep: (page: Session['page'], name: string, options?: { fullPage?: boolean }) => Promise<void>;
}

/** Reviews that pass the gates, and some that people saw otherwise. */
const AGREED = 197;
const WRONG = ['An agency, not a shop.', 'She only asked for a brochure.', 'They have signed with somebody else.'];
const MINUTES = 60;
/** A page that is full of text makes a large picture. */
const PROPOSAL_SCALE = 1.25;

/** The mail and the page of "More freedom?", and how the workflow stands, after reviews that were made up for the picture. */
export async function pictureProposal(camera: Camera, remit: People, runtime: Stack): Promise<void> {
  await putSettings(remit.url, settingsIn('shadow'));
  const read = await remit.api(`/api/workflows/${WORKFLOW}/autonomy`);
  const { version } = (await read.json()) as { version: string };
  await storeRecords(remit.url, runtime, madeUpRecords(version));
  await remit.advance(15 * MINUTES + 1);
  const { mail } = await remit.questionMail(APPROVER, 'may it go from phase shadow to partial');
  const { page, close } = await openSession(camera.browser, { deviceScaleFactor: PROPOSAL_SCALE });
  await page.setContent(mail.html ?? '');
  await camera.keep(page, 'more-freedom-mail', { fullPage: true });
  await followLink(await readMail(page, remit.url, 'More freedom?'));
  await camera.keep(page, 'more-freedom');
  await page.goto(`${remit.url}/workflows/${WORKFLOW}`);
  await page.getByLabel('E-mail address').fill(APPROVER);
  await page.locator('form').last().getByRole('button', { name: 'Sign in', exact: true }).click();
  await page.getByRole('heading', { name: 'Its limits' }).waitFor();
  await camera.keep(page, 'workflow');
  await close();
}

function madeUpRecords(version: string): DecisionRecord[] {
  return Array.from({ length: AGREED + WRONG.length }, (_, at) => {
    const caseId = caseIdOf({ workflow: WORKFLOW, trigger: 'contact-form', eventId: `made-up-${at}` });
    // The newest: what the run itself decides puts the oldest out of what is looked at.
    const reason = WRONG[at] ?? '';
    const compared = [{ field: 'tier', agrees: reason === '' }];
    return aRecord({ caseId, version, decidedAtMs: Date.now() - at * MINUTES * 1_000, compared, reason });
  });
}

/** The mail and the page of an action that is held, from a stack in which one is. */
export async function pictureHeldAction(camera: Camera, port: number): Promise<void> {
  const assembly = await assemblyWith('test/support/held-leads/index.ts');
  const home = mkdtempSync(join(tmpdir(), 'remit-pictures-'));
  const runtime = await bootRuntime({ assembly, home, port });
  try {
    const remit = people(runtime.url);
    await putSettings(remit.url, settingsIn('full'));
    const lead = sampleLead('warm-lead');
    await remit.trigger(WORKFLOW, lead);
    await remit.questionMail(APPROVER, lead.name);
    const { page, close } = await openSession(camera.browser, { deviceScaleFactor: camera.scale });
    await followLink(await readMail(page, remit.url, lead.name));
    await camera.keep(page, 'held-action');
    await close();
  } finally {
    await runtime.stop();
    for (const folder of [home, assembly]) rmSync(folder, { recursive: true, force: true });
  }
}
