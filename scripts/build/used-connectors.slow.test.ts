import { build } from 'esbuild';
import { describe, expect, it } from 'vitest';
import { workflows } from '../../agents/index.ts';
import { connectedLeads } from '../../test/support/connected-leads/index.ts';
import { bundleOptions } from './bundle.ts';

/** None of these reaches outside of the account. */
const inside = workflows.filter(({ id }) => id !== 'partner-research');

/** The text of one bundle for these workflows; the same agents stand in it either way. */
async function bundleOf(name: string, used: typeof workflows): Promise<string> {
  const { outputFiles } = await build({ ...bundleOptions([name], async () => used), minify: false, sourcemap: false });
  return outputFiles[0]?.text ?? '';
}

describe('the connectors of a bundle', () => {
  it('stay out of the bundles where no workflow uses them', async () => {
    const [without, with_] = [
      await bundleOf('perform-action', inside),
      await bundleOf('perform-action', [connectedLeads]),
    ];
    for (const part of ['chat.postMessage', 'api.hubapi.com/crm', 'GetSecretValueCommand', 'secureConnect']) {
      expect([part, without.includes(part), with_.includes(part)]).toEqual([part, false, true]);
    }
    for (const part of ['modelcontextprotocol', 'PutEventsCommand', 'api.search.brave.com/res']) {
      expect([part, without.includes(part)]).toEqual([part, false]);
    }
  });

  it('of a function that only reads hold nothing that acts', async () => {
    const bundle = await bundleOf('run-turn', [connectedLeads]);
    expect([bundle.includes('api.search.brave.com/res'), bundle.includes('chat.postMessage')]).toEqual([true, false]);
  });

  it('must be there: a system without its file stops the build, by name', async () => {
    const { connector } = connectedLeads.actions['post-to-slack'] ?? {};
    if (connector === undefined) throw new Error('the workflow posts nowhere');
    const action = { ...connectedLeads.actions['post-to-slack'], connector: { ...connector, id: 'fax.send' } };
    const faxed = [{ ...connectedLeads, actions: { fax: action } }] as unknown as typeof workflows;
    await expect(bundleOf('perform-action', faxed)).rejects.toThrow(/connector of the system fax/);
  });
});
