import type { Clock } from '../kernel/clock.ts';
import { AwsError, notBuilt } from '../kernel/errors.ts';
import type { Place } from '../kernel/names.ts';
import type { Caller, JsonObject, Operation, Permission } from '../kernel/service.ts';
import type { Store } from '../kernel/store.ts';
import { CapacityTally } from './capacity.ts';
import { refuseUnknown } from './input.ts';
import type { ExpirySweep } from './items/expiry-sweep.ts';
import type { ItemStore } from './items/item-store.ts';
import type { TableCatalog } from './tables/table-catalog.ts';

/** What all operations work with. */
export interface Engine {
  readonly store: Store;
  readonly clock: Clock;
  readonly place: Place;
  readonly tables: TableCatalog;
  readonly items: ItemStore;
  readonly expiry: ExpirySweep;
  readonly onConsumed: OnConsumed;
}

/** Told of every request that read or wrote items, also of one that was then refused. */
export type OnConsumed = (operation: string, readUnits: number, writeUnits: number, caller: Caller) => void;

export interface OperationSpec {
  readonly name: string;
  /** A write runs inside a batch of the store and answers once that is on disk. */
  readonly kind: 'read' | 'write';
  /** Members that the operation understands; any other is refused. */
  readonly members: readonly string[];
  readonly permissions: (engine: Engine, input: JsonObject) => readonly Permission[];
  readonly run: (engine: Engine, input: JsonObject, tally: CapacityTally) => JsonObject;
}

export function buildOperation(engine: Engine, spec: OperationSpec): Operation {
  return {
    permissions: (input) => spec.permissions(engine, input),
    run: (input, caller) => {
      refuseUnknown(spec.name, input, spec.members);
      refuseCollectionMetrics(spec, input);
      return spec.kind === 'read' ? runRead(engine, spec, input, caller) : runWrite(engine, spec, input, caller);
    },
  };
}

function refuseCollectionMetrics({ name }: OperationSpec, input: JsonObject): void {
  if (input['ReturnItemCollectionMetrics'] !== 'SIZE') return;
  throw notBuilt('dynamodb', `${name} with ReturnItemCollectionMetrics SIZE`);
}

function runRead(engine: Engine, spec: OperationSpec, input: JsonObject, caller: Caller): JsonObject {
  const tally = new CapacityTally();
  try {
    return spec.run(engine, input, tally);
  } finally {
    report(engine, spec, tally, caller);
  }
}

async function runWrite(engine: Engine, spec: OperationSpec, input: JsonObject, caller: Caller): Promise<JsonObject> {
  const tally = new CapacityTally();
  try {
    return await engine.store.write(() => spec.run(engine, input, tally));
  } catch (error) {
    if (!(error instanceof AwsError)) engine.tables.forget();
    throw error;
  } finally {
    report(engine, spec, tally, caller);
  }
}

function report(engine: Engine, { name }: OperationSpec, tally: CapacityTally, caller: Caller): void {
  const { readUnits, writeUnits } = tally;
  if (readUnits + writeUnits > 0) engine.onConsumed(name, readUnits, writeUnits, caller);
}
