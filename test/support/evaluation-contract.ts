import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { EvaluationId, type EvaluationOutcome, type EvaluationRun } from '../../shared/contracts/index.ts';
import type { EvaluationStore } from '../../shared/ports/index.ts';

/** An evaluation that was just begun. */
export function evaluationRun(changes: Partial<EvaluationRun> = {}): EvaluationRun {
  return {
    id: EvaluationId.parse(randomBytes(16).toString('hex')),
    wish: {
      ...{
        workflow: 'lead-qualification',
        set: 'examples',
        models: ['learned'],
        limit: null,
        maxUsd: 5,
        volume: 1_000,
      },
    },
    versions: { workflow: 'w', code: 'c' },
    ...{ by: 'owner@remit.example', startedAtMs: 1_000, attempt: 1, state: 'running', outcome: null },
    ...changes,
  };
}

const MEASURED: EvaluationOutcome = {
  ...{ state: 'measured', passes: true, problem: null, figures: { examples: 3 }, reportDigest: 'd', endedAtMs: 2_000 },
};

/** What every store of evaluations has to do. */
export function evaluationContract(open: () => EvaluationStore): void {
  runContract(open);
  keepingContract(open);
  moneyContract(open);
}

function runContract(open: () => EvaluationStore): void {
  describe('an evaluation', () => {
    it('is opened once, and given back as it is', async () => {
      const run = evaluationRun();
      expect(await open().get(run.id)).toBeNull();
      expect(await open().open(run)).toBe('opened');
      expect(await open().open({ ...run, by: 'another@remit.example' })).toBe('exists');
      expect(await open().get(run.id)).toEqual(run);
    });

    it('is listed with the others of its workflow, the newest first', async () => {
      const wish = { ...evaluationRun().wish, workflow: `listed-${randomBytes(4).toString('hex')}` };
      const [first, second, third] = [1_000, 3_000, 2_000].map((startedAtMs) => evaluationRun({ wish, startedAtMs }));
      for (const run of [first, second, third]) if (run !== undefined) await open().open(run);
      expect(await open().latest(wish.workflow, 2)).toEqual([second, third]);
      expect(await open().latest('no-such-workflow', 2)).toEqual([]);
    });

    it('ends once, and only the attempt that runs', async () => {
      const run = evaluationRun();
      await open().open(run);
      expect(await open().end(run.id, 2, MEASURED)).toBe(false);
      expect(await open().end(run.id, 1, MEASURED)).toBe(true);
      expect(await open().end(run.id, 1, { ...MEASURED, passes: false })).toBe(false);
      expect(await open().get(run.id)).toEqual({ ...run, state: 'measured', outcome: MEASURED });
    });

    it('is gone on with by one who is first, under the wish of then', async () => {
      const run = evaluationRun();
      const wish = { ...run.wish, maxUsd: 9 };
      expect(await open().goOn(run)).toBe(false);
      await open().open(run);
      expect(await open().goOn({ ...run, wish })).toBe(true);
      expect(await open().goOn(run)).toBe(false);
      expect(await open().get(run.id)).toEqual({ ...run, wish, attempt: 2 });
    });
  });
}

function keepingContract(open: () => EvaluationStore): void {
  describe('a file', () => {
    it('of any size is kept under its name, and the first one stays', async () => {
      const { id } = evaluationRun();
      const bytes = randomBytes(900_000);
      expect(await open().file(id, 'model-0')).toBeNull();
      await open().keepFile(id, 'model-0', bytes);
      await open().keepFile(id, 'model-0', randomBytes(500_000));
      await open().keepFile(id, 'model-1', Buffer.from('another'));
      expect(Buffer.from((await open().file(id, 'model-0')) ?? []).equals(bytes)).toBe(true);
      expect(Buffer.from((await open().file(id, 'model-1')) ?? []).toString()).toBe('another');
    });
  });

  describe('results', () => {
    it('are kept once each, and read by slice or all together', async () => {
      const { id } = evaluationRun();
      const [first, again] = [
        { slice: 2, example: 'a', text: 'first' },
        { slice: 2, example: 'a', text: 'again' },
      ];
      for (const result of [
        first,
        again,
        { slice: 10, example: 'a', text: 'x' },
        { slice: 2, example: 'b', text: 'y' },
      ]) {
        await open().keepResult(id, result);
      }
      expect(await open().results(id, 2)).toEqual([first, { slice: 2, example: 'b', text: 'y' }]);
      expect(await open().results(id)).toHaveLength(3);
      expect(await open().results(id, 1)).toEqual([]);
    });

    it('of a slice are said to be there; what was left may come later, what is whole stays', async () => {
      const { id } = evaluationRun();
      await open().endSlice(id, { slice: 1, done: 2, left: ['c'] });
      await open().endSlice(id, { slice: 1, done: 3, left: [] });
      await open().endSlice(id, { slice: 1, done: 0, left: ['a', 'b', 'c'] });
      expect(await open().sliceEnds(id)).toEqual([{ slice: 1, done: 3, left: [] }]);
    });
  });
}

function moneyContract(open: () => EvaluationStore): void {
  describe('money', () => {
    it('is set aside while it fits, whoever asks at the same time, and corrected afterwards', async () => {
      const { id } = evaluationRun();
      const asked = await Promise.all(Array.from({ length: 8 }, () => open().reserve(id, 300, 1_000)));
      expect(asked.filter((fits) => fits)).toHaveLength(3);
      await open().settle(id, -250);
      expect(await open().reserve(id, 300, 1_000)).toBe(true);
      expect(await open().reserve(id, 300, 1_000)).toBe(false);
    });

    it('that is more than the limit never fits', async () => {
      expect(await open().reserve(evaluationRun().id, 2, 1)).toBe(false);
    });
  });
}
