import type { SourceConnector } from '../../authoring/index.ts';
import { ReadError } from '../../ports/index.ts';
import { callToRead } from '../http/call.ts';
import type { SourceImplementation, SourcePorts, SourceSystem } from '../implementation.ts';
import type { CsvSource } from './definition.ts';
import { rowsOf } from './rows-of.ts';

export const system: SourceSystem = { sources: { '*': rows } };

function rows(ports: SourcePorts, connector: SourceConnector): SourceImplementation {
  if (!isCsvSource(connector)) throw new Error(`${connector.id} is not defined by csvSource()`);
  return async (args, { workflow }) => {
    const { rows: found, isAll } = await rowsOf(pieces(ports, connector, workflow), connector, args);
    return { rows: found, isAll };
  };
}

const PIECE = 64 * 1024;

async function* pieces(ports: SourcePorts, connector: CsvSource, workflow: string): AsyncGenerator<string> {
  const { from } = connector;
  if ('url' in from) {
    const { text } = await callToRead(ports, connector, {
      method: 'GET',
      url: from.url,
      headers: { accept: 'text/csv' },
    });
    yield text;
    return;
  }
  const bytes = await ports.assets.read(`agents/${workflow}/${from.file}`);
  if (bytes === null) throw new ReadError(`the file ${from.file} is not in the bundle`, { isPassing: false });
  // A file that is not UTF-8 is refused and not read wrongly.
  const decoder = new TextDecoder('utf-8', { fatal: true });
  for (let at = 0; at < bytes.length; at += PIECE)
    yield decoder.decode(bytes.subarray(at, at + PIECE), { stream: true });
  yield decoder.decode();
}

function isCsvSource(connector: SourceConnector): connector is CsvSource {
  return 'from' in connector && 'matches' in connector && 'row' in connector;
}
