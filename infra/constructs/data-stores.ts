import { RemovalPolicy } from 'aws-cdk-lib';
import { AttributeType, BillingMode, ProjectionType, Table, type TableProps } from 'aws-cdk-lib/aws-dynamodb';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import type { RemitFunction } from './remit-function.ts';

const text = AttributeType.STRING;

/** Lists of open requests and recent cases, and cases by state; each is found through an index. */
const CASE_INDEXES = { byList: 'listPk', byState: 'statePk' } as const;
const SANDBOX_INDEX = 'byList';

/** Everything that is kept. Who may do what is granted by verbs of intent, action by action. */
export class DataStores extends Construct {
  readonly cases: Table;
  readonly ledger: Table;
  readonly tokens: Table;
  readonly sandbox: Table;
  readonly budget: Table;
  readonly readings: Table;
  readonly evaluations: Table;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    this.cases = this.#table('Cases', {
      partitionKey: { name: 'pk', type: text },
      sortKey: { name: 'sk', type: text },
      timeToLiveAttribute: 'expiresAt',
    });
    for (const [indexName, partition] of Object.entries(CASE_INDEXES)) {
      this.cases.addGlobalSecondaryIndex({
        indexName,
        partitionKey: { name: partition, type: text },
        sortKey: { name: 'listSk', type: text },
        // Keys alone: the items are read from the table, and a case that changes does not write three times.
        projectionType: ProjectionType.KEYS_ONLY,
      });
    }
    this.ledger = this.#table('Ledger', {
      partitionKey: { name: 'caseId', type: text },
      sortKey: { name: 'seq', type: AttributeType.NUMBER },
    });
    this.tokens = this.#table('Tokens', { partitionKey: { name: 'requestId', type: text } });
    this.sandbox = this.#table('Sandbox', {
      partitionKey: { name: 'pk', type: text },
      sortKey: { name: 'sk', type: text },
    });
    this.sandbox.addGlobalSecondaryIndex({ indexName: SANDBOX_INDEX, partitionKey: { name: 'listPk', type: text } });
    this.readings = this.#table('Readings', {
      partitionKey: { name: 'caseId', type: text },
      sortKey: { name: 'part', type: text },
    });
    this.evaluations = this.#table('Evaluations', {
      partitionKey: { name: 'pk', type: text },
      sortKey: { name: 'sk', type: text },
      timeToLiveAttribute: 'expiresAt',
    });
    this.budget = this.#table('Budget', {
      partitionKey: { name: 'pk', type: text },
      timeToLiveAttribute: 'expiresAt',
    });
  }

  grantReadCase(fn: RemitFunction): void {
    allow(fn, this.cases, ['dynamodb:GetItem']);
    fn.set('REMIT_CASES_TABLE', this.cases.tableName);
    fn.set('REMIT_LEDGER_TABLE', this.ledger.tableName);
  }

  /** All actions of a case. */
  grantReadActions(fn: RemitFunction): void {
    allow(fn, this.cases, ['dynamodb:Query']);
  }

  /** Recent cases, open requests, the requests of a case. */
  grantReadLists(fn: RemitFunction): void {
    allow(fn, this.cases, ['dynamodb:BatchGetItem']);
    const indexes = Object.keys(CASE_INDEXES).map((name) => `${this.cases.tableArn}/index/${name}`);
    fn.allow(new PolicyStatement({ actions: ['dynamodb:Query'], resources: indexes }));
  }

  /** What a question is about: a case and its action at once. */
  grantReadAsked(fn: RemitFunction): void {
    allow(fn, this.cases, ['dynamodb:BatchGetItem']);
  }

  /** Settings and absences, several at once. */
  grantReadSettings(fn: RemitFunction): void {
    allow(fn, this.cases, ['dynamodb:BatchGetItem']);
  }

  /** Absences, and what was said of them; nothing else of the table. */
  grantKeepAbsences(fn: RemitFunction): void {
    allowKeys(fn, this.cases, ['dynamodb:BatchGetItem', 'dynamodb:Query', 'dynamodb:PutItem'], 'person#*');
    fn.set('REMIT_CASES_TABLE', this.cases.tableName);
  }

  /** Who was told how a question ended. */
  grantNoteTold(fn: RemitFunction): void {
    allowKeys(fn, this.cases, ['dynamodb:UpdateItem'], 'request#*');
  }

  /** New codes of links, and what was typed meanwhile. */
  grantRenewCodes(fn: RemitFunction): void {
    allowKeys(fn, this.cases, ['dynamodb:UpdateItem'], 'link#*');
    allowKeys(fn, this.cases, ['dynamodb:PutItem'], 'draft#*');
  }

  /** What people refused in a case. */
  grantReadIntents(fn: RemitFunction): void {
    allow(fn, this.cases, ['dynamodb:Query']);
  }

  /** Where counters of caps stand, several at once. */
  grantReadCaps(fn: RemitFunction): void {
    allow(fn, this.cases, ['dynamodb:BatchGetItem']);
  }

  /** What a mail answers: a case with its actions, or a question; and that somebody was told what that is worth. */
  grantFindAnswered(fn: RemitFunction): void {
    allowKeys(fn, this.cases, ['dynamodb:GetItem', 'dynamodb:Query'], 'case#*');
    allowKeys(fn, this.cases, ['dynamodb:GetItem'], 'request#*');
    allowKeys(fn, this.cases, ['dynamodb:GetItem'], 'reference#*');
    allowKeys(fn, this.cases, ['dynamodb:PutItem'], 'reply#*');
    fn.set('REMIT_CASES_TABLE', this.cases.tableName);
  }

  /** Sets money aside for models, under the limits that the settings have now. */
  grantSpend(fn: RemitFunction): void {
    allow(fn, this.budget, ['dynamodb:UpdateItem']);
    fn.set('REMIT_BUDGET_TABLE', this.budget.tableName);
    this.grantReadSettings(fn);
    fn.set('REMIT_CASES_TABLE', this.cases.tableName);
  }

  /** Keeps what was read and is too large to be handed on. Nobody may change or delete it. */
  grantKeepReadings(fn: RemitFunction): void {
    allow(fn, this.readings, ['dynamodb:PutItem']);
    fn.set('REMIT_READINGS_TABLE', this.readings.tableName);
  }

  grantUseReadings(fn: RemitFunction): void {
    allow(fn, this.readings, ['dynamodb:Query']);
    fn.set('REMIT_READINGS_TABLE', this.readings.tableName);
  }

  /** The results of turns, for the step that judges them, and nothing else of a case. */
  grantKeepTurns(fn: RemitFunction): void {
    allowKeys(fn, this.cases, ['dynamodb:UpdateItem'], 'steps#*');
  }

  /** Files of many lines, and their pieces, while they are worked off. */
  grantWorkOffBatches(fn: RemitFunction): void {
    allowKeys(fn, this.cases, ['dynamodb:PutItem', 'dynamodb:UpdateItem'], 'batch#*');
  }

  /** What is remembered of a workflow. */
  grantReadShapes(fn: RemitFunction): void {
    allow(fn, this.cases, ['dynamodb:Query']);
  }

  grantReadLedger(fn: RemitFunction): void {
    allow(fn, this.ledger, ['dynamodb:Query']);
  }

  /** Changes cases and appends to their ledgers. Nobody may change or delete what a ledger holds. */
  grantCommit(fn: RemitFunction): void {
    this.grantReadCase(fn);
    allow(fn, this.cases, ['dynamodb:PutItem', 'dynamodb:UpdateItem']);
    allow(fn, this.ledger, ['dynamodb:PutItem']);
  }

  /** A write may hang on the state of another item: the kill switch, an intent, or a request that is still open. */
  grantCheckCase(fn: RemitFunction): void {
    allow(fn, this.cases, ['dynamodb:ConditionCheckItem']);
    fn.set('REMIT_CASES_TABLE', this.cases.tableName);
  }

  grantStoreToken(fn: RemitFunction): void {
    allow(fn, this.tokens, ['dynamodb:PutItem']);
    fn.set('REMIT_TOKENS_TABLE', this.tokens.tableName);
  }

  grantUseToken(fn: RemitFunction): void {
    allow(fn, this.tokens, ['dynamodb:GetItem']);
    fn.set('REMIT_TOKENS_TABLE', this.tokens.tableName);
  }

  grantReadSandbox(fn: RemitFunction): void {
    allow(fn, this.sandbox, ['dynamodb:GetItem']);
    fn.set('REMIT_SANDBOX_TABLE', this.sandbox.tableName);
  }

  /** What schedules pick up. */
  grantListSandbox(fn: RemitFunction): void {
    const index = `${this.sandbox.tableArn}/index/${SANDBOX_INDEX}`;
    fn.allow(new PolicyStatement({ actions: ['dynamodb:Query'], resources: [index] }));
    fn.set('REMIT_SANDBOX_TABLE', this.sandbox.tableName);
  }

  grantActInSandbox(fn: RemitFunction): void {
    allow(fn, this.sandbox, ['dynamodb:GetItem', 'dynamodb:PutItem']);
    fn.set('REMIT_SANDBOX_TABLE', this.sandbox.tableName);
  }

  /** Cards in the channels of the sandbox. */
  grantShowCards(fn: RemitFunction): void {
    allowKeys(fn, this.sandbox, ['dynamodb:PutItem'], 'case#*');
    fn.set('REMIT_SANDBOX_TABLE', this.sandbox.tableName);
  }

  /** Takes out what is personal: the one function that may delete, and that may write an entry of a ledger again. */
  grantErase(fn: RemitFunction): void {
    this.grantCommit(fn);
    this.grantReadLists(fn);
    this.grantReadActions(fn);
    allow(fn, this.cases, ['dynamodb:DeleteItem']);
    allow(fn, this.ledger, ['dynamodb:Query', 'dynamodb:UpdateItem']);
    for (const [name, table] of [
      ['REMIT_READINGS_TABLE', this.readings],
      ['REMIT_SANDBOX_TABLE', this.sandbox],
      ['REMIT_TOKENS_TABLE', this.tokens],
      ['REMIT_EVALUATIONS_TABLE', this.evaluations],
    ] as const) {
      allow(fn, table, ['dynamodb:Query', 'dynamodb:DeleteItem']);
      fn.set(name, table.tableName);
    }
  }

  /** Begins evaluations, and attempts of them. */
  grantStartEvaluations(fn: RemitFunction): void {
    this.grantReadEvaluations(fn);
    allow(fn, this.evaluations, ['dynamodb:PutItem', 'dynamodb:UpdateItem']);
  }

  /** Results, models, money and reports of evaluations; nothing else of what is kept. */
  grantMeasure(fn: RemitFunction): void {
    this.grantReadEvaluations(fn);
    allow(fn, this.evaluations, ['dynamodb:PutItem', 'dynamodb:UpdateItem']);
  }

  grantReadEvaluations(fn: RemitFunction): void {
    allow(fn, this.evaluations, ['dynamodb:GetItem', 'dynamodb:Query']);
    fn.set('REMIT_EVALUATIONS_TABLE', this.evaluations.tableName);
  }

  #table(id: string, props: TableProps): Table {
    return new Table(this, id, {
      billingMode: BillingMode.PAY_PER_REQUEST,
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
      removalPolicy: RemovalPolicy.RETAIN,
      deletionProtection: true,
      ...props,
    });
  }
}

/** Just these actions on just this table; a table's own grants name all of its indexes too. */
function allow(fn: RemitFunction, table: Table, actions: string[], indexes: readonly string[] = []): void {
  const { tableArn } = table;
  const resources = [tableArn, ...indexes.map((name) => `${tableArn}/index/${name}`)];
  fn.allow(new PolicyStatement({ actions, resources }));
}

/** Only items whose partition begins so. */
function allowKeys(fn: RemitFunction, { tableArn }: Table, actions: string[], partitions: string): void {
  const conditions = { 'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': [partitions] } };
  fn.allow(new PolicyStatement({ actions, resources: [tableArn], conditions }));
}
