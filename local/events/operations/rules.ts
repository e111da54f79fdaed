import { z } from 'zod';
import { present } from '../../inputs/json.ts';
import { AwsError } from '../../kernel/errors.ts';
import type { Json, JsonObject, Operation, Permission } from '../../kernel/service.ts';
import { isRateInNumber, readScheduleExpression } from '../../scheduler/index.ts';
import { checkPattern, type EventsParts, eventsOperation, parsePattern, write } from '../parts.ts';
import { busName, DEFAULT_BUS, type Rule } from '../rules.ts';

const NamedRule = z.strictObject({ Name: z.string(), EventBusName: z.string().optional() });

export function ruleOperations(parts: EventsParts): Record<string, Operation> {
  return {
    PutRule: eventsOperation({
      name: 'PutRule',
      input: PutInput,
      permissions: (input) => onRule(parts, input, 'PutRule'),
      run: (input) => put(parts, input),
    }),
    DescribeRule: eventsOperation({
      name: 'DescribeRule',
      input: NamedRule,
      permissions: (input) => onRule(parts, input, 'DescribeRule'),
      run: (input) => described(parts, parts.rules.get(busName(input.EventBusName), input.Name)),
    }),
    EnableRule: eventsOperation({
      name: 'EnableRule',
      input: NamedRule,
      permissions: (input) => onRule(parts, input, 'EnableRule'),
      run: (input) => setEnabled(parts, input, true),
    }),
    DisableRule: eventsOperation({
      name: 'DisableRule',
      input: NamedRule,
      permissions: (input) => onRule(parts, input, 'DisableRule'),
      run: (input) => setEnabled(parts, input, false),
    }),
    DeleteRule: eventsOperation({
      name: 'DeleteRule',
      input: NamedRule.extend({ Force: z.boolean().optional() }),
      permissions: (input) => onRule(parts, input, 'DeleteRule'),
      run: (input) => remove(parts, busName(input.EventBusName), input.Name),
    }),
    ListRules: eventsOperation({
      name: 'ListRules',
      input: z.strictObject({ NamePrefix: z.string().default(''), EventBusName: z.string().optional() }),
      permissions: () => [{ action: 'events:ListRules', resource: '*' }],
      run: (input) => {
        const rules = parts.rules.on(busName(input.EventBusName));
        return {
          Rules: rules.filter((rule) => rule.name.startsWith(input.NamePrefix)).map((rule) => described(parts, rule)),
        };
      },
    }),
  };
}

export function onRule(
  parts: EventsParts,
  named: { readonly Name: string; readonly EventBusName?: string | undefined },
  action: string,
): Permission[] {
  return [{ action: `events:${action}`, resource: parts.rules.ruleArn(busName(named.EventBusName), named.Name) }];
}

const PutInput = z.strictObject({
  Name: z.string().regex(/^[\w.-]{1,64}$/, 'must be 1 to 64 letters, digits or _.-'),
  EventBusName: z.string().optional(),
  EventPattern: z.string().optional(),
  ScheduleExpression: z.string().optional(),
  State: z.enum(['ENABLED', 'DISABLED']).default('ENABLED'),
  Description: z.string().default(''),
  Tags: z.unknown().optional(),
});

/** A rule that is there keeps its targets. */
async function put(parts: EventsParts, input: z.output<typeof PutInput>): Promise<JsonObject> {
  const bus = busName(input.EventBusName);
  const rule = ruleFrom(parts, {
    bus,
    name: input.Name,
    description: input.Description,
    pattern: input.EventPattern === undefined ? null : parsePattern(input.EventPattern),
    scheduleExpression: input.ScheduleExpression ?? null,
    isEnabled: input.State === 'ENABLED',
  });
  await write(parts, () => {
    const targets = parts.rules.find(bus, input.Name)?.targets ?? [];
    parts.rules.save({ ...rule, targets });
  });
  parts.scheduled.arm(bus, input.Name);
  return { RuleArn: parts.rules.ruleArn(bus, input.Name) };
}

/** @throws InvalidEventPatternException, ValidationException, ResourceNotFoundException */
export function ruleFrom(parts: Pick<EventsParts, 'rules' | 'clock'>, content: RuleContent): Rule {
  const { bus, pattern, scheduleExpression } = content;
  if (!parts.rules.hasBus(bus)) {
    throw new AwsError('ResourceNotFoundException', `Event bus ${bus} does not exist.`);
  }
  if (pattern === null && scheduleExpression === null) {
    throw new AwsError('ValidationException', 'Parameter(s) EventPattern or ScheduleExpression must be specified.');
  }
  if (pattern !== null) checkPattern(pattern);
  if (scheduleExpression !== null) checkSchedule(bus, scheduleExpression);
  const nowMs = parts.clock.now();
  return { ...content, targets: [], createdAtMs: nowMs, doneUntilMs: nowMs, isFromTemplate: false };
}

export type RuleContent = Pick<Rule, 'bus' | 'name' | 'description' | 'pattern' | 'scheduleExpression' | 'isEnabled'>;

function checkSchedule(bus: string, scheduleExpression: string): void {
  if (bus !== DEFAULT_BUS) {
    throw new AwsError('ValidationException', 'ScheduleExpression is supported only on the default event bus.');
  }
  const expression = readScheduleExpression(scheduleExpression, 'UTC');
  if (expression === null || expression.kind === 'at' || !isRateInNumber(scheduleExpression)) {
    throw new AwsError('ValidationException', 'Parameter ScheduleExpression is not valid.');
  }
}

async function setEnabled(
  parts: EventsParts,
  named: z.output<typeof NamedRule>,
  isEnabled: boolean,
): Promise<JsonObject> {
  const bus = busName(named.EventBusName);
  await write(parts, () => {
    const rule = parts.rules.get(bus, named.Name);
    const doneUntilMs = rule.isEnabled ? rule.doneUntilMs : parts.clock.now();
    parts.rules.save({ ...rule, isEnabled, doneUntilMs });
  });
  parts.scheduled.arm(bus, named.Name);
  return {};
}

async function remove(parts: EventsParts, bus: string, name: string): Promise<JsonObject> {
  await write(parts, () => {
    if ((parts.rules.find(bus, name)?.targets.length ?? 0) > 0) {
      throw new AwsError('ValidationException', "Rule can't be deleted since it has targets.");
    }
    parts.rules.remove(bus, name);
  });
  parts.scheduled.arm(bus, name);
  return {};
}

function described(parts: EventsParts, rule: Rule): JsonObject {
  return present({
    Name: rule.name,
    Arn: parts.rules.ruleArn(rule.bus, rule.name),
    EventBusName: rule.bus,
    EventPattern: rule.pattern === null ? undefined : JSON.stringify(rule.pattern satisfies Json),
    ScheduleExpression: rule.scheduleExpression ?? undefined,
    State: rule.isEnabled ? 'ENABLED' : 'DISABLED',
    Description: rule.description === '' ? undefined : rule.description,
  });
}
