import { ConfirmedCase, Lesson } from '../../shared/contracts/index.ts';
import type { CaseWrite, ConflictKind, HistoryStore } from '../../shared/ports/index.ts';
import type { MemoryTables } from './memory-tables.ts';

/** What people confirmed, in memory. What is read is parsed, as in the real store. */
export class MemoryHistoryStore implements HistoryStore {
  readonly #tables: Pick<MemoryTables, 'confirmed' | 'lessons'>;
  /** Keys of each read, in order. */
  readonly reads: (readonly string[])[] = [];

  constructor(tables: Pick<MemoryTables, 'confirmed' | 'lessons'>) {
    this.#tables = tables;
  }

  async confirmed(keys: readonly string[]): Promise<ReadonlyMap<string, readonly ConfirmedCase[]>> {
    this.reads.push(keys);
    const found = [...this.#tables.confirmed].map(([place, text]) => [keyIn(place), text] as const);
    const under = keys.map((key): [string, ConfirmedCase[]] => [
      key,
      found.filter(([other]) => other === key).map(([, text]) => ConfirmedCase.parse(JSON.parse(text))),
    ]);
    return new Map(under.filter(([, cases]) => cases.length > 0));
  }

  async lesson(caseId: string): Promise<Lesson | null> {
    const text = this.#tables.lessons.get(caseId);
    return text === undefined ? null : Lesson.parse(JSON.parse(text));
  }
}

export function lessonConflict({ lessons }: MemoryTables, { lesson: change }: CaseWrite): ConflictKind | null {
  if (change === undefined) return null;
  const known = lessons.get(change.lesson.caseId);
  const revision = known === undefined ? null : Lesson.parse(JSON.parse(known)).revision;
  return revision === change.from ? null : 'record-changed';
}

export function applyLesson(
  { confirmed: table, lessons }: Pick<MemoryTables, 'confirmed' | 'lessons'>,
  { lesson: change }: Pick<CaseWrite, 'lesson'>,
): void {
  if (change === undefined) return;
  const { lesson, confirmed, dropped } = change;
  lessons.set(lesson.caseId, JSON.stringify(lesson));
  for (const [key, caseIds] of Object.entries(dropped)) {
    for (const caseId of caseIds) table.delete(`${key}/${caseId}`);
  }
  if (confirmed === null) return;
  for (const key of lesson.keys) table.set(`${key}/${lesson.caseId}`, JSON.stringify(confirmed));
}

function keyIn(place: string): string {
  return place.split('/')[0] ?? '';
}
