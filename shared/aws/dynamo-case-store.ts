import {
  ConditionalCheckFailedException,
  type DynamoDBClient,
  GetItemCommand,
  QueryCommand,
  type QueryCommandInput,
  TransactionCanceledException,
  TransactWriteItemsCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import {
  type Action,
  ALL_WORKFLOWS,
  type CapTotals,
  type Case,
  type Counted,
  type Cursor,
  type LedgerEntry,
} from '../contracts/index.ts';
import { chain, cursorAfter } from '../domain/ledger.ts';
import {
  type ActionKey,
  type CaseStore,
  type CaseWithAction,
  type CaseWrite,
  ConflictError,
  type Follower,
  type KnownCase,
  type Overturning,
  type Page,
} from '../ports/index.ts';
import { readTotals } from './cap-counters.ts';
import {
  type Item,
  readAction,
  readCase,
  readCursor,
  readFollower,
  readLedgerEntry,
  readOverturning,
} from './case-items.ts';
import { type CaseTables, type Refusal, type WritePart, writeParts } from './case-write.ts';
import { keyOf, listOf } from './item-keys.ts';
import { closedAmong, knownRange, readKnown } from './known-case.ts';
import { pause } from './pause.ts';
import { queryAll } from './query-all.ts';
import { readItems } from './read-items.ts';
import { readPage } from './read-page.ts';
import { readStored } from './settings-item.ts';
import { systemSalt } from './system.ts';

/** Tries at appending while others append to the same ledger. */
const MOST_TRIES = 12;

/** Cases, their actions and their ledger in DynamoDB. Each commit is one transaction. */
export class DynamoCaseStore implements CaseStore {
  readonly #client: DynamoDBClient;
  readonly #tables: CaseTables;

  constructor(client: DynamoDBClient, tables: CaseTables) {
    this.#client = client;
    this.#tables = tables;
  }

  async get(caseId: string): Promise<Case | null> {
    const item = await this.#get(keyOf.case(caseId));
    return item === null ? null : readCase(item);
  }

  async action(caseId: string, actionId: string): Promise<Action | null> {
    const item = await this.#get(keyOf.action(caseId, actionId));
    return item === null ? null : readAction(item);
  }

  async caseAndAction(caseId: string, actionId: string): ReturnType<CaseStore['caseAndAction']> {
    const keys = [keyOf.case(caseId), keyOf.action(caseId, actionId)];
    const [case_, action] = await readItems(this.#client, this.#tables.cases, keys);
    return {
      case: case_ === undefined ? null : readCase(case_),
      action: action === undefined ? null : readAction(action),
    };
  }

  async known(caseId: string): Promise<KnownCase> {
    return readKnown(
      await queryAll(this.#client, { TableName: this.#tables.cases, ...knownRange(caseId), ConsistentRead: true }),
    );
  }

  async withAction({ caseId, actionId, workflow }: ActionKey): Promise<CaseWithAction> {
    const settings = [workflow, ALL_WORKFLOWS].map(keyOf.settings);
    const keys = [keyOf.case(caseId), keyOf.action(caseId, actionId), ...settings];
    const [case_, action, own, all] = await readItems(this.#client, this.#tables.cases, keys);
    return {
      case: case_ === undefined ? null : readCase(case_),
      action: action === undefined ? null : readAction(action),
      settings: readStored(own, all),
    };
  }

  async actions(caseId: string): Promise<readonly Action[]> {
    return (await this.#ofCase(caseId, 'action#')).map(readAction);
  }

  async closedIntents(caseId: string): Promise<readonly Action['intent'][]> {
    return closedAmong(await this.#ofCase(caseId, 'intent#'));
  }

  async followers(caseId: string, limit: number): Promise<readonly Follower[]> {
    const { Items: items = [] } = await this.#client.send(
      new QueryCommand({ ...this.#within(caseId, 'follower#'), Limit: limit }),
    );
    return items.map(readFollower);
  }

  async ledger(caseId: string): Promise<readonly LedgerEntry[]> {
    const items = await queryAll(this.#client, {
      TableName: this.#tables.ledger,
      KeyConditionExpression: 'caseId = :caseId',
      ExpressionAttributeValues: { ':caseId': { S: caseId } },
      ConsistentRead: true,
    });
    return items.map(readLedgerEntry);
  }

  capTotals(of: Parameters<CaseStore['capTotals']>[0], counters: readonly Counted[]): Promise<CapTotals> {
    return readTotals(this.#client, this.#tables.cases, of, counters);
  }

  async overturningsToStart(page: { limit: number; after: string | null }): Promise<Page<Overturning>> {
    const { items, next } = await readPage(this.#client, {
      ...{ table: this.#tables.cases, index: 'byList', partition: listOf.overturningsToStart, newestFirst: false },
      ...page,
    });
    return { items: items.map(readOverturning), next };
  }

  async setOverturningStarted({ caseId, ref }: Pick<Overturning, 'caseId' | 'ref'>): Promise<void> {
    try {
      await this.#client.send(
        new UpdateItemCommand({
          TableName: this.#tables.cases,
          Key: keyOf.overturning(caseId, ref),
          UpdateExpression: 'REMOVE listPk',
          // None is made by this.
          ConditionExpression: 'attribute_exists(pk)',
        }),
      );
    } catch (error) {
      if (!(error instanceof ConditionalCheckFailedException)) throw error;
    }
  }

  async list(filter: Parameters<CaseStore['list']>[0]): Promise<Page<Case>> {
    const { workflow, state, limit, after } = filter;
    const partition = state === null ? listOf.casesOf(workflow) : listOf.casesIn(workflow, state);
    const page = await readPage(this.#client, {
      table: this.#tables.cases,
      index: state === null ? 'byList' : 'byState',
      partition,
      newestFirst: true,
      limit,
      after,
    });
    return { items: page.items.map(readCase), next: page.next };
  }

  async commit(write: CaseWrite): Promise<Cursor> {
    let cursor = write.cursor ?? (await this.#cursor(write.caseId));
    for (let attempt = 1; attempt <= MOST_TRIES; attempt += 1) {
      const entries = chain(write.caseId, cursor, write.events, write.atMs, systemSalt);
      const refusal = await this.#try(writeParts(this.#tables, write, entries, cursor));
      if (refusal === null) return cursorAfter(cursor, entries);
      if (refusal.kind === 'conflict') throw new ConflictError(refusal.conflict, refusal.about);
      const now = refusal.cursor ?? (await this.#cursor(write.caseId));
      if (write.expectUnmoved && hasMoved(now, cursor)) throw new ConflictError('ledger-moved');
      cursor = now;
      await pause(attempt);
    }
    throw new ConflictError('ledger-busy');
  }

  /** @returns null when it is written. */
  async #try(parts: readonly WritePart[]): Promise<Refusal | null> {
    try {
      await this.#client.send(new TransactWriteItemsCommand({ TransactItems: parts.map(({ item }) => item) }));
      return null;
    } catch (error) {
      if (error instanceof TransactionCanceledException) return refusalOf(parts, error);
      throw error;
    }
  }

  async #cursor(caseId: string): Promise<Cursor> {
    const item = await this.#get(keyOf.case(caseId));
    if (item === null) throw new ConflictError('ledger-busy');
    return readCursor(item);
  }

  #ofCase(caseId: string, prefix: string): Promise<Item[]> {
    return queryAll(this.#client, this.#within(caseId, prefix));
  }

  #within(caseId: string, prefix: string): QueryCommandInput {
    return {
      TableName: this.#tables.cases,
      KeyConditionExpression: 'pk = :pk AND begins_with(sk, :prefix)',
      ExpressionAttributeValues: { ':pk': keyOf.case(caseId).pk, ':prefix': { S: prefix } },
      ConsistentRead: true,
    };
  }

  async #get(key: Item): Promise<Item | null> {
    const { Item: item } = await this.#client.send(
      new GetItemCommand({ TableName: this.#tables.cases, Key: key, ConsistentRead: true }),
    );
    return item ?? null;
  }
}

function hasMoved(now: Cursor, from: Cursor): boolean {
  return now.seq !== from.seq || now.hash !== from.hash;
}

/** A real conflict tells more than a stale ledger, so it goes first. Anything but a condition is tried again. */
function refusalOf(parts: readonly WritePart[], error: TransactionCanceledException): Refusal {
  const reasons = error.CancellationReasons ?? [];
  const refusals = parts.flatMap((part, index) => {
    const reason = reasons[index];
    return reason?.Code === 'ConditionalCheckFailed' ? [part.onRefused(reason)] : [];
  });
  const passing = reasons.some(({ Code }) => Code === 'TransactionConflict' || Code === 'ThrottlingError');
  const first = refusals.find(({ kind }) => kind === 'conflict') ?? refusals[0];
  if (first !== undefined) return first;
  if (passing) return { kind: 'stale', cursor: null };
  throw error;
}
