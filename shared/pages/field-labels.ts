/** Names of fields for people, by dotted path or by the field's own key. */
export type Labels = Readonly<Record<string, string>>;

/** The builder's label for a path, or the key made readable: `companySize` reads `Company size`. */
export function labelOf(path: readonly string[], labels: Labels): string {
  const key = path.at(-1) ?? '';
  return ownLabel(labels, path.join('.')) ?? ownLabel(labels, key) ?? readable(key);
}

/** Whether the builder has named it. */
export function isOwnLabel(labels: Labels, key: string): boolean {
  return ownLabel(labels, key) !== undefined;
}

function ownLabel(labels: Labels, key: string): string | undefined {
  return Object.hasOwn(labels, key) ? labels[key] : undefined;
}

function readable(key: string): string {
  if (!/^[A-Za-z][\w-]*$/.test(key)) return key;
  const words = key.replace(/([a-z0-9])([A-Z])/g, '$1 $2').split(/[\s_-]+/);
  return words
    .map((word, n) => (abbreviations.has(word.toLowerCase()) ? word.toUpperCase() : cased(word, n)))
    .join(' ');
}

const abbreviations = new Set(['id', 'url', 'crm', 'vat', 'iban', 'ip', 'cc', 'bcc', 'ceo', 'cto', 'eur', 'usd']);

function cased(word: string, n: number): string {
  const lower = /^[A-Z][A-Z]+$/.test(word) ? word : word.toLowerCase();
  return n === 0 ? capital(lower) : lower;
}

/** A sentence that begins as sentences do. */
export function capital(text: string): string {
  const [first = ''] = text;
  return first.toUpperCase() + text.slice(first.length);
}
