import { type FakeVendor, startFakeVendor, type VendorAnswer, type VendorRequest } from './fake-vendor.ts';

export const HUBSPOT_TOKEN = 'pat-fake-token-for-tests-only';

export interface HubspotRecord {
  readonly id: string;
  readonly properties: Readonly<Record<string, string | null>>;
  readonly contacts: readonly string[];
}

export interface FakeHubspot extends FakeVendor {
  readonly contacts: readonly HubspotRecord[];
  readonly notes: readonly HubspotRecord[];
  readonly deals: readonly HubspotRecord[];
}

type Kind = 'contacts' | 'notes' | 'deals';
type Records = Record<Kind, HubspotRecord[]>;
interface Body {
  readonly inputs?: readonly { readonly id: string; readonly properties: Record<string, string> }[];
  readonly properties?: Record<string, string>;
  readonly associations?: readonly { readonly to: { readonly id: string } }[];
  readonly filterGroups?: readonly { readonly filters: readonly { propertyName: string; value: string }[] }[];
  readonly limit?: number;
}

/** HubSpot's CRM API as far as agents use it. Upserts go by e-mail address; notes and deals know no key. */
export async function startFakeHubspot(): Promise<FakeHubspot> {
  const records: Records = { contacts: [], notes: [], deals: [] };
  const vendor = await startFakeVendor('api.hubapi.com', (request) => answerTo(request, records));
  return { ...vendor, ...records };
}

function answerTo(request: VendorRequest, records: Records): VendorAnswer {
  if (request.headers['authorization'] !== `Bearer ${HUBSPOT_TOKEN}`) {
    return { status: 401, body: { status: 'error', category: 'INVALID_AUTHENTICATION' } };
  }
  const body = (request.text === '' ? {} : JSON.parse(request.text)) as Body;
  const [, kind = '', rest = ''] = /^\/crm\/v3\/objects\/(contacts|notes|deals)\/?(.*)$/.exec(request.path) ?? [];
  if (kind === '') return { status: 404, body: { status: 'error', category: 'OBJECT_NOT_FOUND' } };
  const of = records[kind as Kind];
  switch (`${request.method} ${rest}`) {
    case 'POST batch/upsert':
      return upsert(of, body);
    case 'POST search':
      return search(of, body);
    case 'POST ':
      return create(of, body);
    default:
      return changeOne(request.method, of, rest, body);
  }
}

function upsert(contacts: HubspotRecord[], { inputs = [] }: Body): VendorAnswer {
  const results = inputs.map(({ id: email, properties }) => {
    const at = contacts.findIndex((one) => one.properties['email']?.toLowerCase() === email.toLowerCase());
    const id = contacts[at]?.id ?? String(1_000 + contacts.length + 1);
    const record = { id, properties: { ...contacts[at]?.properties, ...properties }, contacts: [] };
    if (at === -1) contacts.push(record);
    else contacts.splice(at, 1, record);
    return { id, new: at === -1, properties: record.properties };
  });
  return { status: 200, body: { status: 'COMPLETE', results } };
}

function create(of: HubspotRecord[], { properties = {}, associations = [] }: Body): VendorAnswer {
  const record = { id: String(5_000 + of.length + 1), properties, contacts: associations.map(({ to }) => to.id) };
  of.push(record);
  return { status: 201, body: record };
}

function search(of: readonly HubspotRecord[], { filterGroups = [], limit = 10 }: Body): VendorAnswer {
  const { propertyName = '', value = '' } = filterGroups[0]?.filters[0] ?? {};
  const results = of.filter(({ properties, contacts }) =>
    propertyName === 'associations.contact'
      ? contacts.includes(value)
      : properties[propertyName]?.toLowerCase() === value.toLowerCase(),
  );
  return { status: 200, body: { total: results.length, results: results.slice(0, limit) } };
}

function changeOne(method: string, of: HubspotRecord[], id: string, { properties = {} }: Body): VendorAnswer {
  const at = of.findIndex((one) => one.id === id);
  const one = of[at];
  if (method === 'DELETE') {
    if (one !== undefined) of.splice(at, 1);
    return { status: 204, body: null };
  }
  if (method !== 'PATCH' || one === undefined) {
    return { status: 404, body: { status: 'error', category: 'OBJECT_NOT_FOUND' } };
  }
  of.splice(at, 1, { ...one, properties: { ...one.properties, ...properties } });
  return { status: 200, body: of[at] };
}
