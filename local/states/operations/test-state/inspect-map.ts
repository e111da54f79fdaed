import type { Json } from '../../../kernel/service.ts';
import type { MapState } from '../../asl/definition.ts';
import { isObject } from '../../asl/definition.ts';
import { batches } from '../../asl/states/item-batches.ts';
import { iterations } from '../../asl/states/map.ts';
import type { NewStrand, Step } from '../../asl/step.ts';
import { validationError } from '../refusals.ts';
import type { Inspection } from './inspection.ts';

/** What DEBUG and TRACE show of a Map state before its iterations: its limits, and its items step by step. */
export async function inspectMap(
  step: Step<MapState>,
  readerData: string | null,
  inspection: Inspection,
): Promise<void> {
  const { dataFlow, state } = step;
  const scope = step.scope();
  inspection['maxConcurrency'] = (await dataFlow.numberOf(state, 'MaxConcurrency', scope)) ?? 0;
  const count = await dataFlow.numberOf(state, 'ToleratedFailureCount', scope);
  if (count !== null) inspection['toleratedFailureCount'] = count;
  const percentage = await dataFlow.numberOf(state, 'ToleratedFailurePercentage', scope);
  if (percentage !== null) inspection['toleratedFailurePercentage'] = percentage;
  await inspectItems(step, readerData, inspection);
}

async function inspectItems(step: Step<MapState>, readerData: string | null, inspection: Inspection): Promise<void> {
  const { ItemsPath: path, ItemSelector: selector, ItemBatcher: batcher } = step.state.fields;
  if (path === undefined && selector === undefined && batcher === undefined) return;
  const items = await itemsOf(step, readerData);
  if (typeof path === 'string') inspection['afterItemsPath'] = JSON.stringify(items);
  const strands = await iterations(step, items);
  if (selector !== undefined) inspection['afterItemSelector'] = inputsOf(strands);
  if (isObject(batcher)) inspection['afterItemBatcher'] = inputsOf(await batches(step, strands, batcher));
}

function inputsOf(strands: readonly NewStrand[]): string {
  return JSON.stringify(strands.map(({ inputText }) => JSON.parse(inputText) as Json));
}

/** The items that a Map state runs over; those of an ItemReader are what the request gives in its place. */
export async function itemsOf(
  { dataFlow, state, scope }: Step<MapState>,
  readerData: string | null,
): Promise<readonly Json[]> {
  if (state.fields['ItemReader'] === undefined) return dataFlow.items(state, scope());
  const items = readerData === null ? [] : parsed(readerData);
  if (!Array.isArray(items)) throw validationError('The member mapItemReaderData must be a JSON array');
  return items as readonly Json[];
}

function parsed(text: string): Json {
  try {
    return JSON.parse(text) as Json;
  } catch {
    throw validationError('The member mapItemReaderData must be valid JSON');
  }
}
