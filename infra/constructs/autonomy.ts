import { Duration } from 'aws-cdk-lib';
import { Rule, Schedule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import type { CaseMachines } from './case-machines.ts';
import type { DataStores } from './data-stores.ts';
import { RemitFunction } from './remit-function.ts';
import type { SignedInRoute } from './web-api.ts';

/** How long a step back or a proposal waits at the longest, where nothing made it come at once. */
const WATCH_EVERY = Duration.minutes(15);

/** How much a workflow may do by itself: what people read and set of it, and the watch over its record. */
export class Autonomy extends Construct {
  readonly watchAutonomy: RemitFunction;
  readonly readAutonomy: RemitFunction;
  readonly changeSettings: RemitFunction;
  readonly seedReview: RemitFunction;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    this.watchAutonomy = new RemitFunction(this, 'WatchAutonomy', {
      entry: 'watch-autonomy',
      timeout: Duration.minutes(5),
    });
    this.readAutonomy = new RemitFunction(this, 'ReadAutonomy', { entry: 'read-autonomy' });
    this.changeSettings = new RemitFunction(this, 'ChangeSettings', { entry: 'change-settings' });
    this.seedReview = new RemitFunction(this, 'SeedReview', { entry: 'seed-review' });
  }

  get functions(): readonly RemitFunction[] {
    return [this.watchAutonomy, this.readAutonomy, this.changeSettings, this.seedReview];
  }

  grantData(stores: DataStores): void {
    for (const writer of [this.watchAutonomy, this.changeSettings, this.seedReview]) stores.grantCommit(writer);
    stores.grantReadCase(this.readAutonomy);
    for (const reader of this.functions) stores.grantReadSettings(reader);
    for (const reader of [this.watchAutonomy, this.readAutonomy]) {
      stores.grantReadActions(reader);
      stores.grantReadLists(reader);
    }
  }

  routes(): readonly SignedInRoute[] {
    const of = (path: string): string => `/api/workflows/{id}/${path}`;
    return [
      { method: 'GET', path: of('settings'), fn: this.readAutonomy },
      { method: 'GET', path: of('autonomy'), fn: this.readAutonomy },
      { method: 'GET', path: of('reviewers'), fn: this.readAutonomy },
      { method: 'PUT', path: of('settings'), fn: this.changeSettings },
      { method: 'POST', path: of('evaluations'), fn: this.changeSettings },
      { method: 'POST', path: of('seeds'), fn: this.seedReview },
      { method: 'POST', path: '/api/switch', fn: this.changeSettings },
    ];
  }

  /** Called before the versions of the functions are fixed. */
  grantAsk(machines: CaseMachines): void {
    for (const asker of [this.watchAutonomy, this.seedReview]) machines.grantStartAsk(asker);
  }

  /** Called when all settings of the functions are made, because their versions are fixed then. */
  connect(deadLetterQueue: Queue): void {
    new Rule(this, 'Watch', {
      description: 'Looks at what autonomy is earned and lost by',
      schedule: Schedule.rate(WATCH_EVERY),
      targets: [
        // The next look comes soon enough.
        new LambdaFunction(this.watchAutonomy.live, { deadLetterQueue, retryAttempts: 2, maxEventAge: WATCH_EVERY }),
      ],
    });
  }
}
