import { randomUUID } from 'node:crypto';
import { AwsError } from '../../kernel/errors.ts';
import type { Json, JsonObject, Operation } from '../../kernel/service.ts';
import type { MachineRecord, RevisionRecord } from '../records/machines.ts';
import { machineArn, machinePermission, parseMachineArn, unqualified } from './arns.ts';
import { checkDefinition } from './check-definition.ts';
import { checkedName, optionalFlag, optionalText, pageSize, present, requiredText, seconds } from './fields.ts';
import { pageAfter, pageToken } from './page-token.ts';
import { machineMissing, validationError } from './refusals.ts';
import type { Operations, StatesContext } from './states-context.ts';
import { publishVersion } from './version-operations.ts';

/** Create, change, show and delete state machines. */
export function machineOperations(context: StatesContext): Operations {
  return {
    CreateStateMachine: createStateMachine(context),
    UpdateStateMachine: updateStateMachine(context),
    DeleteStateMachine: deleteStateMachine(context),
    DescribeStateMachine: describeStateMachine(context),
    ListStateMachines: listStateMachines(context),
  };
}

function createStateMachine(context: StatesContext): Operation {
  const { store, clock, place, records } = context;
  return {
    permissions: (input) => [
      { action: 'states:CreateStateMachine', resource: machineArn(place, String(input['name'])) },
      { action: 'iam:PassRole', resource: String(input['roleArn']) },
    ],
    run: (input) => {
      const name = checkedName(requiredText(input, 'name'));
      const type = optionalText(input, 'type') === 'EXPRESS' ? 'EXPRESS' : 'STANDARD';
      const definition = requiredText(input, 'definition');
      const roleArn = requiredText(input, 'roleArn');
      checkDefinition(definition, type);
      const arn = machineArn(place, name);
      const now = clock.now();
      return store.write(() => {
        const existing = records.machines.find(arn);
        if (existing !== null) return repeatedCreation(existing, definition, roleArn, type);
        const revision = { definition, roleArn, revisionId: FIRST_REVISION, createdAtMs: now };
        records.machines.insert({ arn, name, type, createdAtMs: now, settings: settingsOf(input) }, revision);
        const versionArn =
          optionalFlag(input, 'publish') === true ? publishVersion(context, arn, input).arn : undefined;
        return present({ stateMachineArn: arn, creationDate: seconds(now), stateMachineVersionArn: versionArn });
      });
    },
  };
}

/** Stands for the revision that a machine was created with; AWS names it by this word where it shows it at all. */
const FIRST_REVISION = 'INITIAL';

/** The same creation once more answers the same; any difference, even of white space, is refused. */
function repeatedCreation(existing: MachineRecord, definition: string, roleArn: string, type: string): JsonObject {
  const { revision } = existing;
  if (revision.definition !== definition || revision.roleArn !== roleArn || existing.type !== type) {
    throw new AwsError('StateMachineAlreadyExists', `State Machine Already Exists: '${existing.arn}'`);
  }
  return { stateMachineArn: existing.arn, creationDate: seconds(existing.createdAtMs) };
}

function settingsOf(input: JsonObject): JsonObject {
  const { loggingConfiguration, tracingConfiguration, encryptionConfiguration } = input;
  return present({
    loggingConfiguration: loggingConfiguration ?? { level: 'OFF', includeExecutionData: false },
    tracingConfiguration: tracingConfiguration ?? { enabled: false },
    encryptionConfiguration: encryptionConfiguration ?? { type: 'AWS_OWNED_KEY' },
  });
}

function updateStateMachine(context: StatesContext): Operation {
  const { store, clock, records } = context;
  return {
    permissions: (input) => [
      { action: 'states:UpdateStateMachine', resource: unqualified(String(input['stateMachineArn'])) },
      ...(typeof input['roleArn'] === 'string' ? [{ action: 'iam:PassRole', resource: input['roleArn'] }] : []),
    ],
    run: (input) => {
      const { machineArn: arn } = parseMachineArn(requiredText(input, 'stateMachineArn'));
      const definition = optionalText(input, 'definition');
      const roleArn = optionalText(input, 'roleArn');
      return store.write(() => {
        const machine = records.machines.find(arn);
        if (machine === null) throw machineMissing(arn);
        if (definition !== null) checkDefinition(definition, machine.type);
        const settings = { ...machine.settings, ...changedSettings(input) };
        const now = clock.now();
        const revisionId = revise(context, machine, { definition, roleArn, settings, now });
        const versionArn =
          optionalFlag(input, 'publish') === true ? publishVersion(context, arn, input).arn : undefined;
        return present({ updateDate: seconds(now), revisionId, stateMachineVersionArn: versionArn });
      });
    },
  };
}

