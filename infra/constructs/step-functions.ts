import { Duration } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { RemitFunction, type RemitFunctionProps } from './remit-function.ts';

/** The functions that the state machines call: one for each step. */
export class StepFunctions extends Construct {
  /** No machine of this release calls it: cases that wait since before do, by the version that they began with. */
  readonly openCase: RemitFunction;
  readonly runTurn: RemitFunction;
  readonly advanceCase: RemitFunction;
  readonly openRequest: RemitFunction;
  readonly awaitAnswer: RemitFunction;
  readonly remindRequest: RemitFunction;
  readonly settleRequest: RemitFunction;
  readonly performAction: RemitFunction;
  readonly closeCase: RemitFunction;
  readonly tellOutcome: RemitFunction;
  readonly advanceBatch: RemitFunction;
  readonly evaluate: RemitFunction;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    this.openCase = this.#step('OpenCase', 'open-case');
    // An agent has 30 seconds by default; the rest is for its start.
    this.runTurn = this.#step('RunTurn', 'run-turn', { timeout: Duration.seconds(60), memorySize: 1_024 });
    this.advanceCase = this.#step('AdvanceCase', 'advance-case');
    this.openRequest = this.#step('OpenRequest', 'open-request');
    this.awaitAnswer = this.#step('AwaitAnswer', 'await-answer');
    this.remindRequest = this.#step('RemindRequest', 'remind-request');
    this.settleRequest = this.#step('SettleRequest', 'settle-request');
    this.performAction = this.#step('PerformAction', 'perform-action', { timeout: Duration.seconds(60) });
    this.closeCase = this.#step('CloseCase', 'close-case');
    this.tellOutcome = this.#step('TellOutcome', 'tell-outcome');
    // It divides files of 50 MB, and reads the cases of up to a hundred thousand lines. It has the place of the function that
    // only summed up: executions that began with versions of that one go on with them.
    this.advanceBatch = this.#step('SumUpBatch', 'advance-batch', { timeout: Duration.minutes(15), memorySize: 1_769 });
    // One whole processor, because it trains models too. A slice of an evaluation has as long as a function may have.
    this.evaluate = this.#step('Evaluate', 'evaluate', { timeout: Duration.minutes(15), memorySize: 1_769 });
  }

  #step(id: string, entry: string, props: Omit<RemitFunctionProps, 'entry'> = {}): RemitFunction {
    return new RemitFunction(this, id, { entry, ...props });
  }
}
