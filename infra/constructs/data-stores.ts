import { RemovalPolicy } from 'aws-cdk-lib';
import { AttributeType, BillingMode, ProjectionType, Table, type TableProps } from 'aws-cdk-lib/aws-dynamodb';
import { Construct } from 'constructs';
import type { RemitFunction } from './remit-function.ts';

const text = AttributeType.STRING;

/** Everything that is kept. Who may do what is granted by verbs of intent, action by action. */
export class DataStores extends Construct {
  readonly cases: Table;
  readonly ledger: Table;
  readonly tokens: Table;
  readonly sandbox: Table;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    this.cases = this.#table('Cases', {
      partitionKey: { name: 'pk', type: text },
      sortKey: { name: 'sk', type: text },
      timeToLiveAttribute: 'expiresAt',
    });
    for (const [indexName, partition] of [
      ['byList', 'listPk'],
      ['byState', 'statePk'],
    ] as const) {
      this.cases.addGlobalSecondaryIndex({
        indexName,
        partitionKey: { name: partition, type: text },
        sortKey: { name: 'listSk', type: text },
        projectionType: ProjectionType.ALL,
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
    this.sandbox.addGlobalSecondaryIndex({ indexName: 'byList', partitionKey: { name: 'listPk', type: text } });
  }

  grantReadCase(fn: RemitFunction): void {
    this.cases.grant(fn.role, 'dynamodb:GetItem', 'dynamodb:Query');
    fn.set('REMIT_CASES_TABLE', this.cases.tableName);
    fn.set('REMIT_LEDGER_TABLE', this.ledger.tableName);
  }

  grantReadLedger(fn: RemitFunction): void {
    this.ledger.grant(fn.role, 'dynamodb:Query');
  }

  /** Changes cases and appends to their ledgers. Nobody may change or delete what a ledger holds. */
  grantCommit(fn: RemitFunction): void {
    this.grantReadCase(fn);
    this.cases.grant(fn.role, 'dynamodb:PutItem', 'dynamodb:UpdateItem');
    this.ledger.grant(fn.role, 'dynamodb:PutItem');
  }

  /** A write may hang on the state of another item: the kill switch, or a request that is still open. */
  grantCheckCase(fn: RemitFunction): void {
    this.cases.grant(fn.role, 'dynamodb:ConditionCheckItem');
    fn.set('REMIT_CASES_TABLE', this.cases.tableName);
  }

  grantStoreToken(fn: RemitFunction): void {
    this.tokens.grant(fn.role, 'dynamodb:PutItem');
    fn.set('REMIT_TOKENS_TABLE', this.tokens.tableName);
  }

  grantUseToken(fn: RemitFunction): void {
    this.tokens.grant(fn.role, 'dynamodb:GetItem');
    fn.set('REMIT_TOKENS_TABLE', this.tokens.tableName);
  }

  grantReadSandbox(fn: RemitFunction): void {
    this.sandbox.grant(fn.role, 'dynamodb:GetItem', 'dynamodb:Query');
    fn.set('REMIT_SANDBOX_TABLE', this.sandbox.tableName);
  }

  grantActInSandbox(fn: RemitFunction): void {
    this.sandbox.grant(fn.role, 'dynamodb:GetItem', 'dynamodb:PutItem');
    fn.set('REMIT_SANDBOX_TABLE', this.sandbox.tableName);
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
