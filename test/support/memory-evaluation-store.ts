import type { EvaluationId, EvaluationOutcome, EvaluationRun } from '../../shared/contracts/index.ts';
import type { EvaluationStore, KeptResult, KeptSight, SliceEnd } from '../../shared/ports/index.ts';

interface Kept {
  run: EvaluationRun | null;
  readonly files: Map<string, Uint8Array>;
  readonly results: Map<string, KeptResult>;
  readonly sights: Map<string, KeptSight>;
  readonly ends: Map<number, SliceEnd>;
  spentMicros: number;
}

export class MemoryEvaluationStore implements EvaluationStore {
  readonly #kept = new Map<string, Kept>();
  /** How often something new was kept, by what it is. */
  readonly made = { files: 0, results: 0 };

  async get(id: EvaluationId): Promise<EvaluationRun | null> {
    return this.#of(id).run;
  }

  async latest(workflow: string, most: number): Promise<readonly EvaluationRun[]> {
    const runs = [...this.#kept.values()].flatMap(({ run }) => run ?? []);
    const own = runs.filter(({ wish }) => wish.workflow === workflow);
    return own.toSorted((a, b) => b.startedAtMs - a.startedAtMs).slice(0, most);
  }

  async open(run: EvaluationRun): Promise<'opened' | 'exists'> {
    const kept = this.#of(run.id);
    if (kept.run !== null) return 'exists';
    kept.run = run;
    return 'opened';
  }

  async goOn(run: EvaluationRun): Promise<boolean> {
    const kept = this.#of(run.id);
    if (kept.run === null || kept.run.attempt !== run.attempt) return false;
    kept.run = { ...run, attempt: run.attempt + 1, state: 'running', outcome: null };
    return true;
  }

  async end(id: EvaluationId, attempt: number, outcome: EvaluationOutcome): Promise<boolean> {
    const kept = this.#of(id);
    if (kept.run === null || kept.run.attempt !== attempt || kept.run.state !== 'running') return false;
    kept.run = { ...kept.run, state: outcome.state, outcome };
    return true;
  }

  async keepFile(id: EvaluationId, name: string, bytes: Uint8Array): Promise<void> {
    const { files } = this.#of(id);
    if (files.has(name)) return;
    files.set(name, Uint8Array.from(bytes));
    this.made.files += 1;
  }

  async file(id: EvaluationId, name: string): Promise<Uint8Array | null> {
    return this.#of(id).files.get(name) ?? null;
  }

  async keepResult(id: EvaluationId, result: KeptResult): Promise<void> {
    const { results } = this.#of(id);
    const key = `${String(result.slice).padStart(5, '0')}#${result.example}`;
    if (results.has(key)) return;
    results.set(key, result);
    this.made.results += 1;
  }

  async results(id: EvaluationId, slice?: number): Promise<readonly KeptResult[]> {
    const all = [...this.#of(id).results].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, result]) => result);
    return all.filter((result) => slice === undefined || result.slice === slice);
  }

  async keepSight(id: EvaluationId, sight: KeptSight): Promise<void> {
    const { sights } = this.#of(id);
    const key = `${sight.attempt}#${sight.example}`;
    if (!sights.has(key)) sights.set(key, sight);
  }

  async sights(id: EvaluationId, attempt: number): Promise<readonly KeptSight[]> {
    return [...this.#of(id).sights.values()].filter((sight) => sight.attempt === attempt);
  }

  /** As an erasure does. */
  removeRow(id: EvaluationId, example: string): void {
    const { results, sights } = this.#of(id);
    for (const [key, row] of results) if (row.example === example) results.delete(key);
    for (const [key, sight] of sights) if (sight.example === example) sights.delete(key);
  }

  async endSlice(id: EvaluationId, end: SliceEnd): Promise<void> {
    const { ends } = this.#of(id);
    if (ends.get(end.slice)?.left.length === 0) return;
    ends.set(end.slice, end);
  }

  async sliceEnds(id: EvaluationId): Promise<readonly SliceEnd[]> {
    return [...this.#of(id).ends.values()].toSorted((a, b) => a.slice - b.slice);
  }

  async reserve(id: EvaluationId, micros: number, maxMicros: number): Promise<boolean> {
    const kept = this.#of(id);
    if (kept.spentMicros + micros > maxMicros) return false;
    kept.spentMicros += micros;
    return true;
  }

  async settle(id: EvaluationId, micros: number): Promise<void> {
    this.#of(id).spentMicros += micros;
  }

  #of(id: EvaluationId): Kept {
    const known = this.#kept.get(id);
    if (known !== undefined) return known;
    const maps = { files: new Map(), results: new Map(), sights: new Map(), ends: new Map() };
    const kept: Kept = { run: null, ...maps, spentMicros: 0 };
    this.#kept.set(id, kept);
    return kept;
  }
}
