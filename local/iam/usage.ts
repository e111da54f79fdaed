import type { Store } from '../kernel/store.ts';
import { matchesAction } from './evaluate.ts';
import type { Statement } from './policy.ts';

/** What a role was allowed to do and did, and what it was allowed to do and never did. */
export interface RoleUsage {
  readonly roleArn: string;
  readonly used: readonly string[];
  /** Action patterns of its statements that no call has matched. */
  readonly neverUsed: readonly string[];
}

/** Remembers which actions each role has used, over restarts, with writes gathered so that no call waits for the disk. */
export class UsageRecord {
  readonly #store: Store;
  readonly #used = new Map<string, Set<string>>();

  constructor(store: Store) {
    this.#store = store;
    store.define('CREATE TABLE IF NOT EXISTS iam_usage (role TEXT, action TEXT, PRIMARY KEY (role, action))');
    for (const row of store.statement('SELECT role, action FROM iam_usage').all()) {
      this.#actionsOf(String(row['role'])).add(String(row['action']));
    }
  }

  note(roleArn: string, action: string): void {
    const actions = this.#actionsOf(roleArn);
    if (actions.has(action)) return;
    actions.add(action);
    const insert = this.#store.statement('INSERT OR IGNORE INTO iam_usage (role, action) VALUES (?, ?)');
    void this.#store.write(() => insert.run(roleArn, action)).catch(() => actions.delete(action));
  }

  of(roleArn: string, statements: readonly Statement[]): RoleUsage {
    const used = [...this.#actionsOf(roleArn)].sort();
    const allowed = new Set(
      statements.flatMap((statement) => (statement.effect === 'Allow' ? (statement.actions ?? []) : [])),
    );
    const neverUsed = [...allowed].filter((pattern) => !used.some((action) => matchesAction(pattern, action)));
    return { roleArn, used, neverUsed: neverUsed.sort() };
  }

  #actionsOf(roleArn: string): Set<string> {
    let actions = this.#used.get(roleArn);
    if (actions === undefined) {
      actions = new Set();
      this.#used.set(roleArn, actions);
    }
    return actions;
  }
}
