import type { Bag } from './bag.ts';
import type { Cases } from './cases.ts';
import type { Example, FieldSpec, Label, Neighbour } from './contract.ts';
import { hashEnd, hashStart } from './hashing.ts';
import type { SparseVector } from './vectors.ts';

/** Past cases as sparse vectors: case i is `offsets[i]` to `offsets[i + 1]` of `features` and `values`. */
export interface CaseIndex {
  readonly ids: readonly string[];
  readonly expected: readonly Example['expected'][];
  readonly offsets: Uint32Array;
  readonly features: Uint16Array;
  /** Weight in steps of 1/255. */
  readonly values: Uint8Array;
}

const STEPS = 255;
const MOST_CASES = 4_000;
const MOST_ENTRIES = 100_000;
const FEWEST_PER_CASE = 12;

/** Keeps all cases while there are few, else an even choice over the labels of the first field and their weightiest features. */
export function indexCases(
  cases: Cases,
  fields: readonly FieldSpec[],
  toVector: (bag: Bag) => SparseVector,
): CaseIndex {
  const rows = chooseRows(cases, fields[0]?.name ?? '');
  const perCase = Math.max(FEWEST_PER_CASE, Math.floor(MOST_ENTRIES / rows.length));
  const kept = rows.map((row) => weightiest(toVector(cases.bags[row] as Bag), perCase));
  const offsets = new Uint32Array(rows.length + 1);
  kept.forEach((entries, i) => {
    offsets[i + 1] = (offsets[i] as number) + entries.length;
  });
  return {
    ids: rows.map((row) => (cases.examples[row] as Example).id),
    expected: rows.map((row) => onlyFields((cases.examples[row] as Example).expected, fields)),
    offsets,
    features: Uint16Array.from(kept.flat(), ({ feature }) => feature),
    values: Uint8Array.from(kept.flat(), ({ value }) => Math.round(value * STEPS)),
  };
}

/** Returns the search: the five most similar cases, at most two per label of the first field. */
export function nearestIn(index: CaseIndex, firstField: string): (vector: SparseVector) => Neighbour[] {
  const { starts, rows, values } = invert(index);
  return ({ indices, values: weights }) => {
    const sums = new Float64Array(index.ids.length);
    for (let p = 0; p < indices.length; p++) {
      const feature = indices[p] as number;
      const weight = (weights[p] as number) / STEPS;
      const end = starts[feature + 1] ?? 0;
      for (let at = starts[feature] ?? 0; at < end; at++) {
        const row = rows[at] as number;
        sums[row] = (sums[row] as number) + weight * (values[at] as number);
      }
    }
    return pick(sums, index, firstField);
  };
}

const NEIGHBOURS = 5;
const PER_LABEL = 2;

function pick(sums: Float64Array, index: CaseIndex, firstField: string): Neighbour[] {
  const found = [...sums.keys()].filter((row) => (sums[row] as number) > 0);
  found.sort((a, b) => (sums[b] as number) - (sums[a] as number) || a - b);
  const perLabel = new Map<Label | null | undefined, number>();
  const picked: Neighbour[] = [];
  for (const row of found) {
    const expected = index.expected[row] ?? {};
    const count = perLabel.get(expected[firstField]) ?? 0;
    if (count >= PER_LABEL) continue;
    perLabel.set(expected[firstField], count + 1);
    picked.push({ id: index.ids[row] ?? '', similarity: Math.min(1, sums[row] as number), expected });
    if (picked.length === NEIGHBOURS) break;
  }
  return picked;
}

/** Cases by feature: those of feature f are `starts[f]` to `starts[f + 1]` of `rows` and `values`. */
interface Postings {
  readonly starts: Int32Array;
  readonly rows: Int32Array;
  readonly values: Uint8Array;
}

function invert({ ids, offsets, features, values: given }: CaseIndex): Postings {
  const starts = new Int32Array(features.reduce((most, feature) => Math.max(most, feature), 0) + 2);
  for (const feature of features) starts[feature + 1] = (starts[feature + 1] as number) + 1;
  for (let feature = 1; feature < starts.length; feature++) {
    starts[feature] = (starts[feature] as number) + (starts[feature - 1] as number);
  }
  const next = starts.slice();
  const rows = new Int32Array(features.length);
  const values = new Uint8Array(features.length);
  for (let row = 0; row < ids.length; row++) {
    for (let p = offsets[row] as number; p < (offsets[row + 1] as number); p++) {
      const at = next[features[p] as number] as number;
      next[features[p] as number] = at + 1;
      rows[at] = row;
      values[at] = given[p] as number;
    }
  }
  return { starts, rows, values };
}

interface Entry {
  readonly feature: number;
  readonly value: number;
}

function weightiest(vector: SparseVector, most: number): Entry[] {
  const entries = Array.from(vector.indices, (feature, p) => ({ feature, value: vector.values[p] as number }));
  if (entries.length > most) entries.sort((a, b) => b.value - a.value || a.feature - b.feature);
  return entries.slice(0, most).sort((a, b) => a.feature - b.feature);
}

function onlyFields(expected: Example['expected'], fields: readonly FieldSpec[]): Example['expected'] {
  return Object.fromEntries(fields.flatMap(({ name }) => (name in expected ? [[name, expected[name] ?? null]] : [])));
}

/** All rows, or as many of each label as fit, in order of their hash. */
function chooseRows(cases: Cases, firstField: string): number[] {
  const all = [...cases.examples.keys()];
  if (all.length <= MOST_CASES) return all;
  const byLabel = [...Map.groupBy(all, (row) => cases.examples[row]?.expected[firstField]).values()];
  byLabel.sort((a, b) => a.length - b.length || (a[0] as number) - (b[0] as number));
  const hashOf = (row: number) => hashEnd(hashStart(`case ${cases.units[row]}`));
  const chosen: number[] = [];
  byLabel.forEach((rows, i) => {
    const room = Math.floor((MOST_CASES - chosen.length) / (byLabel.length - i));
    const hashed = rows.map((row) => ({ row, hash: hashOf(row) })).sort((a, b) => a.hash - b.hash || a.row - b.row);
    chosen.push(...hashed.slice(0, room).map(({ row }) => row));
  });
  return chosen.sort((a, b) => a - b);
}
