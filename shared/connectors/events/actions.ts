import type { ActionConnector } from '../../authoring/index.ts';
import type { ActionImplementation, ActionPorts, ActionSystem } from '../implementation.ts';
import { EVENT_SOURCE, type EventOut } from './definition.ts';

export const system: ActionSystem = { '*': put };

function put({ bus }: ActionPorts, connector: ActionConnector): ActionImplementation {
  if (!isEventOut(connector)) throw new Error(`${connector.id} is not defined by eventOut()`);
  return async (args, { idempotencyKey, caseId }) => {
    const detail = { ...args, remit: { caseId, idempotencyKey } };
    return { eventId: await bus.put({ source: EVENT_SOURCE, detailType: connector.detailType, detail }) };
  };
}

function isEventOut(connector: ActionConnector): connector is EventOut {
  return 'detailType' in connector;
}
