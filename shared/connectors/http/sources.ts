import type { SourceConnector } from '../../authoring/index.ts';
import { JsonObject } from '../../contracts/index.ts';
import type { SourceImplementation, SourcePorts, SourceSystem } from '../implementation.ts';
import { callToRead } from './call.ts';
import type { HttpSource } from './definition.ts';

export const system: SourceSystem = { sources: { '*': read } };

function read(ports: SourcePorts, connector: SourceConnector): SourceImplementation {
  if (!isHttpSource(connector)) throw new Error(`${connector.id} is not defined by httpSource()`);
  return async (args) => {
    const secret = connector.secret === null ? {} : await ports.secrets.read(connector.secret);
    if (secret === null) return connector.standIn(args);
    const call = connector.call(args);
    const answer = await callToRead(ports, connector, {
      ...call,
      headers: { ...call.headers, ...authorizationIn(secret) },
    });
    return JsonObject.parse(connector.read(JSON.parse(answer.text)));
  };
}

export function authorizationIn(secret: Readonly<Record<string, string>>): Record<string, string> {
  return secret['authorization'] === undefined ? {} : { authorization: secret['authorization'] };
}

function isHttpSource(connector: SourceConnector): connector is HttpSource {
  return 'call' in connector && 'standIn' in connector && 'read' in connector;
}
