import { z } from 'zod';
import { AwsError } from '../../kernel/errors.ts';
import type { Json, JsonObject, Operation, Permission } from '../../kernel/service.ts';
import { type EventsParts, eventsOperation, write } from '../parts.ts';
import { busName } from '../rules.ts';
import { checkTarget, type Target, TargetInput } from '../target.ts';
import { onRule } from './rules.ts';

const ofRule = { Rule: z.string(), EventBusName: z.string().optional() };
const TARGETS_PER_RULE = 5;

export function targetOperations(parts: EventsParts): Record<string, Operation> {
  return {
    PutTargets: eventsOperation({
      name: 'PutTargets',
      input: z.strictObject({ ...ofRule, Targets: z.array(TargetInput).min(1).max(10) }),
      permissions: (input) => [
        ...onTargets(parts, input, 'PutTargets'),
        ...input.Targets.flatMap(({ RoleArn }) =>
          RoleArn === undefined ? [] : [{ action: 'iam:PassRole', resource: RoleArn }],
        ),
      ],
      run: (input) => put(parts, busName(input.EventBusName), input.Rule, input.Targets),
    }),
    RemoveTargets: eventsOperation({
      name: 'RemoveTargets',
      input: z.strictObject({ ...ofRule, Ids: z.array(z.string()).min(1), Force: z.boolean().optional() }),
      permissions: (input) => onTargets(parts, input, 'RemoveTargets'),
      run: (input) => remove(parts, busName(input.EventBusName), input.Rule, input.Ids),
    }),
    ListTargetsByRule: eventsOperation({
      name: 'ListTargetsByRule',
      input: z.strictObject(ofRule),
      permissions: (input) => onTargets(parts, input, 'ListTargetsByRule'),
      run: (input) => {
        const { targets } = parts.rules.get(busName(input.EventBusName), input.Rule);
        return { Targets: targets.map((target) => JSON.parse(JSON.stringify(target)) as Json) };
      },
    }),
  };
}

function onTargets(
  parts: EventsParts,
  input: { readonly Rule: string; readonly EventBusName?: string | undefined },
  action: string,
): Permission[] {
  return onRule(parts, { Name: input.Rule, EventBusName: input.EventBusName }, action);
}

async function put(parts: EventsParts, bus: string, name: string, added: readonly Target[]): Promise<JsonObject> {
  for (const target of added) checkTarget(target);
  await write(parts, () => {
    const rule = parts.rules.get(bus, name);
    const kept = rule.targets.filter((target) => !added.some(({ Id }) => Id === target.Id));
    const targets = [...kept, ...added];
    if (targets.length > TARGETS_PER_RULE) {
      throw new AwsError('LimitExceededException', `The requested resource exceeds the maximum number allowed.`);
    }
    parts.rules.save({ ...rule, targets });
  });
  return { FailedEntryCount: 0, FailedEntries: [] };
}

async function remove(parts: EventsParts, bus: string, name: string, ids: readonly string[]): Promise<JsonObject> {
  await write(parts, () => {
    const rule = parts.rules.get(bus, name);
    parts.rules.save({ ...rule, targets: rule.targets.filter(({ Id }) => !ids.includes(Id)) });
  });
  return { FailedEntryCount: 0, FailedEntries: [] };
}
