import { gunzipSync, gzipSync } from 'node:zlib';
import type { Artefact } from './artefact.ts';
import type { LearnedModel } from './contract.ts';
import { openModel } from './model.ts';
import { pack, unpack } from './pack.ts';

/** Changes whenever stored models stop being readable, or the same case would be read into other features. */
const FORMAT = 'remit learned model 1';

/** The model as compressed bytes: the same artefact gives the same bytes. */
export function serialise(artefact: Artefact): Uint8Array {
  return gzipSync(pack({ format: FORMAT, artefact }), { level: 9 });
}

/** @throws UnreadableModelError where the bytes are no model, or one of another format. */
export function load(bytes: Uint8Array): LearnedModel {
  return openModel(readArtefact(bytes));
}

/** @throws UnreadableModelError where the bytes are no model, or one of another format. */
export function readArtefact(bytes: Uint8Array): Artefact {
  let stored: unknown;
  try {
    stored = unpack(gunzipSync(bytes));
  } catch (error) {
    throw new UnreadableModelError('The bytes are not a learned model', { cause: error });
  }
  if (!isStored(stored))
    throw new UnreadableModelError(`The learned model is not of the format "${FORMAT}"; train it again`);
  return stored.artefact;
}

export class UnreadableModelError extends Error {
  override readonly name = 'UnreadableModelError';
}

/** The check sum inside the compressed bytes vouches for the rest. */
function isStored(value: unknown): value is { artefact: Artefact } {
  return (
    typeof value === 'object' && value !== null && 'format' in value && value.format === FORMAT && 'artefact' in value
  );
}
