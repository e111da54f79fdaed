import { z } from 'zod';
import { AwsError } from '../../kernel/errors.ts';
import type { JsonObject, Operation } from '../../kernel/service.ts';
import { type EventsParts, eventsOperation, write } from '../parts.ts';
import { busName, DEFAULT_BUS } from '../rules.ts';

export function busOperations(parts: EventsParts): Record<string, Operation> {
  return {
    CreateEventBus: eventsOperation({
      name: 'CreateEventBus',
      input: z.strictObject({ Name: z.string().regex(/^[\w./-]{1,256}$/), Tags: z.unknown().optional() }),
      permissions: (input) => [{ action: 'events:CreateEventBus', resource: parts.rules.busArn(input.Name) }],
      run: async ({ Name }) => {
        await write(parts, () => {
          if (parts.rules.hasBus(Name)) {
            throw new AwsError('ResourceAlreadyExistsException', `Event bus ${Name} already exists.`);
          }
          parts.rules.addBus(Name);
        });
        return { EventBusArn: parts.rules.busArn(Name) };
      },
    }),
    DeleteEventBus: eventsOperation({
      name: 'DeleteEventBus',
      input: z.strictObject({ Name: z.string() }),
      permissions: (input) => [{ action: 'events:DeleteEventBus', resource: parts.rules.busArn(input.Name) }],
      run: ({ Name }) => remove(parts, Name),
    }),
    DescribeEventBus: eventsOperation({
      name: 'DescribeEventBus',
      input: z.strictObject({ Name: z.string().optional() }),
      permissions: (input) => [
        { action: 'events:DescribeEventBus', resource: parts.rules.busArn(busName(input.Name)) },
      ],
      run: (input) => {
        const bus = busName(input.Name);
        if (!parts.rules.hasBus(bus)) {
          throw new AwsError('ResourceNotFoundException', `Event bus ${bus} does not exist.`);
        }
        return described(parts, bus);
      },
    }),
    ListEventBuses: eventsOperation({
      name: 'ListEventBuses',
      input: z.strictObject({ NamePrefix: z.string().default('') }),
      permissions: () => [{ action: 'events:ListEventBuses', resource: '*' }],
      run: (input) => {
        const names = parts.rules.buses().filter((bus) => bus.startsWith(input.NamePrefix));
        return { EventBuses: names.map((bus) => described(parts, bus)) };
      },
    }),
  };
}

function described(parts: EventsParts, bus: string): JsonObject {
  return { Name: bus, Arn: parts.rules.busArn(bus) };
}

async function remove(parts: EventsParts, bus: string): Promise<JsonObject> {
  await write(parts, () => {
    if (bus === DEFAULT_BUS) throw new AwsError('ValidationException', 'Cannot delete event bus default.');
    if (parts.rules.on(bus).length > 0) {
      throw new AwsError('ValidationException', `Cannot delete event bus ${bus} since it has rules.`);
    }
    parts.rules.removeBus(bus);
  });
  return {};
}
