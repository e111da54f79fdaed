import type { OperationSpec } from '../engine.ts';
import { validationError } from '../errors.ts';
import { optionalBoolean, requiredObject, requiredString } from '../input.ts';
import { tablePermission } from '../permissions.ts';
import { setTimeToLive } from '../tables/change-table.ts';
import { namedTable } from './describe-tables.ts';

export const updateTimeToLive: OperationSpec = {
  name: 'UpdateTimeToLive',
  kind: 'write',
  members: ['TableName', 'TimeToLiveSpecification'],
  permissions: (engine, input) => [tablePermission(engine, 'UpdateTimeToLive', input)],
  run: (engine, input) => {
    const specification = requiredObject(input, 'TimeToLiveSpecification');
    const attribute = requiredString(specification, 'AttributeName');
    const isEnabled = optionalBoolean(specification, 'Enabled') ?? false;
    const table = namedTable(engine, input);
    refuseUnchanged(table.definition.timeToLiveAttribute, attribute, isEnabled);
    setTimeToLive(engine, table, isEnabled ? attribute : null);
    return { TimeToLiveSpecification: { AttributeName: attribute, Enabled: isEnabled } };
  },
};

export const describeTimeToLive: OperationSpec = {
  name: 'DescribeTimeToLive',
  kind: 'read',
  members: ['TableName'],
  permissions: (engine, input) => [tablePermission(engine, 'DescribeTimeToLive', input)],
  run: (engine, input) => {
    const attribute = namedTable(engine, input).definition.timeToLiveAttribute;
    return {
      TimeToLiveDescription:
        attribute === null
          ? { TimeToLiveStatus: 'DISABLED' }
          : { TimeToLiveStatus: 'ENABLED', AttributeName: attribute },
    };
  },
};

function refuseUnchanged(current: string | null, attribute: string, isEnabled: boolean): void {
  if (current === null && !isEnabled) throw validationError('TimeToLive is already disabled');
  if (current === null) return;
  if (current !== attribute) throw validationError('TimeToLive is active on a different AttributeName');
  if (isEnabled) throw validationError('TimeToLive is already enabled');
}
