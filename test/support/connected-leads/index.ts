import type { ActionConnector, ActionDefinition, Workflow } from '../../../shared/authoring/index.ts';
import {
  createHubspotNote,
  hubspotContact,
  postSlackMessage,
  upsertHubspotContact,
  webSearch,
} from '../../../shared/connectors/definitions.ts';
import { qualifierAlone } from '../qualifier-alone.ts';

const qualifier = qualifierAlone();

const ALWAYS = { read: 'always', asks: null, mostBytes: 32_768 } as const;

/** The lead workflow, told to Slack and HubSpot in place of the sandbox's own systems. Stands in for agents/index.ts. */
export const connectedLeads: Workflow = {
  ...qualifier,
  sources: {
    ...qualifier.sources,
    'hubspot-contact': {
      ...{ title: 'HubSpot', connector: hubspotContact, isRequired: false, missing: () => [] },
      ...ALWAYS,
      arguments: ({ email = null }) => ({ email }),
    },
    web: {
      ...{ title: 'Web', connector: webSearch, isRequired: false, missing: () => [] },
      ...ALWAYS,
      arguments: ({ company }) => ({ query: String(company), limit: 3 }),
    },
  },
  agents: qualifier.agents.map((agent) => ({
    ...agent,
    sources: [...agent.sources, 'hubspot-contact', 'web'],
  })),
  actions: {
    'post-to-slack': autonomous('Post to Slack', postSlackMessage),
    'write-contact': autonomous('Write the contact', upsertHubspotContact),
    'write-note': autonomous('Write a note', createHubspotNote),
  },
  plan: (_decision, { input: { name, email, company, title }, sources }) => {
    const contactId = sources['hubspot-contact']?.['contactId'] ?? null;
    const person = { email: email ?? '', name: name ?? '', company: company ?? '', title: title ?? '' };
    const note = { action: 'write-note', arguments: { contactId, text: `<b>${String(name)}</b> wrote again` } };
    return [
      { action: 'post-to-slack', arguments: { channel: '#sales', text: `<!channel> ${String(name)} wrote` } },
      { action: 'write-contact', arguments: { ...person, stage: 'lead' } },
      ...(contactId === null ? [] : [note]),
    ];
  },
  caps: qualifier.caps.filter(({ actions }) => actions.length === 0),
};

export const workflows: readonly Workflow[] = [connectedLeads];

export function findWorkflow(id: string): Workflow | null {
  return workflows.find((workflow) => workflow.id === id) ?? null;
}

function autonomous(title: string, connector: ActionConnector): ActionDefinition {
  const like = qualifier.actions['post-to-sales-hot'];
  if (like === undefined) throw new Error('the lead workflow posts nowhere');
  return { ...like, title, connector };
}
