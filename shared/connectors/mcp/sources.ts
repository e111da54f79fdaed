import type { SourceConnector } from '../../authoring/index.ts';
import { JsonObject } from '../../contracts/index.ts';
import { callOutcome } from '../../domain/call-outcome.ts';
import { ReadError } from '../../ports/index.ts';
import type { SourceImplementation, SourcePorts, SourceSystem } from '../implementation.ts';
import { callTool } from './call-tool.ts';
import type { McpSource } from './definition.ts';
import { failedCall } from './failed-call.ts';

export const system: SourceSystem = { sources: { '*': read } };

function read(ports: SourcePorts, connector: SourceConnector): SourceImplementation {
  if (!isMcpSource(connector)) throw new Error(`${connector.id} is not defined by mcpSource()`);
  return async (args) => {
    const secret = connector.secret === null ? {} : await ports.secrets.read(connector.secret);
    if (secret === null) return connector.standIn(args);
    try {
      const answer = await callTool(ports, { connector, secret, args, onSent: () => undefined });
      return JsonObject.parse(connector.read(answer));
    } catch (error) {
      const { call, words } = failedCall(error);
      throw new ReadError(words, { isPassing: callOutcome(connector.failures, call) !== 'refused', cause: error });
    }
  };
}

function isMcpSource(connector: SourceConnector): connector is McpSource {
  return 'schemaDigest' in connector && 'tool' in connector && 'standIn' in connector;
}
