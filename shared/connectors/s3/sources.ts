import type { SourceConnector } from '../../authoring/index.ts';
import { messageOf } from '../../domain/message-of.ts';
import { keyBelow, prefixBelow } from '../../domain/object-key.ts';
import { type ObjectContent, ReadError } from '../../ports/index.ts';
import { rowsOf } from '../csv/rows-of.ts';
import type { SourceImplementation, SourcePorts, SourceSystem } from '../implementation.ts';
import { bucketOf, keyToRead, toRead } from './calls.ts';
import type { S3List, S3Rows, S3Text } from './definition-reading.ts';
import { prefixOf } from './definition-traits.ts';

export const system: SourceSystem = { sources: { '*': read } };

function read(ports: SourcePorts, connector: SourceConnector): SourceImplementation {
  if (!isOfS3(connector)) throw new Error(`${connector.id} is not defined by s3Text(), s3Rows() or s3List()`);
  switch (connector.reads) {
    case 'text':
      return text(ports, connector);
    case 'rows':
      return rows(ports, connector);
    case 'list':
      return list(ports, connector);
    default:
      return connector satisfies never;
  }
}

function text(ports: SourcePorts, connector: S3Text): SourceImplementation {
  return async (args) => {
    const { facts, text: whole } = await fileOf(ports, connector, args);
    return { ...facts, text: whole };
  };
}

function rows(ports: SourcePorts, connector: S3Rows): SourceImplementation {
  return async (args) => {
    const { facts, text: whole } = await fileOf(ports, connector, args);
    const { rows: found, isAll } = await tableIn(facts.name, rowsOf([whole], connector, args));
    return { ...facts, rows: found, isAll };
  };
}

/** The same file has the same fault at the next try. A table of no rows at all is one that somebody has lost. */
async function tableIn(name: string, reading: ReturnType<typeof rowsOf>): ReturnType<typeof rowsOf> {
  try {
    const table = await reading;
    if (table.isEmpty) throw new Error('it has no rows');
    return table;
  } catch (cause) {
    throw new ReadError(`${name}: ${messageOf(cause)}`, { isPassing: false, cause });
  }
}

function list({ objects }: SourcePorts, connector: S3List): SourceImplementation {
  const prefix = prefixOf(connector.place);
  return async (args) => {
    const under = keyToRead(prefixBelow(prefix, connector.under(args)));
    const request = { prefix: under, most: connector.most, timeoutMs: timeOf(connector) };
    const call = objects.list({ bucket: bucketOf(objects, connector.place), ...request });
    const { objects: found, isAll } = await toRead(connector, under, call);
    return {
      isAll,
      // What a console makes to stand for a folder is no file.
      files: found
        .filter(({ key }) => !key.endsWith('/'))
        .map(({ key, bytes, etag, changedAtMs }) => ({
          ...{ name: key.slice(prefix.length), bytes, etag, changedAt: new Date(changedAtMs).toISOString() },
        })),
    };
  };
}

async function fileOf({ objects }: SourcePorts, connector: S3Text | S3Rows, args: Parameters<S3Text['file']>[0]) {
  const named = connector.file(args);
  const { name, etag } = typeof named === 'string' ? { name: named, etag: null } : named;
  const key = keyToRead(keyBelow(prefixOf(connector.place), name));
  const request = { key, etag, mostBytes: connector.mostBytes, timeoutMs: timeOf(connector) };
  const content = await toRead(
    connector,
    name,
    objects.get({ bucket: bucketOf(objects, connector.place), ...request }),
  );
  checkType(connector, name, content);
  const facts = { name, etag: content.etag, changedAt: new Date(content.changedAtMs).toISOString() };
  return { facts, text: decoded(name, content.bytes) };
}

function checkType({ types }: S3Text | S3Rows, name: string, { type }: ObjectContent): void {
  const [plain = ''] = type.toLowerCase().split(';');
  const is = plain.trim();
  const fits = types.some((one) => (one.endsWith('/*') ? is.startsWith(one.slice(0, -1)) : is === one));
  if (fits) return;
  throw new ReadError(`${name}: its type is ${JSON.stringify(is)} and none of ${types.join(', ')}`, {
    isPassing: false,
  });
}

function decoded(name: string, bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (cause) {
    throw new ReadError(`${name}: it is not valid UTF-8`, { isPassing: false, cause });
  }
}

/** What is left of the time for the answer to be noted. */
const MARGIN_MS = 100;

function timeOf({ timeoutMs }: SourceConnector): number {
  return timeoutMs - MARGIN_MS;
}

function isOfS3(connector: SourceConnector): connector is S3Text | S3Rows | S3List {
  return 'reads' in connector && 'place' in connector;
}
