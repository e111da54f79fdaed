import type { Clock, Timer } from '../../kernel/clock.ts';
import type { Store } from '../../kernel/store.ts';
import { encodeKey } from '../keys/item-key.ts';
import type { Table } from '../tables/table.ts';
import type { TableCatalog } from '../tables/table-catalog.ts';
import type { AttributeMap } from '../values/attribute-value.ts';
import { expiryOf } from './expiry-of.ts';
import type { ItemStore } from './item-store.ts';

/** An expired item stays readable for up to this long: AWS deletes late too, and who reads must look at the time himself. */
const DELETION_DELAY_S = 60;

/** AWS leaves alone what expired longer ago than this. */
const OLDEST_EXPIRY_S = 5 * 365 * 24 * 60 * 60;
const ITEMS_PER_SWEEP = 1000;

/** Deletes expired items by the clock. */
export class ExpirySweep {
  readonly #store: Store;
  readonly #clock: Clock;
  readonly #tables: TableCatalog;
  readonly #items: ItemStore;
  #timer: Timer | null = null;
  #isStarted = false;
  #nextExpiryS = Number.POSITIVE_INFINITY;

  constructor(options: { store: Store; clock: Clock; tables: TableCatalog; items: ItemStore }) {
    this.#store = options.store;
    this.#clock = options.clock;
    this.#tables = options.tables;
    this.#items = options.items;
  }

  start(): void {
    this.#isStarted = true;
    this.look();
  }

  stop(): void {
    this.#isStarted = false;
    this.#timer?.cancel();
    this.#timer = null;
    this.#nextExpiryS = Number.POSITIVE_INFINITY;
  }

  /** To be told of every item written. */
  noticeItem(table: Table, item: AttributeMap): void {
    const expiresAtS = expiryOf(table, item);
    if (expiresAtS !== null && expiresAtS < this.#nextExpiryS) this.#wakeAt(expiresAtS);
  }

  /** Looks up the next expiry again; for when a table's setting changed. */
  look(): void {
    const row = this.#store
      .statement('SELECT MIN(expires_at_s) AS next FROM dynamodb_items WHERE expires_at_s >= ?')
      .get(this.#nowS() - OLDEST_EXPIRY_S);
    const next = row?.['next'] ?? null;
    this.#nextExpiryS = Number.POSITIVE_INFINITY;
    this.#timer?.cancel();
    if (next !== null) this.#wakeAt(Number(next));
  }

  #wakeAt(expiresAtS: number): void {
    if (!this.#isStarted || expiresAtS < this.#nowS() - OLDEST_EXPIRY_S) return;
    this.#nextExpiryS = expiresAtS;
    this.#timer?.cancel();
    this.#timer = this.#clock.at((expiresAtS + DELETION_DELAY_S) * 1000, () => this.#sweep());
  }

  #sweep(): void {
    if (!this.#isStarted) return;
    const nowS = this.#nowS();
    this.#store.writeNow(() => {
      const rows = this.#store
        .statement(
          `SELECT i.id, i.item, i.size_bytes, t.name FROM dynamodb_items i JOIN dynamodb_tables t ON t.id = i.table_id
           WHERE i.expires_at_s >= ? AND i.expires_at_s <= ? LIMIT ?`,
        )
        .all(nowS - OLDEST_EXPIRY_S, nowS, ITEMS_PER_SWEEP);
      for (const row of rows) this.#remove(String(row['name']), Number(row['id']), String(row['item']));
    });
    this.look();
  }

  #remove(tableName: string, id: number, json: string): void {
    const table = this.#tables.find(tableName);
    if (table === null) return;
    const item = JSON.parse(json) as AttributeMap;
    this.#items.remove(table, encodeKey(table, item), { id, item, sizeBytes: 0 });
  }

  #nowS(): number {
    return Math.floor(this.#clock.now() / 1000);
  }
}
