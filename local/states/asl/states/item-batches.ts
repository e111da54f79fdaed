import type { Json, JsonObject } from '../../../kernel/service.ts';
import { MAX_DATA_BYTES } from '../data-size.ts';
import type { MapState } from '../definition.ts';
import { runtimeFailure } from '../failure.ts';
import type { NewStrand, Step } from '../step.ts';

/** Puts iterations together: the input of each becomes `{ BatchInput, Items }`. */
export async function batches(
  step: Step<MapState>,
  strands: readonly NewStrand[],
  batcher: JsonObject,
): Promise<readonly NewStrand[]> {
  const limits = await limitsOf(step, batcher);
  const common = await batchInput(step, batcher);
  const grouped: NewStrand[][] = [];
  const emptyBytes = Buffer.byteLength(JSON.stringify(inputOf([], common)));
  let bytes = 0;
  for (const strand of strands) {
    const size = Buffer.byteLength(strand.inputText);
    const withComma = size + 1;
    const last = grouped.at(-1);
    const isFull = last === undefined || last.length >= limits.items || bytes + withComma > limits.bytes;
    if (isFull) grouped.push([strand]);
    else last.push(strand);
    bytes = isFull ? emptyBytes + size : bytes + withComma;
  }
  return grouped.map((group, index) => oneBatch(group, index, common));
}

interface Limits {
  readonly items: number;
  /** Of the whole input of a batch, with what all batches have in common. */
  readonly bytes: number;
}

async function limitsOf(step: Step<MapState>, batcher: JsonObject): Promise<Limits> {
  const inner = { ...step.state, fields: batcher };
  const items = await step.dataFlow.numberOf(inner, 'MaxItemsPerBatch', step.scope());
  const bytes = await step.dataFlow.numberOf(inner, 'MaxInputBytesPerBatch', step.scope());
  if (items === null && bytes === null) {
    throw runtimeFailure('ItemBatcher needs MaxItemsPerBatch or MaxInputBytesPerBatch.');
  }
  return { items: items ?? Number.POSITIVE_INFINITY, bytes: Math.min(bytes ?? MAX_DATA_BYTES, MAX_DATA_BYTES) };
}

async function batchInput({ dataFlow, scope }: Step<MapState>, batcher: JsonObject): Promise<Json | undefined> {
  const template = batcher['BatchInput'];
  return template === undefined ? undefined : dataFlow.template(template, scope(), 'ItemBatcher/BatchInput');
}

function oneBatch(group: readonly NewStrand[], index: number, common: Json | undefined): NewStrand {
  const items = group.map(({ inputText }) => JSON.parse(inputText) as Json);
  return { index, flow: group[0]?.flow ?? [], item: null, inputText: JSON.stringify(inputOf(items, common)) };
}

function inputOf(items: readonly Json[], common: Json | undefined): Json {
  return common === undefined ? { Items: items } : { BatchInput: common, Items: items };
}