function changedSettings(input: JsonObject): JsonObject {
  const { loggingConfiguration, tracingConfiguration, encryptionConfiguration } = input;
  const changed = present({ loggingConfiguration, tracingConfiguration, encryptionConfiguration });
  const { definition, roleArn } = input;
  if (Object.keys(changed).length === 0 && definition === undefined && roleArn === undefined) {
    throw new AwsError(
      'MissingRequiredParameter',
      'Either the definition, the role ARN, the LoggingConfiguration, the TracingConfiguration or the EncryptionConfiguration must be specified',
    );
  }
  return changed;
}

interface Change {
  readonly definition: string | null;
  readonly roleArn: string | null;
  readonly settings: JsonObject;
  readonly now: number;
}

/** Makes a new revision where definition or role change; gives the current revision's id. */
export function revise({ records }: StatesContext, machine: MachineRecord, change: Change): string {
  const { revision } = machine;
  const next: Omit<RevisionRecord, 'id'> = {
    definition: change.definition ?? revision.definition,
    roleArn: change.roleArn ?? revision.roleArn,
    revisionId: randomUUID(),
    createdAtMs: change.now,
  };
  if (next.definition === revision.definition && next.roleArn === revision.roleArn) {
    records.machines.configure(machine.arn, change.settings);
    return revision.revisionId;
  }
  records.machines.revise(machine.arn, next, change.settings);
  return next.revisionId;
}

/** Running executions of a deleted machine come to an end first, as on AWS; new ones cannot begin. */
function deleteStateMachine({ store, records }: StatesContext): Operation {
  return {
    permissions: (input) => [{ action: 'states:DeleteStateMachine', resource: String(input['stateMachineArn']) }],
    run: (input) => {
      const { machineArn: arn, qualifier } = parseMachineArn(requiredText(input, 'stateMachineArn'));
      if (qualifier !== null)
        throw validationError(
          'A version is deleted by DeleteStateMachineVersion, an alias by DeleteStateMachineAlias.',
        );
      return store.write(() => {
        records.machines.remove(arn);
        return {};
      });
    },
  };
}

function describeStateMachine(context: StatesContext): Operation {
  const { records } = context;
  return {
    permissions: (input) => [machinePermission('DescribeStateMachine', String(input['stateMachineArn']))],
    run: (input) => {
      const arn = requiredText(input, 'stateMachineArn');
      const { machineArn: plainArn, qualifier } = parseMachineArn(arn);
      const machine = records.machines.find(plainArn);
      if (machine === null) throw machineMissing(arn);
      if (qualifier === null) return describeMachine(machine, machine.revision, machine.arn);
      const version = records.machines.findVersion(arn);
      const revision = version === null ? null : records.machines.revision(version.revision);
      if (version === null || revision === null) throw machineMissing(arn);
      return { ...describeMachine(machine, revision, arn), ...present({ description: version.description }) };
    },
  };
}

function describeMachine(machine: MachineRecord, revision: RevisionRecord, arn: string): JsonObject {
  return present({
    stateMachineArn: arn,
    name: machine.name,
    status: 'ACTIVE',
    definition: revision.definition,
    roleArn: revision.roleArn,
    type: machine.type,
    creationDate: seconds(machine.createdAtMs),
    ...machine.settings,
    revisionId: revision.revisionId === FIRST_REVISION ? undefined : revision.revisionId,
  });
}

function listStateMachines({ records }: StatesContext): Operation {
  return {
    permissions: () => [{ action: 'states:ListStateMachines', resource: '*' }],
    run: (input) => {
      const limit = pageSize(input);
      const machines = records.machines.list(pageAfter(input) ?? '', limit + 1);
      const page: Json[] = machines.slice(0, limit).map((machine) => ({
        stateMachineArn: machine.arn,
        name: machine.name,
        type: machine.type,
        creationDate: seconds(machine.createdAtMs),
      }));
      const last = machines.length > limit ? machines[limit - 1] : undefined;
      return present({ stateMachines: page, nextToken: last === undefined ? undefined : pageToken(last.arn) });
    },
  };
}
