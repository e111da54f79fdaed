import type { JsonObject } from '../../kernel/service.ts';
import { machineArn, parseMachineArn } from './arns.ts';
import { checkDefinition } from './check-definition.ts';
import { checkedName } from './fields.ts';
import { revise } from './machine-operations.ts';
import { machineMissing } from './refusals.ts';
import type { StatesContext } from './states-context.ts';

/** A state machine as the template asks for it. */
export interface MachineToEnsure {
  readonly name: string;
  /** Amazon States Language, with its substitutions made. */
  readonly definition: string;
  readonly roleArn: string;
  readonly type: 'STANDARD' | 'EXPRESS';
  readonly loggingConfiguration?: JsonObject;
  readonly tracingConfiguration?: JsonObject;
}

/** Makes or changes the machine in one transaction of its own. Throws InvalidDefinition, also for a changed type. */
export function ensureStateMachine(context: StatesContext, machine: MachineToEnsure): string {
  checkDefinition(machine.definition, machine.type);
  const arn = machineArn(context.place, checkedName(machine.name));
  const now = context.clock.now();
  const settings: JsonObject = {
    loggingConfiguration: machine.loggingConfiguration ?? { level: 'OFF', includeExecutionData: false },
    tracingConfiguration: machine.tracingConfiguration ?? { enabled: false },
  };
  const { definition, roleArn, name } = machine;
  context.store.writeNow(() => {
    const { machines } = context.records;
    const existing = machines.find(arn);
    if (existing !== null && existing.type === machine.type)
      revise(context, existing, { definition, roleArn, settings, now });
    else {
      if (existing !== null) machines.remove(arn);
      const revision = { definition, roleArn, revisionId: 'INITIAL', createdAtMs: now };
      machines.insert({ arn, name, type: machine.type, createdAtMs: now, settings }, revision);
    }
  });
  return arn;
}

export interface VersionToEnsure {
  readonly machineArn: string;
  readonly number: number;
  readonly description: string | null;
}

/** Publishes the machine as it is now under this number, unless there is such a version; gives its ARN. */
export function ensureVersion(
  context: StatesContext,
  { machineArn: arn, number, description }: VersionToEnsure,
): string {
  const { machines } = context.records;
  const machine = machines.find(arn);
  if (machine === null) throw machineMissing(arn);
  const versionArn = `${arn}:${number}`;
  if (machines.findVersion(versionArn) !== null) return versionArn;
  const createdAtMs = context.clock.now();
  const version = { arn: versionArn, machineArn: arn, number, revision: machine.revision.id, description, createdAtMs };
  context.store.writeNow(() => machines.insertVersion(version));
  return versionArn;
}

export interface AliasToEnsure {
  readonly name: string;
  /** One or two; the weights add up to 100. */
  readonly routes: readonly { readonly stateMachineVersionArn: string; readonly weight: number }[];
  readonly description?: string;
}

export function ensureAlias(context: StatesContext, { name, routes, description }: AliasToEnsure): string {
  const { machineArn: machine } = parseMachineArn(routes[0]?.stateMachineVersionArn ?? '');
  const arn = `${machine}:${checkedName(name)}`;
  const now = context.clock.now();
  context.store.writeNow(() => {
    const createdAtMs = context.records.machines.findAlias(arn)?.createdAtMs ?? now;
    context.records.machines.putAlias({
      arn,
      machineArn: machine,
      name,
      routes,
      description: description ?? null,
      createdAtMs,
      updatedAtMs: now,
    });
  });
  return arn;
}
