import { Duration } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { allowToSplit } from './allow-to-split.ts';
import type { CaseMachines } from './case-machines.ts';
import type { DataStores } from './data-stores.ts';
import { publishMachine } from './machine-version.ts';
import { RemitFunction } from './remit-function.ts';
import type { SignedInRoute } from './web-api.ts';

/** Fixed, so that the machine may name itself in its own rights: the slices of its distributed Map are executions of it. */
const EVALUATION_MACHINE_NAME = 'remit-evaluation';

/** Measuring on the stack: the state machine `evaluation`, the function of its steps, and what people reach it by. */
export class Evaluations extends Construct {
  readonly evaluate: RemitFunction;
  readonly startEvaluation: RemitFunction;
  readonly readEvaluation: RemitFunction;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    // One whole processor: a model is trained in some seconds. A slice has as long as a function may have.
    this.evaluate = new RemitFunction(this, 'Evaluate', {
      ...{ entry: 'evaluate', timeout: Duration.minutes(15), memorySize: 1_769 },
    });
    this.startEvaluation = new RemitFunction(this, 'StartEvaluation', { entry: 'start-evaluation' });
    this.readEvaluation = new RemitFunction(this, 'ReadEvaluation', { entry: 'read-evaluation' });
  }

  /** Who measures has its own results, and writes no case; who starts it puts it on record. */
  grantData(stores: DataStores): void {
    stores.grantMeasure(this.evaluate);
    stores.grantReadEvaluations(this.readEvaluation);
    stores.grantStartEvaluations(this.startEvaluation);
    stores.grantCommit(this.startEvaluation);
    stores.grantReadSettings(this.startEvaluation);
  }

  routes(): readonly SignedInRoute[] {
    return [
      { method: 'POST', path: '/api/evaluations', fn: this.startEvaluation },
      { method: 'POST', path: '/api/evaluations/{id}/attempts', fn: this.startEvaluation },
      { method: 'GET', path: '/api/evaluations/{id}', fn: this.readEvaluation },
    ];
  }

  /** Called before the versions of the functions that start and read are fixed. */
  connect(machines: CaseMachines): void {
    const machine = machines.machine(
      'Evaluation',
      'evaluation',
      { Evaluate: this.evaluate },
      {},
      EVALUATION_MACHINE_NAME,
    );
    publishMachine(machine);
    allowToSplit(machine, EVALUATION_MACHINE_NAME);
    machine.grantStartExecution(this.startEvaluation.role);
    for (const fn of [this.startEvaluation, this.readEvaluation]) {
      machine.grantExecution(fn.role, 'states:DescribeExecution');
      fn.set('REMIT_EVALUATION_MACHINE_ARN', machine.stateMachineArn);
    }
  }
}
