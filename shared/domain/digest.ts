import { createHash } from 'node:crypto';
import type { Action, Json, JsonObject } from '../contracts/index.ts';
import { canonicalJson } from './canonical-json.ts';

/** Hex SHA-256 of the canonical JSON of a value. */
export function digestOf(value: Json): string {
  return sha256(canonicalJson(value));
}

export function sha256(text: string): string {
  return createHash('sha256').update(text, 'utf8').digest('hex');
}

/**
 * What an approval is bound to: exactly this action with exactly these arguments, resting on exactly these facts, in this
 * case, under this version.
 */
export function actionDigest(bound: ActionBinding): string {
  return digestOf({ ...bound });
}

export interface ActionBinding {
  readonly workflow: string;
  readonly version: string;
  readonly caseId: string;
  readonly actionId: string;
  readonly action: Action['action'];
  readonly arguments: JsonObject;
  readonly pinned: Action['pinned'];
}

/** What the answer to a question about a whole case is bound to. */
export function caseDigest(bound: {
  workflow: string;
  version: string;
  caseId: string;
  round: number;
  draft: JsonObject;
}): string {
  return digestOf({ ...bound });
}
