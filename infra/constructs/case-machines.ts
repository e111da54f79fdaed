import { readFileSync } from 'node:fs';
import { Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { DefinitionBody, LogLevel, StateMachine, StateMachineType } from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';
import type { RemitFunction } from './remit-function.ts';
import type { StepFunctions } from './step-functions.ts';

/** Longer than any question may wait. */
const LONGEST_CASE = Duration.days(90);

/** The state machines `ask` and `case`, from statemachines/*.asl.json. */
export class CaseMachines extends Construct {
  readonly ask: StateMachine;
  readonly case: StateMachine;

  constructor(scope: Construct, id: string, steps: StepFunctions) {
    super(scope, id);
    this.ask = this.#machine('Ask', 'ask', {
      OpenRequest: steps.openRequest,
      AwaitAnswer: steps.awaitAnswer,
      RemindRequest: steps.remindRequest,
      SettleRequest: steps.settleRequest,
      TellOutcome: steps.tellOutcome,
    });
    this.case = this.#machine(
      'Case',
      'case',
      {
        OpenCase: steps.openCase,
        RunTurn: steps.runTurn,
        AdvanceCase: steps.advanceCase,
        PerformAction: steps.performAction,
        CloseCase: steps.closeCase,
      },
      { AskMachine: this.ask.stateMachineArn },
    );
    this.#allowToAsk();
  }

  grantStartCase(fn: RemitFunction): void {
    this.case.grantStartExecution(fn.role);
    fn.set('REMIT_CASE_MACHINE_ARN', this.case.stateMachineArn);
  }

  /** The power to answer: one function has it. */
  grantAnswer(fn: RemitFunction): void {
    this.ask.grant(fn.role, 'states:SendTaskSuccess');
    fn.set('REMIT_CASE_MACHINE_ARN', this.case.stateMachineArn);
  }

  #machine(
    id: string,
    name: string,
    functions: Readonly<Record<string, RemitFunction>>,
    other: Readonly<Record<string, string>> = {},
  ): StateMachine {
    const aliases = Object.entries(functions).map(([key, fn]) => [key, fn.live] as const);
    const machine = new StateMachine(this, id, {
      definitionBody: DefinitionBody.fromString(definitionOf(name)),
      definitionSubstitutions: {
        ...Object.fromEntries(aliases.map(([key, alias]) => [key, alias.functionArn])),
        ...other,
      },
      stateMachineType: StateMachineType.STANDARD,
      logs: {
        destination: new LogGroup(this, `${id}Logs`, {
          // Under this prefix the account needs no policy that grows with every machine.
          logGroupName: `/aws/vendedlogs/states/remit-${name}`,
          retention: RetentionDays.THREE_MONTHS,
          removalPolicy: RemovalPolicy.DESTROY,
        }),
        level: LogLevel.ALL,
        // Task tokens and what people wrote must not reach the log.
        includeExecutionData: false,
      },
    });
    for (const [, alias] of aliases) alias.grantInvoke(machine);
    return machine;
  }

  /** What `startExecution.sync:2` needs: start, look, stop, and the rule by which Step Functions hears of the end. */
  #allowToAsk(): void {
    const { partition, region, account } = Stack.of(this);
    this.ask.grantStartExecution(this.case);
    this.ask.grantExecution(this.case, 'states:DescribeExecution', 'states:StopExecution');
    this.case.addToRolePolicy(
      new PolicyStatement({
        actions: ['events:PutTargets', 'events:PutRule', 'events:DescribeRule'],
        resources: [
          `arn:${partition}:events:${region}:${account}:rule/StepFunctionsGetEventsForStepFunctionsExecutionRule`,
        ],
      }),
    );
  }
}

/** As written in statemachines/, ended after the longest time that a case may take. */
function definitionOf(name: string): string {
  const definition = JSON.parse(readFileSync(`statemachines/${name}.asl.json`, 'utf8')) as object;
  return JSON.stringify({ ...definition, TimeoutSeconds: LONGEST_CASE.toSeconds() });
}
