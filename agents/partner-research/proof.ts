import type { FactReading } from '../../shared/authoring/index.ts';
import type { Claim, Partner } from './company.ts';

/** One place that was read: a page by its address, or an entry by what was asked for. */
interface Place {
  readonly source: string;
  readonly ref: string;
  /** Text of a page, in which a quote is looked for; values of an entry, one of which it must be. */
  readonly text: string | null;
  readonly values: readonly string[];
}

/** Claims of partners whose quote stands nowhere in what they cite, each as "company: claim". */
export function unprovedClaims(partners: readonly Partner[], readings: readonly FactReading[]): string[] {
  const places = readings.flatMap(placesIn);
  return partners.flatMap(({ name, claims }) =>
    claims.filter((claim) => !isBorne(claim, places)).map(({ claim }) => `${name}: ${claim}`),
  );
}

/**
 * Whether a partner may be written to at the address of the report: it belongs to the company's own domain and stands in
 * something that was read. What a page tells readers to write to counts for nothing else.
 */
export function isOwnAddress({ contact, domain }: Partner, readings: readonly FactReading[]): boolean {
  const host = contact.split('@')[1]?.toLowerCase() ?? '';
  if (host !== domain && !host.endsWith(`.${domain}`)) return false;
  return readings.flatMap(placesIn).some(({ text }) => text !== null && hasAddress(text, contact));
}

const ORDERS =
  /\b(?:ignore|disregard|forget)\b.{0,40}\b(?:instructions?|rules?|prompt)|\b(?:ai|language models?|assistants?|agents?|bots?)\b[^.]{0,60}\b(?:must|should|are to|have to)\b|\bsystem prompt\b|\bskip\b.{0,30}\bapprovals?\b/is;

/** Whether a text tells whoever reads it what to do, past those who may. */
export function givesOrders(text: string): boolean {
  return ORDERS.test(text);
}

/** Addresses of pages that hold orders to whoever reads them. */
export function pagesWithOrders(readings: readonly FactReading[]): string[] {
  return readings
    .flatMap(placesIn)
    .filter(({ text }) => text !== null && givesOrders(text))
    .map(({ ref }) => ref);
}

function isBorne({ source, ref, quote }: Claim, places: readonly Place[]): boolean {
  return places
    .filter((place) => place.source === source && place.ref === ref.trim())
    .some(({ text, values }) =>
      text === null ? values.some((value) => plain(value) === plain(quote)) : plain(text).includes(plain(quote)),
    );
}

function placesIn({ source, arguments: asked, data }: FactReading): Place[] {
  if (Array.isArray(data['results'])) return data['results'].flatMap((result) => pageOf(source, result));
  if (typeof data['url'] === 'string') return pageOf(source, data);
  const ref = String(asked['domain'] ?? asked['email'] ?? '').toLowerCase();
  const values = Object.values(data).flatMap((value) => (Array.isArray(value) ? value : [value]));
  return [{ source, ref, text: null, values: values.filter((value) => value !== null).map(String) }];
}

function pageOf(source: string, page: unknown): Place[] {
  if (typeof page !== 'object' || page === null) return [];
  const { url = '', title = '', text = '' } = page as Readonly<Record<string, unknown>>;
  return [{ source, ref: String(url), text: `${title}\n${text}`, values: [] }];
}

/** A longer address that ends or begins with it is another one. A pattern for addresses would take long on a hostile page. */
function hasAddress(text: string, address: string): boolean {
  if (address === '') return false;
  const [page, sought] = [text.toLowerCase(), address.toLowerCase()];
  for (let at = page.indexOf(sought); at >= 0; at = page.indexOf(sought, at + sought.length)) {
    const end = at + sought.length;
    if (!/[\w.+-]/.test(page.slice(Math.max(0, at - 1), at)) && !/^\.?[\w-]/.test(page.slice(end, end + 2)))
      return true;
  }
  return false;
}

/** Line breaks and runs of blanks are no other words. */
function plain(text: string): string {
  return text.toLowerCase().replaceAll(/\s+/g, ' ').trim();
}
