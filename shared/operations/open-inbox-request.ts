import * as z from 'zod';
import { RequestId } from '../contracts/index.ts';
import { isSamePerson } from '../domain/people.ts';
import { isEntitled } from '../domain/team-members.ts';
import { type OpenedRequest, type OpenLinkPorts, openFor } from './open-link.ts';
import { operation } from './operation.ts';

const OpenInboxRequest = z.object({ requestId: RequestId, person: z.string() });

/**
 * A request for somebody who is signed in; null for one that was not put to them, as for one that there is not. Who
 * stood in for somebody sees what they answered after that is over.
 */
export const openInboxRequest = operation({
  name: 'open-inbox-request',
  input: OpenInboxRequest,
  async run(ports: OpenLinkPorts, { requestId, person }): Promise<OpenedRequest | null> {
    const opened = await openFor(ports, requestId, person);
    if (opened === null) return null;
    const { loaded, standing } = opened;
    const { request } = loaded;
    const given = [...request.votes, ...(request.answer === null ? [] : [request.answer])];
    const isPutToThem = standing !== null && isEntitled(loaded.workflow, loaded.case.input, person);
    return isPutToThem || given.some(({ by }) => isSamePerson(by, person)) ? opened : null;
  },
});
