import { Duration } from 'aws-cdk-lib';
import { Rule, Schedule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import type { CaseMachines } from './case-machines.ts';
import type { DataStores } from './data-stores.ts';
import { RemitFunction } from './remit-function.ts';
import type { PageRoute, SignedInRoute } from './web-api.ts';

/** How long a step back or a proposal waits at the longest, where nothing made it come at once. */
const WATCH_EVERY = Duration.minutes(15);

/** Early in the day (UTC): people find the questions as they begin to work. */
const DRAW_AT = Schedule.cron({ minute: '0', hour: '4' });

/** How much a workflow may do by itself: what people read and set of it, and the watch over its record. */
export class Autonomy extends Construct {
  readonly watchAutonomy: RemitFunction;
  readonly readAutonomy: RemitFunction;
  readonly changeSettings: RemitFunction;
  readonly seedReview: RemitFunction;
  readonly drawSpotChecks: RemitFunction;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    this.watchAutonomy = new RemitFunction(this, 'WatchAutonomy', {
      entry: 'watch-autonomy',
      timeout: Duration.minutes(5),
    });
    this.readAutonomy = new RemitFunction(this, 'ReadAutonomy', { entry: 'read-autonomy' });
    this.changeSettings = new RemitFunction(this, 'ChangeSettings', { entry: 'change-settings' });
    this.seedReview = new RemitFunction(this, 'SeedReview', { entry: 'seed-review' });
    this.drawSpotChecks = new RemitFunction(this, 'DrawSpotChecks', {
      entry: 'draw-spot-checks',
      timeout: Duration.minutes(5),
    });
  }

  get functions(): readonly RemitFunction[] {
    return [this.watchAutonomy, this.readAutonomy, this.changeSettings, this.seedReview, this.drawSpotChecks];
  }

  grantData(stores: DataStores): void {
    const writers = [this.watchAutonomy, this.changeSettings, this.seedReview, this.drawSpotChecks];
    for (const writer of writers) stores.grantCommit(writer);
    stores.grantReadCase(this.readAutonomy);
    for (const reader of this.functions) stores.grantReadSettings(reader);
    // Draws are read as actions are: of one partition of the table.
    for (const reader of [this.watchAutonomy, this.readAutonomy, this.drawSpotChecks]) {
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

  /** Proved by a cookie. */
  pages(): readonly PageRoute[] {
    return [{ method: 'POST', path: '/workflows/{id}/switch', fn: this.changeSettings }];
  }

  /** Called before the versions of the functions are fixed. */
  grantAsk(machines: CaseMachines): void {
    for (const asker of [this.watchAutonomy, this.seedReview, this.drawSpotChecks]) machines.grantStartAsk(asker);
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
    new Rule(this, 'SpotChecks', {
      description: 'Draws from what was done without a person on the day that is over',
      schedule: DRAW_AT,
      // A day that was missed is drawn from by the next runs.
      targets: [new LambdaFunction(this.drawSpotChecks.live, { deadLetterQueue, retryAttempts: 2 })],
    });
  }
}
