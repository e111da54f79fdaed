import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { connectorWorld, KEY } from '../../test/support/connector-world.ts';
import { action, defineWorkflow, source, type Workflow, webhook } from '../authoring/index.ts';
import { connectorsOf } from './bind-connectors.ts';
import {
  archiveHubspotRecord,
  createHubspotNote,
  csvSource,
  deleteSlackMessage,
  eventOut,
  httpAction,
  httpSource,
  hubspotContact,
  mcpAction,
  mcpSource,
  postSlackMessage,
  sendMail,
  webPage,
  webSearch,
} from './definitions.ts';

const Partner = z.object({ name: z.string(), email: z.email() });
type Partner = z.infer<typeof Partner>;
const Verdict = z.object({ isPartner: z.boolean() });

const prices = csvSource({
  id: 'csv.prices',
  from: { file: 'prices.csv' },
  arguments: z.strictObject({ item: z.string() }),
  row: z.object({ item: z.string(), eur: z.coerce.number() }),
  matches: (row, { item }) => row.item === item,
});
const order = httpSource({
  ...{ id: 'http.order', hosts: ['orders.example'], secret: 'orders', timeoutMs: 2_000, attempts: 2 },
  arguments: z.strictObject({ id: z.string() }),
  data: z.object({ state: z.string() }),
  call: ({ id }) => ({ method: 'GET', url: `https://orders.example/${encodeURIComponent(id)}` }),
  standIn: () => ({ state: 'open' }),
});
const refund = httpAction({
  ...{ id: 'http.refund', hosts: ['orders.example'], secret: 'orders', timeoutMs: 2_000 },
  ...{ effect: 'irreversible', idempotency: 'none' },
  arguments: z.strictObject({ order: z.string() }),
  result: z.object({ id: z.string() }),
  call: ({ order: id }) => ({ method: 'POST', url: 'https://orders.example/refunds', json: { id } }),
  standIn: ({ order: id }) => ({ id: `made-up-${id}` }),
  intent: ({ order: id }) => ({ effect: 'refund', target: id }),
});
const tool = { url: 'https://tools.example/mcp', schemaDigest: '0'.repeat(64), secret: 'tools' };
const issues = mcpSource({
  ...{ ...tool, id: 'mcp.tracker.find', tool: 'find' },
  arguments: z.strictObject({ title: z.string() }),
  data: z.object({ text: z.string() }),
  standIn: () => ({ text: 'none' }),
});
const issue = mcpAction({
  ...{ ...tool, id: 'mcp.tracker.create', tool: 'create', effect: 'irreversible' },
  arguments: z.strictObject({ title: z.string() }),
  result: z.object({ number: z.int() }),
  standIn: () => ({ number: 1 }),
  intent: ({ title }) => ({ effect: 'issue', target: title }),
});
const told = eventOut({
  ...{ id: 'events.partner-found', detailType: 'Partner found', arguments: z.strictObject({ name: z.string() }) },
  intent: ({ name }) => ({ effect: 'tell', target: name }),
});
const page = webPage({ id: 'search.page', hosts: ['*.example'] });

