import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { assemblyWith } from '../support/assembly-with.ts';
import { type Deployment, startDeployment, type Template } from '../support/deployment.ts';
import { sampleLead, WORKFLOW } from '../support/leads.ts';
import { STYLES } from '../support/many-senders/index.ts';

let assembly: string;
let remit: Deployment;
beforeAll(async () => {
  assembly = await assemblyWith('test/support/many-senders/index.ts');
  addSecrets(join(assembly, 'Remit.template.json'));
  remit = await startDeployment({ assembly });
}, 180_000);
afterAll(async () => {
  await remit?.stop();
  rmSync(assembly, { recursive: true, force: true });
});

/** As the stack makes one for each trigger whose sender signs in a way of its own. */
function addSecrets(path: string): void {
  const template: Template = JSON.parse(readFileSync(path, 'utf8'));
  const [, made] = Object.entries(template.Resources).find(([id]) => id.includes('Secretleadqualification')) ?? [];
  if (made === undefined) throw new Error('the stack has no secret of that workflow');
  for (const style of STYLES) {
    const Name = `${String(made.Properties['Name'])}.by-${style}`;
    template.Resources[`Secret${style}`] = { ...made, Properties: { ...made.Properties, Name } };
  }
  writeFileSync(path, JSON.stringify(template));
}

interface Sending {
  readonly style: (typeof STYLES)[number];
  readonly body: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

async function send({
  style,
  body,
  headers = {},
}: Sending): Promise<{ status: number; said: Record<string, unknown> }> {
  const url = `${remit.url}/hooks/${WORKFLOW}?trigger=by-${style}`;
  const text = JSON.stringify(body);
  const asked = { workflow: WORKFLOW, body: text, style, trigger: `by-${style}`, url };
  const signed = await fetch(`${remit.url}/_local/sign`, { method: 'POST', body: JSON.stringify(asked) });
  const own: Record<string, string> = JSON.parse(await signed.text());
  const answer = await fetch(url, { method: 'POST', headers: { ...own, ...headers }, body: text });
  return { status: answer.status, said: JSON.parse(await answer.text()) };
}

it.each(STYLES)(
  'a webhook signed as by %s is one case, however often it comes, and none when it is forged',
  async (style) => {
    const one = { ...sampleLead('cold-lead'), id: 'evt_1', event_id: 'Ev1' };
    const body = style === 'hubspot' ? [one] : one;
    const first = await send({ style, body });
    expect([first.status, first.said]).toEqual([202, { caseId: expect.stringMatching(/^[0-9a-f]{32}$/) }]);
    // Under another name, too, where its sender does not sign the name.
    expect(await send({ style, body, headers: { 'x-github-delivery': 'another' } })).toEqual(first);
    const caseId = String(first.said['caseId']);
    expect(await remit.waitFor(caseId, ({ state }) => state === 'closed')).toMatchObject({ trigger: `by-${style}` });
    const headers = Object.fromEntries(
      [
        'stripe-signature',
        'x-hub-signature-256',
        'x-slack-signature',
        'x-hubspot-signature-v3',
        'typeform-signature',
      ].map((name) => [name, 'sha256=00']),
    );
    expect((await send({ style, body, headers })).status).toBe(401);
  },
);
