import type { Place } from '../../kernel/names.ts';
import { arnOf } from '../../kernel/names.ts';
import type { Permission } from '../../kernel/service.ts';
import { invalidArn } from './refusals.ts';

/** A state machine's ARN, perhaps with the version or alias behind it. */
export interface MachineArn {
  readonly machineArn: string;
  readonly machineName: string;
  /** Version number or alias name. */
  readonly qualifier: string | null;
}

export function machineArn(place: Place, name: string): string {
  return arnOf(place, 'states', `stateMachine:${name}`);
}

/** `arn:aws:states:<region>:<account>:stateMachine:<name>`, before any qualifier. */
const MACHINE_PARTS = 7;

/** Throws InvalidArn. */
export function parseMachineArn(arn: string): MachineArn {
  const parts = partsOf(arn);
  const [, , , , , type, name, qualifier = null] = parts;
  if (type !== 'stateMachine' || name === undefined || name === '') {
    throw invalidArn(`Resource type not valid in this context: ${type ?? ''}`);
  }
  return { machineArn: parts.slice(0, MACHINE_PARTS).join(':'), machineName: name, qualifier };
}

/** The machine's ARN without a qualifier; whatever was given where it is none, for IAM alone. */
export function unqualified(arn: string): string {
  return arn.split(':').slice(0, MACHINE_PARTS).join(':');
}

/** What an operation on a version or alias needs: to IAM the resource is the machine, and the qualifier a condition key. */
export function machinePermission(action: string, arn: string): Permission {
  const [qualifier] = arn.split(':').slice(MACHINE_PARTS);
  const permission = { action: `states:${action}`, resource: unqualified(arn) };
  return qualifier === undefined
    ? permission
    : { ...permission, context: { 'states:StateMachineQualifier': [qualifier] } };
}

export function executionArn(machine: string, name: string): string {
  const { machineArn: arn, machineName } = parseMachineArn(machine);
  return `${arn.split(':').slice(0, 5).join(':')}:execution:${machineName}:${name}`;
}

export function expressExecutionArn(machine: string, name: string, id: string): string {
  const { machineArn: arn, machineName } = parseMachineArn(machine);
  return `${arn.split(':').slice(0, 5).join(':')}:express:${machineName}:${name}:${id}`;
}

/** Throws InvalidArn for what is not the ARN of a Standard execution. */
export function checkExecutionArn(arn: string): string {
  const [, , , , , type, machine, name] = partsOf(arn);
  if (type !== 'execution' || machine === undefined || name === undefined) {
    throw invalidArn(`Resource type not valid in this context: ${type ?? ''}`);
  }
  return arn;
}

function partsOf(arn: string): string[] {
  const parts = arn.split(':');
  if (parts[0] !== 'arn' || parts[2] !== 'states' || parts.length < MACHINE_PARTS)
    throw invalidArn(`Invalid ARN prefix: ${arn}`);
  return parts;
}
