import type { ActionConnector } from '../../authoring/index.ts';
import { keyBelow } from '../../domain/object-key.ts';
import { EffectError, type ObjectHead, type ObjectStore, StoreFailure } from '../../ports/index.ts';
import type { ActionImplementation, ActionPorts, ActionSystem } from '../implementation.ts';
import { bucketOf, keyToWrite, toAct } from './calls.ts';
import type { S3Remove, S3Write } from './definition-acting.ts';
import { prefixOf } from './definition-traits.ts';

export const system: ActionSystem = { '*': act };

function act({ objects }: ActionPorts, connector: ActionConnector): ActionImplementation {
  if (isWrite(connector)) return write(objects, connector);
  if (isRemoval(connector)) return remove(objects, connector);
  throw new Error(`${connector.id} is not defined by s3Write() or s3Remove()`);
}

/** A file of the name that carries the key of this action is what an earlier try of it wrote. */
function write(objects: ObjectStore, connector: S3Write): ActionImplementation {
  return async (args, { idempotencyKey }) => {
    const { name, text } = connector.file(args);
    const bytes = new TextEncoder().encode(text);
    if (bytes.byteLength > connector.mostBytes) {
      throw new EffectError(
        `${name}: it has ${bytes.byteLength} bytes, and at most ${connector.mostBytes} are written`,
        {
          isPassing: false,
        },
      );
    }
    const object = addressOf(objects, connector, name);
    const call = objects
      .putNew({ ...object, bytes, type: connector.type, mark: idempotencyKey })
      .catch(async (error) => {
        if (!isTaken(error)) throw error;
        return own(await objects.head(object), name, idempotencyKey);
      });
    const { etag, versionId } = await toAct(connector, name, call);
    return { name, etag, versionId };
  };
}

function remove(objects: ObjectStore, connector: S3Remove): ActionImplementation {
  return async (args) => {
    const { name, versionId } = connector.arguments.parse(args);
    await toAct(connector, name, objects.removeVersion({ ...addressOf(objects, connector, name), versionId }));
    return { name };
  };
}

function addressOf(objects: ObjectStore, { place, timeoutMs }: S3Write | S3Remove, name: string) {
  const key = keyToWrite(keyBelow(prefixOf(place), name));
  // A write that meets its own file asks twice.
  return { bucket: bucketOf(objects, place), key, timeoutMs: timeoutMs / 2 - MARGIN_MS };
}

/** What is left of the time for the answer to be noted. */
const MARGIN_MS = 50;

function isTaken(error: unknown): boolean {
  return error instanceof StoreFailure && 'status' in error.failed && error.failed.status === 412;
}

function own(head: ObjectHead, name: string, idempotencyKey: string): ObjectHead {
  if (head.mark === idempotencyKey) return head;
  throw new EffectError(`${name}: there is a file of this name already`, { isPassing: false });
}

function isWrite(connector: ActionConnector): connector is S3Write {
  return 'writes' in connector && connector.writes === 'file';
}

function isRemoval(connector: ActionConnector): connector is S3Remove {
  return 'writes' in connector && connector.writes === 'removal';
}
