import * as z from 'zod';
import type { ActionConnector } from '../../authoring/index.ts';
import type { JsonObject } from '../../contracts/index.ts';
import type { WebAnswer } from '../../ports/index.ts';
import { bodyOf, type Call, callToAct } from '../http/call.ts';
import type { ActionImplementation, ActionPorts, ActionSystem } from '../implementation.ts';
import { idFrom, type StoodIn, standIn } from '../sandbox/stand-in.ts';
import { hubspotCall, noteBody } from './api.ts';
import { CONTACTS, DEALS } from './on-file.ts';

/** How HubSpot itself is asked, and what its stand-in keeps. */
interface Doing {
  readonly call: (args: JsonObject, secret: Readonly<Record<string, string>>, nowMs: number) => Call;
  readonly recordId: (answer: WebAnswer, args: JsonObject) => string;
  readonly pretend: (args: JsonObject, id: string) => StoodIn;
}

/** HubSpot's own kinds of associations, from the record to a contact. */
const NOTE_TO_CONTACT = 202;
const DEAL_TO_CONTACT = 3;

const upsertContact: Doing = {
  call: ({ email, name, company, title, stage }, secret) => {
    const [firstname = '', ...rest] = String(name).split(/\s+/);
    const properties = { email, firstname, lastname: rest.join(' '), company, jobtitle: title, lifecyclestage: stage };
    return hubspotCall(secret, 'POST', 'contacts/batch/upsert', {
      inputs: [{ idProperty: 'email', id: email, properties }],
    });
  },
  recordId: (answer) => bodyOf(Upserted, answer).results[0].id,
  pretend: (args) => {
    const email = String(args['email']).toLowerCase();
    const recordId = `sandbox-${idFrom(email)}`;
    return {
      result: { recordId, in: 'sandbox' },
      record: { kind: CONTACTS, key: email, fields: { ...args, recordId } },
    };
  },
};

const createNote: Doing = {
  call: ({ contactId, text }, secret, nowMs) =>
    hubspotCall(secret, 'POST', 'notes', {
      properties: { hs_timestamp: new Date(nowMs).toISOString(), hs_note_body: noteBody(String(text)) },
      associations: toContact(contactId, NOTE_TO_CONTACT),
    }),
  recordId: (answer) => bodyOf(Created, answer).id,
  pretend: (_args, id) => ({ result: { recordId: id, in: 'sandbox' } }),
};

const createDeal: Doing = {
  call: ({ contactId, name, pipeline, stage, amount }, secret) =>
    hubspotCall(secret, 'POST', 'deals', {
      properties: { dealname: name, pipeline, dealstage: stage, ...(amount === null ? {} : { amount }) },
      associations: toContact(contactId, DEAL_TO_CONTACT),
    }),
  recordId: (answer) => bodyOf(Created, answer).id,
  pretend: (args, id) => ({
    result: { recordId: id, in: 'sandbox' },
    record: { kind: DEALS, key: String(args['contactId']), fields: { ...args, recordId: id } },
  }),
};

const moveDeal: Doing = {
  call: ({ dealId, stage }, secret) =>
    hubspotCall(secret, 'PATCH', `deals/${dealId}`, { properties: { dealstage: stage } }),
  recordId: (answer) => bodyOf(Created, answer).id,
  pretend: ({ dealId }) => ({ result: { recordId: dealId ?? '', in: 'sandbox' } }),
};

/** It answers with 204 and no body, for what is archived already too. */
const archiveRecord: Doing = {
  call: ({ kind, recordId }, secret) => hubspotCall(secret, 'DELETE', `${kind}/${recordId}`),
  recordId: (_answer, { recordId }) => String(recordId),
  pretend: ({ recordId }) => ({ result: { recordId: recordId ?? '', in: 'sandbox' } }),
};

export const system: ActionSystem = {
  'upsert-contact': (ports, connector) => bySecret(ports, connector, upsertContact),
  'create-note': (ports, connector) => bySecret(ports, connector, createNote),
  'create-deal': (ports, connector) => bySecret(ports, connector, createDeal),
  'move-deal': (ports, connector) => bySecret(ports, connector, moveDeal),
  'archive-record': (ports, connector) => bySecret(ports, connector, archiveRecord),
};

function bySecret(ports: ActionPorts, connector: ActionConnector, doing: Doing): ActionImplementation {
  const pretend = standIn(ports, connector, (args, { idempotencyKey }) =>
    doing.pretend(args, `sandbox-${idFrom(idempotencyKey)}`),
  );
  return async (args, context) => {
    const secret = await ports.secrets.read('hubspot');
    if (secret === null) return pretend(args, context);
    const answer = await callToAct(ports, connector, doing.call(args, secret, ports.clock.nowMs()));
    return { recordId: doing.recordId(answer, args), in: 'hubspot' };
  };
}

function toContact(contactId: unknown, associationTypeId: number): readonly object[] {
  return [{ to: { id: contactId }, types: [{ associationCategory: 'HUBSPOT_DEFINED', associationTypeId }] }];
}

const Created = z.object({ id: z.string() });
/** With status 207 some inputs failed; ours is one, so that nothing was done is not certain and a person looks. */
const Upserted = z.object({ status: z.literal('COMPLETE'), results: z.tuple([z.object({ id: z.string() })]) });
