import type { Json } from '../contracts/index.ts';

/** Deeper nesting than any business event has; it would only cost stack. */
const DEEPEST_NESTING = 64;

/** Names that would reach an object's prototype when copied carelessly. */
export const REFUSED_NAMES: ReadonlySet<string> = new Set(['__proto__', 'constructor', 'prototype']);

export type ParsedJson = { readonly ok: true; readonly value: Json } | { readonly ok: false; readonly problem: string };

/**
 * JSON from outside, strictly: valid UTF-8, one JSON text, no doubled names, no prototype names, no half surrogates, no
 * number that canonical JSON cannot write down, at most 64 levels. Every refusal says what is wrong.
 */
export function parseUntrustedJson(bytes: Uint8Array): ParsedJson {
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return { ok: false, problem: 'The body is not valid UTF-8.' };
  }
  let value: Json;
  try {
    value = JSON.parse(text);
  } catch (error) {
    return { ok: false, problem: `The body is not JSON: ${error instanceof Error ? error.message : 'unreadable'}` };
  }
  // Only now: in text that is not JSON, looking for the ends of strings takes time that grows with its square.
  if (isTooDeep(text)) return { ok: false, problem: `The JSON is nested deeper than ${DEEPEST_NESTING} levels.` };
  const problem = structureProblem(value) ?? doubledName(text);
  return problem === null ? { ok: true, value } : { ok: false, problem };
}

function isTooDeep(text: string): boolean {
  let depth = 0;
  for (const token of text.matchAll(STRUCTURE)) {
    const mark = token[0];
    if (mark === '{' || mark === '[') depth += 1;
    else if (mark === '}' || mark === ']') depth -= 1;
    if (depth > DEEPEST_NESTING) return true;
  }
  return false;
}

/** Strings as a whole, so that brackets and colons inside them do not count. */
const STRUCTURE = /"(?:[^"\\]|\\.)*"|[{}[\]:,]/gs;

/** In valid JSON a string followed by a colon is a name. @returns a problem when an object has one twice. */
function doubledName(text: string): string | null {
  const open: Set<string>[] = [];
  let lastString: string | null = null;
  for (const [mark] of text.matchAll(STRUCTURE)) {
    if (mark === '{' || mark === '[') open.push(new Set());
    else if (mark === '}' || mark === ']') open.pop();
    else if (mark === ':' && lastString !== null) {
      const name = String(JSON.parse(lastString));
      const names = open.at(-1);
      if (names?.has(name)) return `The name ${JSON.stringify(name)} stands twice in one object.`;
      names?.add(name);
    }
    lastString = mark.startsWith('"') ? mark : null;
  }
  return null;
}

function structureProblem(value: Json): string | null {
  if (typeof value === 'string') return value.isWellFormed() ? null : 'A text holds half of a surrogate pair.';
  if (typeof value === 'number') return numberProblem(value);
  if (value === null || typeof value !== 'object') return null;
  if (Array.isArray(value)) return firstProblem(value);
  const refused = Object.keys(value).find((name) => REFUSED_NAMES.has(name) || !name.isWellFormed());
  if (refused !== undefined) return `The name ${JSON.stringify(refused)} is not accepted.`;
  return firstProblem(Object.values(value));
}

function numberProblem(value: number): string | null {
  // An integer beyond 2^53 - 1 has lost digits already, and no digest could be made of it.
  const isExact = Number.isFinite(value) && (Number.isSafeInteger(value) || !Number.isInteger(value));
  return isExact ? null : 'A number is too large: send it as text.';
}

function firstProblem(values: readonly Json[]): string | null {
  for (const value of values) {
    const problem = structureProblem(value);
    if (problem !== null) return problem;
  }
  return null;
}
