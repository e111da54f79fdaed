import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { type Deployment, deployedAssembly, startDeployment, type Template } from '../support/deployment.ts';
import { APPROVER, hotLead, WORKFLOW } from '../support/leads.ts';
import { PersonBrowser, wordsOf } from '../support/person-browser.ts';
import { type PrefixProxy, prefixProxy } from '../support/prefix-proxy.ts';

const HOURS = 3_600;

let proxy: PrefixProxy;
let home: string;
let remit: Deployment;
beforeAll(async () => {
  proxy = await prefixProxy('/tools/remit');
  home = mkdtempSync(join(tmpdir(), 'remit-prefix-'));
  remit = await deploy('first');
}, 180_000);
afterAll(async () => {
  await remit?.stop();
  await proxy?.close();
  rmSync(home, { recursive: true, force: true });
});

/** The stack with the address of the proxy for people, as the setting `publicUrl` makes it. */
async function deploy(release: string): Promise<Deployment> {
  const assembly = deployedAssembly((template: Template) => {
    for (const { Type: type, Properties: properties } of Object.values(template.Resources)) {
      if (type === 'AWS::Lambda::Function') {
        const { Variables: variables = {} } = (properties['Environment'] ?? {}) as {
          Variables?: Record<string, unknown>;
        };
        const ours = 'REMIT_PUBLIC_URL' in variables ? { REMIT_PUBLIC_URL: proxy.url } : {};
        properties['Environment'] = { Variables: { ...variables, ...ours, REMIT_RELEASE: release } };
      }
      if (type === 'AWS::Cognito::UserPoolClient') {
        properties['CallbackURLs'] = [`${proxy.url}/signin/callback`];
        properties['LogoutURLs'] = [`${proxy.url}/signin/out`];
      }
    }
  });
  const deployed = await startDeployment({ home, assembly });
  proxy.target = deployed.url;
  return deployed;
}

/** The sign-in signs with a new key from now on, and knows none of its old ones. */
function rotateKeys(): void {
  const store = new DatabaseSync(join(home, 'data.sqlite'));
  expect(store.prepare('DELETE FROM signin_keys').run().changes).toBe(1);
  store.close();
}

async function linkOf(name: string): Promise<{ caseId: string; link: string; code: string }> {
  const { caseId } = await remit.trigger(WORKFLOW, hotLead(name));
  await remit.waitFor(caseId, ({ state }) => state === 'waiting');
  const mail = await vi.waitFor(async () => {
    const [sent] = (await remit.mails(APPROVER)).filter(({ subject }) => subject.includes(name));
    if (sent === undefined) throw new Error(`No mail about ${name} came`);
    return sent;
  }, 20_000);
  const code = /code:\s*([\d ]{6,})/i.exec(mail.text)?.[1]?.replaceAll(/\s/g, '') ?? '';
  return { caseId, link: mail.links[0] ?? '', code };
}

describe('yesterday’s link behind a prefix', () => {
  it('decides after an upgrade and with new keys, and the action runs; so does the inbox', async () => {
    // given
    const mailed = await linkOf('Yves Yesterday');
    const other = await linkOf('Ina Inbox');
    expect(mailed.link).toMatch(new RegExp(`^${proxy.url}/r/`));
    const old = new PersonBrowser(proxy.url);
    await old.signIn(APPROVER, `${proxy.url}/inbox`);

    // when
    await remit.advance(9 * HOURS);
    await remit.runtime.stop();
    rotateKeys();
    remit = await deploy('second');

    // then: the code of the mail
    const browser = new PersonBrowser(proxy.url);
    const page = await browser.open(mailed.link);
    expect(wordsOf(page)).toContain('Yves Yesterday');
    const answered = await browser.submit(page, { verb: 'approve', code: mailed.code });
    expect([answered.url, wordsOf(answered).includes(`Answered by ${APPROVER}`)]).toEqual([mailed.link, true]);
    expect((await remit.waitFor(mailed.caseId, ({ state }) => state === 'closed')).outcome).toBe('done');

    // then: a session of the old key is none, and a new sign-in leads to the inbox behind the prefix
    expect((await old.send(`${proxy.url}/inbox`)).status).toBe(303);
    const signed = new PersonBrowser(remit.url);
    const begun = await signed.open(`${proxy.url}/inbox`);
    const inbox = await signed.finishSignIn(begun, APPROVER);
    expect(inbox.url).toBe(`${proxy.url}/inbox`);
    const [, href = ''] = /href="(\.\/inbox\/[0-9a-f]{32})"/.exec(inbox.text) ?? [];
    const question = await signed.open(new URL(href, inbox.url).href);
    expect(wordsOf(question)).toContain('Ina Inbox');
    await signed.submit(question, { verb: 'approve' });
    expect((await remit.waitFor(other.caseId, ({ state }) => state === 'closed')).outcome).toBe('done');
  });
});
