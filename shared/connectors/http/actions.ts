import type { ActionConnector } from '../../authoring/index.ts';
import { JsonObject } from '../../contracts/index.ts';
import type { ActionImplementation, ActionPorts, ActionSystem } from '../implementation.ts';
import { standIn } from '../sandbox/stand-in.ts';
import { callToAct } from './call.ts';
import type { HttpAction } from './definition.ts';
import { authorizationIn } from './sources.ts';

export const system: ActionSystem = { '*': act };

function act(ports: ActionPorts, connector: ActionConnector): ActionImplementation {
  if (!isHttpAction(connector)) throw new Error(`${connector.id} is not defined by httpAction()`);
  const pretend = standIn(ports, connector, (args) => ({ result: connector.standIn(args) }));
  return async (args, context) => {
    const secret = connector.secret === null ? {} : await ports.secrets.read(connector.secret);
    if (secret === null) return pretend(args, context);
    const call = connector.call(args, context);
    const answer = await callToAct(ports, connector, {
      ...call,
      headers: { ...call.headers, ...authorizationIn(secret) },
    });
    return JsonObject.parse(connector.read(answer.text === '' ? {} : JSON.parse(answer.text)));
  };
}

function isHttpAction(connector: ActionConnector): connector is HttpAction {
  return 'call' in connector && 'standIn' in connector && 'read' in connector;
}
