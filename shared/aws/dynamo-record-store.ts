import { type DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb';
import type { DecisionRecord, Review, SecondReview, Seed, SpotCheck, SpotDraw } from '../contracts/index.ts';
import { segmentKey } from '../domain/phase-changes.ts';
import type { RecordStore } from '../ports/index.ts';
import type { Item } from './case-items.ts';
import { keyOf, listOf, spotDrawPartition } from './item-keys.ts';
import { queryAll } from './query-all.ts';
import { readItems } from './read-items.ts';
import { readPage } from './read-page.ts';
import { readRecord, readReview, readSecondReview, readSeed, readSpotCheck, readSpotDraw } from './record-items.ts';

/** As many as DynamoDB hands back in one call. */
const PAGE = 100;

/** Records, answers and known-answer items in DynamoDB; found through an index, never by a scan. */
export class DynamoRecordStore implements RecordStore {
  readonly #client: DynamoDBClient;
  readonly #table: string;

  constructor(client: DynamoDBClient, table: string) {
    this.#client = client;
    this.#table = table;
  }

  async get(caseId: string): Promise<DecisionRecord | null> {
    const item = await this.#get(keyOf.record(caseId));
    return item === null ? null : readRecord(item);
  }

  async latest(query: Parameters<RecordStore['latest']>[0]): Promise<readonly DecisionRecord[]> {
    const partition = listOf.recordsOf(query.workflow, segmentKey(query.segment), query.version);
    return (await this.#newest(partition, query.limit)).map(readRecord);
  }

  async ofCases(caseIds: readonly string[]): Promise<readonly DecisionRecord[]> {
    const found = await readItems(this.#client, this.#table, [...new Set(caseIds)].map(keyOf.record));
    return found.flatMap((item) => (item === undefined ? [] : readRecord(item)));
  }

  async reviews({ workflow, limit }: Parameters<RecordStore['reviews']>[0]): Promise<readonly Review[]> {
    return (await this.#newest(listOf.reviewsOf(workflow), limit)).map(readReview);
  }

  async seed(caseId: string): Promise<Seed | null> {
    const item = await this.#get(keyOf.seed(caseId));
    return item === null ? null : readSeed(item);
  }

  async secondReview(caseId: string): Promise<SecondReview | null> {
    const item = await this.#get(keyOf.secondReview(caseId));
    return item === null ? null : readSecondReview(item);
  }

  async secondReviews(query: Parameters<RecordStore['secondReviews']>[0]): Promise<readonly SecondReview[]> {
    return (await this.#newest(listOf.secondReviewsOf(query.workflow), query.limit)).map(readSecondReview);
  }

  async spotCheck(caseId: string): Promise<SpotCheck | null> {
    const item = await this.#get(keyOf.spotCheck(caseId));
    return item === null ? null : readSpotCheck(item);
  }

  async spotChecks({ workflow, limit }: Parameters<RecordStore['spotChecks']>[0]): Promise<readonly SpotCheck[]> {
    return (await this.#newest(listOf.spotChecksOf(workflow), limit)).map(readSpotCheck);
  }

  async spotDraws({ workflow, sinceDay }: Parameters<RecordStore['spotDraws']>[0]): Promise<readonly SpotDraw[]> {
    const { sk } = keyOf.spotDraw(workflow, sinceDay);
    const items = await queryAll(this.#client, {
      TableName: this.#table,
      KeyConditionExpression: 'pk = :pk AND sk >= :sk',
      ExpressionAttributeValues: { ':pk': { S: spotDrawPartition(workflow) }, ':sk': sk },
      ScanIndexForward: false,
      ConsistentRead: true,
    });
    return items.map(readSpotDraw);
  }

  async #newest(partition: string, most: number): Promise<Item[]> {
    const items: Item[] = [];
    let after: string | null = null;
    do {
      const limit = Math.min(PAGE, most - items.length);
      const page: Awaited<ReturnType<typeof readPage>> = await readPage(this.#client, {
        ...{ table: this.#table, index: 'byList', partition, newestFirst: true, limit, after },
      });
      items.push(...page.items);
      after = page.next;
    } while (after !== null && items.length < most);
    return items;
  }

  async #get(key: Item): Promise<Item | null> {
    const { Item: item } = await this.#client.send(
      new GetItemCommand({ TableName: this.#table, Key: key, ConsistentRead: true }),
    );
    return item ?? null;
  }
}
