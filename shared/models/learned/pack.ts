/**
 * A value of plain data, typed arrays and tables (Map by number) as bytes: a JSON part that refers to blobs, then the blobs, each
 * aligned to 8 bytes. The same value gives the same bytes.
 */
export function pack(value: unknown): Uint8Array {
  const blobs: Uint8Array[] = [];
  const json = JSON.stringify(value, (_key, part: unknown) => replaced(part, blobs));
  const head = new TextEncoder().encode(json);
  const start = aligned(8 + head.length);
  const bytes = new Uint8Array(start + blobs.reduce((sum, blob) => sum + aligned(blob.length), 0));
  const view = new DataView(bytes.buffer);
  view.setUint32(0, head.length, true);
  view.setUint32(4, start, true);
  bytes.set(head, 8);
  let at = start;
  for (const blob of blobs) {
    bytes.set(blob, at);
    at += aligned(blob.length);
  }
  return bytes;
}

/** @throws RangeError, SyntaxError or TypeError where the bytes were not made by `pack`. */
export function unpack(bytes: Uint8Array): unknown {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const length = view.getUint32(0, true);
  const state = { at: view.getUint32(4, true) };
  const json = new TextDecoder().decode(bytes.subarray(8, 8 + length));
  const value: unknown = JSON.parse(json);
  return restored(value, bytes, state);
}

type TypedArray = Int8Array | Uint8Array | Uint16Array | Int32Array | Uint32Array | Float32Array | Float64Array;

const KINDS = { Int8Array, Uint8Array, Uint16Array, Int32Array, Uint32Array, Float32Array, Float64Array };

function replaced(part: unknown, blobs: Uint8Array[]): unknown {
  if (part instanceof Map) return { $table: tableColumns(part) };
  if (!ArrayBuffer.isView(part)) return part;
  const kind = part.constructor.name;
  if (!(kind in KINDS)) throw new TypeError(`Cannot pack a ${kind}`);
  const array = part as TypedArray;
  const isRising = array instanceof Uint16Array || array instanceof Uint32Array;
  const stored = isRising ? differences(array) : array;
  blobs.push(new Uint8Array(stored.buffer, stored.byteOffset, stored.byteLength));
  return { $blob: kind, length: array.length };
}

/** Neighbouring values are alike in the lists that are stored so, and their differences compress better; wraps around. */
function differences<T extends Uint16Array | Uint32Array>(array: T): T {
  const steps = array.slice() as T;
  for (let i = steps.length - 1; i > 0; i--) steps[i] = (steps[i] as number) - (steps[i - 1] as number);
  return steps;
}

function restored(part: unknown, bytes: Uint8Array, state: { at: number }): unknown {
  if (Array.isArray(part)) return part.map((item) => restored(item, bytes, state));
  if (typeof part !== 'object' || part === null) return part;
  if ('$blob' in part && 'length' in part) return takeBlob(String(part.$blob), Number(part.length), bytes, state);
  const entries = Object.entries(part).map(([key, value]) => [key, restored(value, bytes, state)] as const);
  const value = Object.fromEntries(entries);
  return '$table' in value ? tableFrom(value['$table'] as TableColumns) : value;
}

function takeBlob(kind: string, length: number, bytes: Uint8Array, state: { at: number }): TypedArray {
  const Kind = KINDS[kind as keyof typeof KINDS];
  const size = length * Kind.BYTES_PER_ELEMENT;
  if (state.at + size > bytes.length) throw new RangeError('The model ends early');
  const array = new Kind(Uint8Array.from(bytes.subarray(state.at, state.at + size)).buffer);
  state.at += aligned(size);
  if (array instanceof Uint16Array || array instanceof Uint32Array) {
    for (let i = 1; i < array.length; i++) array[i] = (array[i] as number) + (array[i - 1] as number);
  }
  return array;
}

/** A table of numbers, or of counts by number, as columns in order of key. */
interface TableColumns {
  readonly keys: Uint32Array;
  readonly sizes: Int32Array;
  readonly values: Float64Array | Int32Array;
  /** Only where the values are counts; whole ones, or as they are weighed. */
  readonly counts: Int32Array | Float32Array | null;
}

type Row = readonly number[] | ReadonlyMap<number, number>;

function tableColumns(table: ReadonlyMap<number, Row>): TableColumns {
  const rows = [...table].sort(([a], [b]) => a - b);
  const lists = rows.map(([, row]) =>
    row instanceof Map ? [...row.entries()] : [...(row as readonly number[])].map((value) => [value] as const),
  );
  const cells = lists.flat();
  const areCounts = rows.some(([, row]) => row instanceof Map);
  return {
    keys: Uint32Array.from(rows, ([key]) => key),
    sizes: Int32Array.from(lists, (list) => list.length),
    values: areCounts ? Int32Array.from(cells, ([value]) => value) : Float64Array.from(cells, ([value]) => value),
    counts: areCounts ? countColumn(cells.map(([, count]) => count ?? 0)) : null,
  };
}

function countColumn(counts: readonly number[]): Int32Array | Float32Array {
  return counts.every((count) => count === (count | 0)) ? Int32Array.from(counts) : Float32Array.from(counts);
}

function tableFrom({ keys, sizes, values, counts }: TableColumns): Map<number, Row> {
  const table = new Map<number, Row>();
  let at = 0;
  keys.forEach((key, i) => {
    const from = at;
    at += sizes[i] as number;
    const list = Array.from(values.subarray(from, at));
    table.set(key, counts ? new Map(list.map((value, p) => [value, counts[from + p] as number])) : list);
  });
  return table;
}

function aligned(length: number): number {
  return Math.ceil(length / 8) * 8;
}
