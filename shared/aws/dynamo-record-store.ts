import { BatchGetItemCommand, type DynamoDBClient, GetItemCommand, QueryCommand } from '@aws-sdk/client-dynamodb';
import type { DecisionRecord, Review, SecondReview, Seed, SpotCheck, SpotDraw } from '../contracts/index.ts';
import { segmentKey } from '../domain/phase-changes.ts';
import type { RecordStore } from '../ports/index.ts';
import type { Item } from './case-items.ts';
import { keyOf, listOf, spotDrawPartition } from './item-keys.ts';
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
    const ids = [...new Set(caseIds)];
    const pages = Array.from({ length: Math.ceil(ids.length / PAGE) }, (_, at) =>
      ids.slice(at * PAGE, (at + 1) * PAGE),
    );
    const found = await Promise.all(pages.map((page) => this.#batch(page.map(keyOf.record))));
    return found.flat().map(readRecord);
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
    const items: Item[] = [];
    let from: Item | undefined;
    do {
      const page = await this.#client.send(
        new QueryCommand({
          TableName: this.#table,
          KeyConditionExpression: 'pk = :pk AND sk >= :sk',
          ExpressionAttributeValues: {
            ':pk': { S: spotDrawPartition(workflow) },
            ':sk': keyOf.spotDraw(workflow, sinceDay).sk,
          },
          ScanIndexForward: false,
          ConsistentRead: true,
          ExclusiveStartKey: from,
        }),
      );
      items.push(...(page.Items ?? []));
      from = page.LastEvaluatedKey;
    } while (from !== undefined);
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

  async #batch(keys: readonly Item[]): Promise<Item[]> {
    const items: Item[] = [];
    let wanted = [...keys];
    while (wanted.length > 0) {
      const { Responses: found = {}, UnprocessedKeys: left = {} } = await this.#client.send(
        new BatchGetItemCommand({ RequestItems: { [this.#table]: { Keys: wanted, ConsistentRead: true } } }),
      );
      items.push(...(found[this.#table] ?? []));
      wanted = left[this.#table]?.Keys ?? [];
    }
    return items;
  }

  async #get(key: Item): Promise<Item | null> {
    const { Item: item } = await this.#client.send(
      new GetItemCommand({ TableName: this.#table, Key: key, ConsistentRead: true }),
    );
    return item ?? null;
  }
}
