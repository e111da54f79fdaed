import {
  DescribeExecutionCommand,
  paginateGetExecutionHistory,
  paginateListExecutions,
  SFNClient,
} from '@aws-sdk/client-sfn';
import type { Runtime } from '../../local/boot.ts';

/** What Step Functions keeps of one execution: its name, and all data in its description and its history. */
export interface KeptExecution {
  readonly machine: string;
  readonly name: string;
  readonly status: string;
  readonly states: readonly string[];
  /** Input, output, parameters, errors and causes, as they are kept. */
  readonly texts: readonly string[];
}

/** Of all state machines of the stack. */
export async function keptExecutions({ url, resources }: Runtime): Promise<readonly KeptExecution[]> {
  const sfn = new SFNClient({
    ...{ endpoint: url, region: 'us-east-1' },
    credentials: { accessKeyId: 'operator', secretAccessKey: 'operator' },
  });
  const machines = resources.filter(({ type }) => type === 'AWS::StepFunctions::StateMachine');
  const kept: KeptExecution[] = [];
  for (const { physicalId: stateMachineArn, logicalId: machine } of machines) {
    for await (const { executions = [] } of paginateListExecutions({ client: sfn }, { stateMachineArn })) {
      for (const { executionArn } of executions) kept.push(await keptOf(sfn, machine, executionArn ?? ''));
    }
  }
  sfn.destroy();
  return kept;
}

async function keptOf(sfn: SFNClient, machine: string, executionArn: string): Promise<KeptExecution> {
  const described = await sfn.send(new DescribeExecutionCommand({ executionArn }));
  const { name = '', status = '', input = '', output = '', error = '', cause = '' } = described;
  const texts = [input, output, error, cause];
  const states: string[] = [];
  for await (const { events = [] } of paginateGetExecutionHistory(
    { client: sfn },
    { executionArn, includeExecutionData: true },
  )) {
    for (const event of events) {
      states.push(...(event.stateEnteredEventDetails?.name === undefined ? [] : [event.stateEnteredEventDetails.name]));
      for (const details of Object.values(event)) texts.push(...dataIn(details));
    }
  }
  return { machine, name, status, states, texts: texts.filter((text) => text !== '') };
}

const DATA = ['input', 'output', 'parameters', 'error', 'cause'] as const;

function dataIn(details: unknown): string[] {
  if (typeof details !== 'object' || details === null) return [];
  const own = DATA.map((name) => (details as Readonly<Record<string, unknown>>)[name]);
  const assigned = (details as { readonly assignedVariables?: Readonly<Record<string, string>> }).assignedVariables;
  return [...own, ...Object.values(assigned ?? {})].filter((value): value is string => typeof value === 'string');
}

/** Every text inside what is kept, member by member; what is no JSON, as it is. */
export function wordsIn(text: string): string[] {
  try {
    return leavesOf(JSON.parse(text));
  } catch {
    return [text];
  }
}

function leavesOf(value: unknown): string[] {
  if (typeof value === 'string') return /^[{[]/.test(value) ? wordsIn(value) : [value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value).flatMap(leavesOf);
}
