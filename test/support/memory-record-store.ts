import { DecisionRecord, Review, SecondReview, Seed, SpotCheck, SpotDraw } from '../../shared/contracts/index.ts';
import type { RecordStore } from '../../shared/ports/index.ts';
import type { MemoryTables } from './memory-tables.ts';

export class MemoryRecordStore implements RecordStore {
  readonly #tables: MemoryTables;

  constructor(tables: MemoryTables) {
    this.#tables = tables;
  }

  async get(caseId: string): Promise<DecisionRecord | null> {
    const text = this.#tables.records.get(caseId);
    return text === undefined ? null : DecisionRecord.parse(JSON.parse(text));
  }

  async latest(query: Parameters<RecordStore['latest']>[0]): Promise<readonly DecisionRecord[]> {
    const { workflow, segment, version, limit } = query;
    return [...this.#tables.records.values()]
      .map((text) => DecisionRecord.parse(JSON.parse(text)))
      .filter((one) => one.workflow === workflow && one.segment === segment && one.version === version)
      .sort((a, b) => b.decidedAtMs - a.decidedAtMs || (a.caseId < b.caseId ? 1 : -1))
      .slice(0, limit);
  }

  async ofCases(caseIds: readonly string[]): Promise<readonly DecisionRecord[]> {
    const found = await Promise.all([...new Set(caseIds)].map((caseId) => this.get(caseId)));
    return found.filter((record) => record !== null);
  }

  async reviews({ workflow, limit }: Parameters<RecordStore['reviews']>[0]): Promise<readonly Review[]> {
    return [...this.#tables.reviews.values()]
      .map((text) => Review.parse(JSON.parse(text)))
      .filter((review) => review.workflow === workflow)
      .sort((a, b) => b.atMs - a.atMs || (a.requestId < b.requestId ? 1 : -1))
      .slice(0, limit);
  }

  async seed(caseId: string): Promise<Seed | null> {
    const text = this.#tables.seeds.get(caseId);
    return text === undefined ? null : Seed.parse(JSON.parse(text));
  }

  async secondReview(caseId: string): Promise<SecondReview | null> {
    const text = this.#tables.secondReviews.get(caseId);
    return text === undefined ? null : SecondReview.parse(JSON.parse(text));
  }

  async secondReviews(query: Parameters<RecordStore['secondReviews']>[0]): Promise<readonly SecondReview[]> {
    return [...this.#tables.secondReviews.values()]
      .map((text) => SecondReview.parse(JSON.parse(text)))
      .filter(({ workflow }) => workflow === query.workflow)
      .sort((a, b) => b.openedAtMs - a.openedAtMs || (a.caseId < b.caseId ? 1 : -1))
      .slice(0, query.limit);
  }

  async spotCheck(caseId: string): Promise<SpotCheck | null> {
    const text = this.#tables.spotChecks.get(caseId);
    return text === undefined ? null : SpotCheck.parse(JSON.parse(text));
  }

  async spotChecks({ workflow, limit }: Parameters<RecordStore['spotChecks']>[0]): Promise<readonly SpotCheck[]> {
    return [...this.#tables.spotChecks.values()]
      .map((text) => SpotCheck.parse(JSON.parse(text)))
      .filter((check) => check.workflow === workflow)
      .sort((a, b) => b.drawnAtMs - a.drawnAtMs || (a.caseId < b.caseId ? 1 : -1))
      .slice(0, limit);
  }

  async spotDraws({ workflow, sinceDay }: Parameters<RecordStore['spotDraws']>[0]): Promise<readonly SpotDraw[]> {
    return [...this.#tables.spotDraws.values()]
      .map((text) => SpotDraw.parse(JSON.parse(text)))
      .filter((draw) => draw.workflow === workflow && draw.day >= sinceDay)
      .sort((a, b) => (a.day < b.day ? 1 : -1));
  }
}
