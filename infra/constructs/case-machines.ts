import { readFileSync } from 'node:fs';
import { ArnFormat, Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import {
  CfnStateMachineAlias,
  type CfnStateMachineVersion,
  DefinitionBody,
  LogLevel,
  StateMachine,
  StateMachineType,
} from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';
import { publishMachine } from './machine-version.ts';
import type { RemitFunction } from './remit-function.ts';
import type { StepFunctions } from './step-functions.ts';

/**
 * Fixed, so that functions which the machine itself calls may start it once more: they could not refer to it without going
 * round in a circle.
 */
const CASE_MACHINE_NAME = 'remit-case';

/** Longer than any question may wait. */
const LONGEST_CASE = Duration.days(90);

/** The alias on the newest version of `case`. */
const LIVE = 'live';

/**
 * The state machines `ask` and `case`, from statemachines/*.asl.json. A version of `case` names the version of `ask` and
 * the versions of the functions that it was deployed with, so a case ends as it began, whatever is deployed meanwhile.
 */
export class CaseMachines extends Construct {
  readonly ask: StateMachine;
  readonly case: StateMachine;
  readonly #newest: CfnStateMachineVersion;
  readonly #live: CfnStateMachineAlias;

  constructor(scope: Construct, id: string, steps: StepFunctions) {
    super(scope, id);
    // The versions of functions are fixed as the machines take them up.
    for (const fn of [steps.closeCase, steps.settleRequest]) this.#grantStartAgain(fn);
    this.ask = this.machine('Ask', 'ask', {
      OpenRequest: steps.openRequest,
      AwaitAnswer: steps.awaitAnswer,
      RemindRequest: steps.remindRequest,
      SettleRequest: steps.settleRequest,
      TellOutcome: steps.tellOutcome,
    });
    this.grantStartAsk(steps.performAction);
    this.case = this.machine(
      'Case',
      'case',
      {
        RunTurn: steps.runTurn,
        AdvanceCase: steps.advanceCase,
        PerformAction: steps.performAction,
        CloseCase: steps.closeCase,
      },
      { AskMachine: publishMachine(this.ask).ref },
      CASE_MACHINE_NAME,
    );
    allowToCall(this.case, [steps.openCase]);
    this.#newest = publishMachine(this.case);
    this.#live = new CfnStateMachineAlias(this, 'Live', {
      name: LIVE,
      routingConfiguration: [{ stateMachineVersionArn: this.#newest.ref, weight: 100 }],
    });
    this.#allowToAsk();
  }

  /**
   * Starts cases by the version that it was deployed with: it pins them to the versions of that release, and the machine
   * has to understand how it begins them.
   */
  grantStartCase(fn: RemitFunction): void {
    // IAM knows machines without their versions.
    this.case.grantStartExecution(fn.role);
    fn.set('REMIT_CASE_MACHINE_ARN', this.#newest.ref);
  }

  /** One that starts cases by the alias, as earlier releases did, is gone before the alias goes on to this release. */
  connectAfter(starter: RemitFunction): void {
    this.#live.node.addDependency(starter.live);
  }

  /** Starts cases again, by the version that they began with. */
  grantRestartCase(fn: RemitFunction): void {
    this.case.grantStartExecution(fn.role);
    this.case.grantExecution(fn.role, 'states:DescribeExecution');
    fn.set('REMIT_CASE_MACHINE_ARN', this.#live.ref);
  }

  /** Puts a question that no case waits for. */
  grantStartAsk(fn: RemitFunction): void {
    this.ask.grantStartExecution(fn.role);
    fn.set('REMIT_ASK_MACHINE_ARN', this.ask.stateMachineArn);
  }

  /** The power to answer: one function has it. */
  grantAnswer(fn: RemitFunction): void {
    this.ask.grant(fn.role, 'states:SendTaskSuccess');
    fn.set('REMIT_CASE_MACHINE_ARN', this.#live.ref);
  }

  /** Starts the case once more, from within it, by the version that it began with. */
  #grantStartAgain(fn: RemitFunction): void {
    const arnOf = (resource: string, resourceName: string): string =>
      Stack.of(this).formatArn({
        ...{ service: 'states', resource, resourceName, arnFormat: ArnFormat.COLON_RESOURCE_NAME },
      });
    const machine = arnOf('stateMachine', CASE_MACHINE_NAME);
    const executions = arnOf('execution', `${CASE_MACHINE_NAME}:*`);
    fn.allow(new PolicyStatement({ actions: ['states:StartExecution'], resources: [machine] }));
    fn.allow(new PolicyStatement({ actions: ['states:DescribeExecution'], resources: [executions] }));
    fn.set('REMIT_CASE_MACHINE_ARN', `${machine}:${LIVE}`);
  }

  /** A machine from statemachines/, which calls these functions by their versions. */
  machine(
    id: string,
    name: string,
    functions: Readonly<Record<string, RemitFunction>>,
    other: Readonly<Record<string, string>> = {},
    stateMachineName?: string,
  ): StateMachine {
    const machine = new StateMachine(this, id, {
      definitionBody: DefinitionBody.fromString(definitionOf(name)),
      definitionSubstitutions: {
        ...Object.fromEntries(Object.entries(functions).map(([key, { version }]) => [key, version.functionArn])),
        ...other,
      },
      ...(stateMachineName === undefined ? {} : { stateMachineName }),
      stateMachineType: StateMachineType.STANDARD,
      logs: {
        destination: new LogGroup(this, `${id}Logs`, {
          // Under this prefix the account needs no policy that grows with every machine.
          logGroupName: `/aws/vendedlogs/states/remit-${name}`,
          removalPolicy: RemovalPolicy.DESTROY,
        }),
        level: LogLevel.ALL,
        // Task tokens and what people wrote must not reach the log.
        includeExecutionData: false,
      },
    });
    allowToCall(machine, Object.values(functions));
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

/** Every version of just these functions: executions of earlier versions of the machine act with its role of now. */
function allowToCall(machine: StateMachine, functions: readonly RemitFunction[]): void {
  machine.addToRolePolicy(
    new PolicyStatement({
      actions: ['lambda:InvokeFunction'],
      resources: functions.map(({ fn }) => `${fn.functionArn}:*`),
    }),
  );
}

/** As written in statemachines/, ended after the longest time that a case may take, where it says no other. */
function definitionOf(name: string): string {
  const definition = JSON.parse(readFileSync(`statemachines/${name}.asl.json`, 'utf8')) as object;
  return JSON.stringify({ TimeoutSeconds: LONGEST_CASE.toSeconds(), ...definition });
}
