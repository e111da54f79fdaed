import { rmSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Deployment, startDeployment, type Template } from '../support/deployment.ts';
import { sampleLead, WORKFLOW } from '../support/leads.ts';
import { assemblyWith } from '../support/other-workflows.ts';

let assembly: string;
let remit: Deployment;
beforeAll(async () => {
  assembly = await assemblyWith('test/support/connected-leads/index.ts', withoutSecrets);
  remit = await startDeployment({ assembly });
}, 180_000);
afterAll(async () => {
  await remit?.stop();
  rmSync(assembly, { recursive: true, force: true });
});

/** As a stack has it none of whose connectors has a secret. */
function withoutSecrets({ Resources }: Template): void {
  for (const { Properties } of Object.values(Resources)) {
    const environment = Properties?.['Environment'] as { Variables?: Record<string, unknown> } | undefined;
    delete environment?.Variables?.['REMIT_CONNECTOR_SECRET_PREFIX'];
  }
}

const lead = { ...sampleLead('cold-lead'), name: 'Carla Connected' };
const email = lead.email.toLowerCase();

async function doneFor(): Promise<string> {
  const { caseId } = await remit.trigger(WORKFLOW, lead);
  await remit.waitFor(caseId, ({ state }) => state === 'closed');
  return caseId;
}

async function shown(path: string): Promise<string> {
  return (await fetch(`${remit.url}${path}`)).text();
}

describe('a workflow with Slack, HubSpot and the web, while no secret is set', () => {
  it('does everything in the sandbox, reads back what it did, and shows it on pages of its own', async () => {
    // given
    const first = await doneFor();
    const effects = await remit.effects(first);
    expect(effects.map(({ connector }) => connector)).toEqual(['slack.post-message', 'hubspot.upsert-contact']);

    // when
    const second = await doneFor();

    // then
    const again = await remit.effects(second);
    expect(again.map(({ connector }) => connector)).toContain('hubspot.create-note');
    expect(again.find(({ connector }) => connector === 'hubspot.create-note')?.arguments).toMatchObject({
      contactId: `sandbox-${email.replaceAll(/[^a-z0-9]+/g, '-')}`,
    });
    const channels = await shown('/_local/channels/');
    expect(channels).toContain('#sales');
    expect(channels).toContain('&lt;!channel&gt; Carla Connected wrote');
    expect(channels).toContain('what agents do stays on this machine');
    const crm = await shown('/_local/crm/');
    expect(crm).toContain(email);
    expect(crm).toContain('Note: &lt;b&gt;Carla Connected&lt;/b&gt; wrote again');
    expect(await shown('/_local/effects/')).toContain(second.slice(0, 8));
  });
});
