import type { ActionConnector } from '../../authoring/index.ts';
import { JsonObject } from '../../contracts/index.ts';
import { callOutcome } from '../../domain/call-outcome.ts';
import { EffectError } from '../../ports/index.ts';
import type { ActionImplementation, ActionPorts, ActionSystem } from '../implementation.ts';
import { standIn } from '../sandbox/stand-in.ts';
import { callTool } from './call-tool.ts';
import type { McpAction } from './definition.ts';
import { failedCall } from './failed-call.ts';

export const system: ActionSystem = { '*': act };

function act(ports: ActionPorts, connector: ActionConnector): ActionImplementation {
  if (!isMcpAction(connector)) throw new Error(`${connector.id} is not defined by mcpAction()`);
  const pretend = standIn(ports, connector, (args) => ({ result: connector.standIn(args) }));
  return async (args, context) => {
    const secret = connector.secret === null ? {} : await ports.secrets.read(connector.secret);
    if (secret === null) return pretend(args, context);
    let isSent = false;
    const onSent = () => {
      isSent = true;
    };
    try {
      return JsonObject.parse(connector.read(await callTool(ports, { connector, secret, args, onSent })));
    } catch (error) {
      const { call, words } = failedCall(error);
      const outcome = callOutcome(connector.failures, call);
      // Before the tool is called, nothing can have happened, however that ended.
      if (outcome === 'unsure' && isSent) throw new Error(words, { cause: error });
      throw new EffectError(words, { isPassing: outcome !== 'refused', cause: error });
    }
  };
}

function isMcpAction(connector: ActionConnector): connector is McpAction {
  return 'schemaDigest' in connector && 'tool' in connector && 'standIn' in connector;
}
