import { Construct } from 'constructs';
import { allowToSplit } from './allow-to-split.ts';
import type { CaseMachines } from './case-machines.ts';
import type { DataStores } from './data-stores.ts';
import { publishMachine } from './machine-version.ts';
import { RemitFunction } from './remit-function.ts';
import type { StepFunctions } from './step-functions.ts';
import type { PageRoute, SignedInRoute } from './web-api.ts';

/** Fixed, so that the machine may name itself in its own rights: the slices of its distributed Map are executions of it. */
const EVALUATION_MACHINE_NAME = 'remit-evaluation';

/** Measuring on the stack: the state machine `evaluation`, and what people reach it by. */
export class Evaluations extends Construct {
  readonly startEvaluation: RemitFunction;
  readonly readEvaluation: RemitFunction;
  readonly showEvaluation: RemitFunction;

  readonly #retentionDays: number;

  /** `retentionDays`: how long what is personal is kept; rows of labelled examples are. */
  constructor(scope: Construct, id: string, { retentionDays }: { readonly retentionDays: number }) {
    super(scope, id);
    this.#retentionDays = retentionDays;
    this.startEvaluation = new RemitFunction(this, 'StartEvaluation', { entry: 'start-evaluation' });
    this.readEvaluation = new RemitFunction(this, 'ReadEvaluation', { entry: 'read-evaluation' });
    this.showEvaluation = new RemitFunction(this, 'ShowEvaluation', { entry: 'show-evaluation' });
  }

  /** Who measures has its own results, and writes no case; who starts it puts it on record. */
  grantData(stores: DataStores, { evaluate }: StepFunctions): void {
    stores.grantMeasure(evaluate);
    evaluate.set('REMIT_RETENTION_DAYS', String(this.#retentionDays));
    for (const reader of [this.readEvaluation, this.showEvaluation]) stores.grantReadEvaluations(reader);
    stores.grantStartEvaluations(this.startEvaluation);
    stores.grantCommit(this.startEvaluation);
    stores.grantReadSettings(this.startEvaluation);
  }

  routes(): readonly SignedInRoute[] {
    return [
      { method: 'POST', path: '/api/evaluations', fn: this.startEvaluation },
      { method: 'POST', path: '/api/evaluations/{id}/attempts', fn: this.startEvaluation },
      { method: 'POST', path: '/api/evaluations/{id}/evidence', fn: this.startEvaluation },
      { method: 'GET', path: '/api/evaluations', fn: this.readEvaluation },
      { method: 'GET', path: '/api/evaluations/{id}', fn: this.readEvaluation },
    ];
  }

  /** Proved by a cookie. */
  pages(): readonly PageRoute[] {
    return [{ path: '/evaluations/{id}', fn: this.showEvaluation }];
  }

  /** Called before the versions of the functions that start and read are fixed. */
  connect(machines: CaseMachines, { evaluate: Evaluate }: StepFunctions): void {
    const machine = machines.machine('Evaluation', 'evaluation', { Evaluate }, {}, EVALUATION_MACHINE_NAME);
    publishMachine(machine);
    allowToSplit(machine, EVALUATION_MACHINE_NAME);
    machine.grantStartExecution(this.startEvaluation.role);
    for (const fn of [this.startEvaluation, this.readEvaluation, this.showEvaluation]) {
      machine.grantExecution(fn.role, 'states:DescribeExecution');
      fn.set('REMIT_EVALUATION_MACHINE_ARN', machine.stateMachineArn);
    }
  }
}
