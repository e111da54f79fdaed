import { AwsError } from '../../kernel/errors.ts';
import type { JsonObject, Operation } from '../../kernel/service.ts';
import type { VersionRecord } from '../records/machines.ts';
import { machinePermission, parseMachineArn, unqualified } from './arns.ts';
import { optionalText, present, requiredText, seconds } from './fields.ts';
import { machineMissing } from './refusals.ts';
import type { Operations, StatesContext } from './states-context.ts';

/** Versions: revisions that keep their number. */
export function versionOperations(context: StatesContext): Operations {
  return {
    PublishStateMachineVersion: publishOperation(context),
    DeleteStateMachineVersion: deleteVersion(context),
    ListStateMachineVersions: listVersions(context),
  };
}

function publishOperation(context: StatesContext): Operation {
  return {
    permissions: (input) => [
      { action: 'states:PublishStateMachineVersion', resource: unqualified(String(input['stateMachineArn'])) },
    ],
    run: (input) => {
      const { machineArn: arn } = parseMachineArn(requiredText(input, 'stateMachineArn'));
      return context.store.write(() => {
        const version = publishVersion(context, arn, input);
        return { stateMachineVersionArn: version.arn, creationDate: seconds(version.createdAtMs) };
      });
    },
  };
}

/** The version of the machine's current revision, made if it has none. Belongs into a write of the store. */
export function publishVersion({ records, clock }: StatesContext, arn: string, input: JsonObject): VersionRecord {
  const machine = records.machines.find(arn);
  if (machine === null) throw machineMissing(arn);
  const expected = optionalText(input, 'revisionId');
  if (expected !== null && expected !== machine.revision.revisionId) {
    throw new AwsError(
      'ConflictException',
      `Failed to publish the State Machine version for revision ${expected}. The current State Machine revision is ${machine.revision.revisionId}.`,
    );
  }
  const versions = records.machines.versions(arn);
  const published = versions.find(({ revision }) => revision === machine.revision.id);
  if (published !== undefined) return published;
  const number = (versions[0]?.number ?? 0) + 1;
  const version: VersionRecord = {
    arn: `${arn}:${number}`,
    machineArn: arn,
    number,
    revision: machine.revision.id,
    description: optionalText(input, 'description') ?? optionalText(input, 'versionDescription'),
    createdAtMs: clock.now(),
  };
  records.machines.insertVersion(version);
  return version;
}

function deleteVersion({ store, records }: StatesContext): Operation {
  return {
    permissions: (input) => [machinePermission('DeleteStateMachineVersion', String(input['stateMachineVersionArn']))],
    run: (input) => {
      const arn = requiredText(input, 'stateMachineVersionArn');
      const { machineArn } = parseMachineArn(arn);
      return store.write(() => {
        const users = records.machines
          .aliases(machineArn)
          .filter(({ routes }) => routes.some((route) => route.stateMachineVersionArn === arn));
        if (users.length > 0) {
          throw new AwsError(
            'ConflictException',
            `Version to be deleted must not be referenced by an alias. Current list of aliases referencing this version: [${users.map(({ name }) => name).join(', ')}]`,
          );
        }
        records.machines.removeVersion(arn);
        return {};
      });
    },
  };
}

function listVersions({ records }: StatesContext): Operation {
  return {
    permissions: (input) => [{ action: 'states:ListStateMachineVersions', resource: String(input['stateMachineArn']) }],
    run: (input) => {
      const { machineArn } = parseMachineArn(requiredText(input, 'stateMachineArn'));
      if (records.machines.find(machineArn) === null) throw machineMissing(machineArn);
      const versions = records.machines.versions(machineArn);
      return present({
        stateMachineVersions: versions.map(({ arn, createdAtMs }) => ({
          stateMachineVersionArn: arn,
          creationDate: seconds(createdAtMs),
        })),
      });
    },
  };
}
