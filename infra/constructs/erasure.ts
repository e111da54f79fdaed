import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import { Rule, Schedule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import type { DataStores } from './data-stores.ts';
import { RemitFunction } from './remit-function.ts';
import type { SignedInRoute } from './web-api.ts';

/** Cases whose time is over are looked for so often. */
const EVERY = Duration.hours(6);

/** Taking out of cases what is personal: for one person who asks, and by itself when its time is over. */
export class Erasure extends Construct {
  readonly eraseSubject: RemitFunction;
  readonly #key: Secret;

  constructor(scope: Construct, id: string, { retentionDays }: { readonly retentionDays: number }) {
    super(scope, id);
    this.eraseSubject = new RemitFunction(this, 'EraseSubject', {
      entry: 'erase-subject',
      timeout: Duration.minutes(5),
      // It reads whole cases.
      memorySize: 1_024,
    });
    this.eraseSubject.set('REMIT_RETENTION_DAYS', String(retentionDays));
    this.#key = new Secret(this, 'SubjectKey', {
      secretName: 'remit/subject-key',
      description: 'Key of the digests by which people are found in their cases; another one finds nobody again',
      generateSecretString: { passwordLength: 64, excludePunctuation: true },
      removalPolicy: RemovalPolicy.RETAIN,
    });
  }

  grantData(stores: DataStores, listers: readonly RemitFunction[]): void {
    stores.grantErase(this.eraseSubject);
    for (const fn of [this.eraseSubject, ...listers]) this.grantKey(fn);
  }

  /** For the digests of people, and for what is derived from the key: the tags of answers by mail. */
  grantKey(fn: RemitFunction): void {
    this.#key.grantRead(fn.role);
    fn.set('REMIT_SUBJECT_KEY_SECRET', this.#key.secretName);
  }

  routes(): readonly SignedInRoute[] {
    return [{ method: 'POST', path: '/api/erasures', fn: this.eraseSubject }];
  }

  /** Called when all settings of the functions are made, because their versions are fixed then. */
  connect(deadLetterQueue: Queue): void {
    new Rule(this, 'Retention', {
      description: 'Takes what is personal out of cases whose time is over',
      schedule: Schedule.rate(EVERY),
      targets: [
        // The next look comes soon enough.
        new LambdaFunction(this.eraseSubject.live, { deadLetterQueue, retryAttempts: 2, maxEventAge: EVERY }),
      ],
    });
  }
}