/** Names a connector of every kind. Made up, and not deployed. */
const partners = defineWorkflow({
  ...{ id: 'partners', title: 'Partners', summary: 'Looks at who wants to be a partner.' },
  team: {
    ...{ name: 'Partners', owner: 'lead@remit.example', approvers: ['lead@remit.example'], nextApprovers: [] },
    answerWithinHours: 8,
  },
  triggers: [webhook({ id: 'form', when: 'The form for partners is sent' })],
  input: Partner,
  subject: ({ name }) => name,
  sources: {
    contact: source({
      ...{ title: 'HubSpot', connector: hubspotContact, isRequired: true },
      arguments: ({ email }: Partner) => ({ email }),
    }),
    web: source({
      ...{ title: 'Web', connector: webSearch, isRequired: false },
      arguments: ({ name }: Partner) => ({ query: name, limit: 5 }),
    }),
    page: source({
      ...{ title: 'Page', connector: page, isRequired: false },
      arguments: () => ({ url: 'https://a.example/' }),
    }),
    prices: source({
      ...{ title: 'Prices', connector: prices, isRequired: false },
      arguments: ({ name }: Partner) => ({ item: name }),
    }),
    order: source({
      ...{ title: 'Order', connector: order, isRequired: false },
      arguments: ({ name }: Partner) => ({ id: name }),
    }),
    issues: source({
      ...{ title: 'Issues', connector: issues, isRequired: false },
      arguments: ({ name }: Partner) => ({ title: name }),
    }),
  },
  agent: {
    ...{ id: 'judge', title: 'Judge', instructions: 'judge.md', judgement: Verdict, timeoutMs: 10_000 },
    sources: ['contact', 'web', 'page', 'prices', 'order', 'issues'],
  },
  decision: Verdict,
  conclude: (judgement) => judgement,
  actions: {
    'tell-sales': action({
      ...{ title: 'Tell sales', tier: 'notify', connector: postSlackMessage },
      compensation: {
        action: 'untell-sales',
        arguments: ({ channel }, { message = '' }) => ({ channel, message }),
      },
    }),
    'untell-sales': action({ title: 'Take the post back', tier: 'autonomous', connector: deleteSlackMessage }),
    note: action({
      ...{ title: 'Write a note', tier: 'notify', connector: createHubspotNote },
      compensation: {
        action: 'archive-note',
        arguments: (_args, { recordId = '' }) => ({ kind: 'notes', recordId }),
      },
    }),
    'archive-note': action({ title: 'Archive the note', tier: 'autonomous', connector: archiveHubspotRecord }),
    mail: action({ title: 'Write to the partner', tier: 'approve', connector: sendMail }),
    refund: action({ title: 'Pay back', tier: 'approve', connector: refund }),
    issue: action({ title: 'Open an issue', tier: 'approve', connector: issue }),
    tell: action({ title: 'Tell others', tier: 'approve', connector: told }),
  },
  plan: ({ isPartner }, { input, sources: { contact } }, act) => {
    if (!isPartner) return [];
    const contactId = contact?.contactId ?? null;
    return [
      act('tell-sales', { channel: '#partners', text: input.name }),
      act('tell', { name: input.name }),
      ...(contactId === null ? [] : [act('note', { contactId, text: 'They want to be a partner' })]),
      // @ts-expect-error: a field that the connector does not have is a compile error
      act('issue', { title: input.name, priority: 'high' }),
    ];
  },
  escalation: [
    { id: 'unknown', because: 'Nobody knows them.', when: (_decision, { sources }) => sources.contact === null },
  ],
  rollout: { phase: 'shadow', minimumConfidence: 0.8 },
  learned: { target: 0.9, fields: [{ name: 'isPartner', kind: 'class' }] },
});

const PAGE = { title: 'A', url: 'https://a.example/', text: 'Roofs' };
const FILES = {
  'agents/partners/prices.csv': 'item,eur\nRoof,9\n',
  'agents/partners/sandbox.json': JSON.stringify({ companies: {}, profiles: {}, pages: [PAGE] }),
};

describe('a workflow', () => {
  const { sources, actions } = connectorsOf([partners]);
  const world = connectorWorld({ sources, actions, files: FILES });

  it('reads every one of its sources while no secret is set', async () => {
    const input = { name: 'Roof', email: 'a@b.example' };
    for (const { connector, arguments: argumentsOf } of Object.values(partners.sources)) {
      const args = connector.arguments.parse(argumentsOf(input, {}));
      connector.data.parse(await world.sources.read(connector.id, args, { workflow: 'partners' }));
    }
    expect(sources).toHaveLength(6);
  });

  const ARGUMENTS = {
    'tell-sales': { channel: '#partners', text: 'Roof' },
    'untell-sales': { channel: '#partners', message: 'sandbox-1' },
    note: { contactId: 'sandbox-1', text: 'Called' },
    'archive-note': { kind: 'notes', recordId: 'sandbox-1' },
    mail: { to: 'a@b.example', bcc: [], subject: 'Hello', text: 'Words' },
    refund: { order: '4711' },
    issue: { title: 'Roof' },
    tell: { name: 'Roof' },
  };
  it.each(Object.entries(ARGUMENTS))('does %s, whose result fits', async (name, args) => {
    const connector = partners.actions[name]?.connector;
    if (connector === undefined) throw new Error(`there is no action ${name}`);
    const done = world.effects.perform(connector.id, connector.arguments.parse(args), { ...KEY, idempotencyKey: name });
    connector.result.parse(await done);
  });

  it('has no two connectors of one id', () => {
    const declared = Object.entries(partners.actions).find(([, { connector }]) => connector === refund);
    if (declared === undefined) throw new Error('the workflow refunds nothing');
    const [name, action] = declared;
    const other: Workflow = { ...partners, actions: { [name]: { ...action, connector: { ...refund, timeoutMs: 1 } } } };
    expect(() => connectorsOf([partners, other])).toThrow('Two connectors are called http.refund');
    expect(() => connectorsOf([partners, partners])).not.toThrow();
  });

  it('takes back a post with what the post itself answered', async () => {
    const post = partners.actions['tell-sales'];
    const args = ARGUMENTS['tell-sales'];
    const result = await world.effects.perform('slack.post-message', args, { ...KEY, idempotencyKey: 'again' });
    const back = deleteSlackMessage.arguments.parse(post?.compensation?.arguments(args, result));
    expect(back).toEqual({ channel: '#partners', message: 'sandbox-again' });
  });
});
