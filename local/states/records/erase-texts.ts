import type { Store } from '../../kernel/store.ts';

/** Stands where an input or an output was. */
const NOTHING = '{}';

/**
 * Empties executions that are over and hold one of these texts, in any case of their letters: input, output and history.
 * Their names stay taken, so nothing runs twice. Call inside a write. Gives how many these were.
 */
export function eraseTexts(store: Store, texts: readonly string[]): number {
  const wanted = texts.map((text) => text.toLowerCase());
  const isHeldIn = (value: unknown): boolean => {
    const text = String(value ?? '').toLowerCase();
    return wanted.some((one) => text.includes(one));
  };
  const ended = store
    .statement("SELECT id, input, output, cause FROM states_execution WHERE status <> 'RUNNING'")
    .all()
    .filter(
      ({ id, input, output, cause }) => [input, output, cause].some(isHeldIn) || historyHolds(store, id, isHeldIn),
    );
  for (const { id } of ended) {
    store.statement('DELETE FROM states_strand WHERE execution = ?').run(id ?? null);
    store.statement('DELETE FROM states_history WHERE execution = ?').run(id ?? null);
    store
      .statement(
        `UPDATE states_execution SET input = ?1, cause = NULL,
          output = CASE WHEN output IS NULL THEN NULL ELSE ?1 END WHERE id = ?2`,
      )
      .run(NOTHING, id ?? null);
  }
  return ended.length;
}

type Value = ReturnType<ReturnType<Store['statement']>['all']>[number][string];

function historyHolds(store: Store, id: Value | undefined, isHeldIn: (value: unknown) => boolean): boolean {
  const parts = store.statement('SELECT events FROM states_history WHERE execution = ?').all(id ?? null);
  return parts.some(({ events }) => isHeldIn(events));
}
