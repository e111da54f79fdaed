import type { Json, Money, Shape, ShapeOutline } from '../contracts/index.ts';

/** More of a text than this does not fit into a sentence. */
const LONGEST_TEXT = 80;

export type SpokenShape = Omit<Shape, 'id' | 'workflow' | 'createdAtMs' | 'uses' | 'revoked' | 'from' | 'proof'>;

/** What a remembered yes lets happen, in one sentence. `labels` are names of fields for people, by path. */
export function shapeSentence(shape: SpokenShape, labels: Readonly<Record<string, string>> = {}): string {
  const uses = shape.maximumUses === 1 ? 'once' : `${shape.maximumUses} times`;
  const until = new Date(shape.expiresAtMs).toISOString().slice(0, 16).replace('T', ' ');
  return `"${shape.title}" goes ahead without asking${fieldWords(shape, labels)}${segmentWords(shape)}, at most ${uses}, until ${until} UTC, by the yes of ${shape.author}.`;
}

/** ` where a is 1 and b is at most 2, whatever the c`; empty where nothing is said of fields. */
export function fieldWords(
  { fixed, limits, maxAmount, freeFields }: Pick<ShapeOutline, 'fixed' | 'limits' | 'maxAmount' | 'freeFields'>,
  labels: Readonly<Record<string, string>> = {},
): string {
  const name = (path: string): string => (Object.hasOwn(labels, path) ? (labels[path] ?? path) : path || 'all of it');
  const conditions = [
    ...Object.entries(fixed).map(([path, value]) => `${name(path)} is ${valueWords(value)}`),
    ...Object.entries(limits).map(([path, limit]) => `${name(path)} is at most ${limit}`),
    ...(maxAmount === null ? [] : [`it moves at most ${moneyWords(maxAmount)}`]),
  ];
  const where = conditions.length === 0 ? '' : ` where ${listed(conditions)}`;
  return `${where}${freeFields.length === 0 ? '' : `, whatever the ${listed(freeFields.map(name))}`}`;
}

function segmentWords({ segment }: Pick<ShapeOutline, 'segment'>): string {
  return segment === null ? '' : `, in cases of the segment ${segment}`;
}

function valueWords(value: Json): string {
  if (value === null) return 'empty';
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  // Whole characters, so that half of a pair is never left behind.
  const characters = [...text.replaceAll(/\s+/g, ' ')];
  const short =
    characters.length > LONGEST_TEXT ? `${characters.slice(0, LONGEST_TEXT).join('')}…` : characters.join('');
  return typeof value === 'string' ? `"${short}"` : short;
}

/** `500.00 EUR` */
export function moneyWords({ minor, currency }: Money): string {
  const digits = minorDigits(currency);
  return `${(minor / 10 ** digits).toFixed(digits)} ${currency}`;
}

/** How many of an amount's digits are minor units: 2 for EUR, 0 for JPY. */
export function minorDigits(currency: string): number {
  return new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2;
}

function listed(parts: readonly string[]): string {
  return parts.length < 2 ? parts.join('') : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}`;
}
