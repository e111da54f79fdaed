import { z } from 'zod';
import { present } from '../../inputs/json.ts';
import { AwsError } from '../../kernel/errors.ts';
import type { JsonObject, Operation } from '../../kernel/service.ts';
import { readAddress } from '../addresses.ts';
import { type SesParts, sesOperation, write } from '../parts.ts';
import type { Suppressed } from '../suppression.ts';

const Reason = z.enum(['BOUNCE', 'COMPLAINT']);
const NamedAddress = z.strictObject({ EmailAddress: z.string() });
const DAY_MS = 86_400_000;

/** The account: its quota and its suppression list. */
export function accountOperations(parts: SesParts): Record<string, Operation> {
  return {
    GetAccount: sesOperation({
      name: 'GetAccount',
      input: z.strictObject({}),
      permissions: () => [{ action: 'ses:GetAccount', resource: '*' }],
      run: () => account(parts),
    }),
    PutSuppressedDestination: sesOperation({
      name: 'PutSuppressedDestination',
      input: z.strictObject({ EmailAddress: z.string(), Reason }),
      permissions: () => [{ action: 'ses:PutSuppressedDestination', resource: '*' }],
      run: async (input) => {
        const { address } = readAddress(input.EmailAddress);
        await write(parts, () => parts.suppression.put(address, input.Reason, parts.clock.now()));
        return {};
      },
    }),
    GetSuppressedDestination: sesOperation({
      name: 'GetSuppressedDestination',
      input: NamedAddress,
      permissions: () => [{ action: 'ses:GetSuppressedDestination', resource: '*' }],
      run: (input) => ({ SuppressedDestination: described(find(parts, input.EmailAddress)) }),
    }),
    DeleteSuppressedDestination: sesOperation({
      name: 'DeleteSuppressedDestination',
      input: NamedAddress,
      permissions: () => [{ action: 'ses:DeleteSuppressedDestination', resource: '*' }],
      run: async (input) => {
        const { address } = find(parts, input.EmailAddress);
        await write(parts, () => parts.suppression.remove(address));
        return {};
      },
    }),
    ListSuppressedDestinations: sesOperation({
      name: 'ListSuppressedDestinations',
      input: ListInput,
      permissions: () => [{ action: 'ses:ListSuppressedDestinations', resource: '*' }],
      run: (input) => list(parts, input),
    }),
  };
}

/** `Reason` is repeated in the query, so it comes as one or as many. */
const ListInput = z.strictObject({
  Reason: z.union([Reason, z.array(Reason)]).default(['BOUNCE', 'COMPLAINT']),
  PageSize: z.coerce.number().int().min(1).max(1000).default(1000),
  NextToken: z.string().default(''),
});

function list(parts: SesParts, input: z.output<typeof ListInput>): JsonObject {
  const matching = parts.suppression
    .all()
    .filter((entry) => input.Reason.includes(entry.reason) && entry.address > input.NextToken);
  const page = matching.slice(0, input.PageSize);
  return present({
    SuppressedDestinationSummaries: page.map(described),
    NextToken: matching.length > page.length ? page.at(-1)?.address : undefined,
  });
}

function account(parts: SesParts): JsonObject {
  return {
    DedicatedIpAutoWarmupEnabled: false,
    EnforcementStatus: 'HEALTHY',
    ProductionAccessEnabled: true,
    SendingEnabled: true,
    SendQuota: {
      Max24HourSend: 50_000,
      MaxSendRate: 14,
      SentLast24Hours: parts.mails.countSince(parts.clock.now() - DAY_MS),
    },
    SuppressionAttributes: { SuppressedReasons: ['BOUNCE', 'COMPLAINT'] },
  };
}

function find(parts: SesParts, address: string): Suppressed {
  const suppressed = parts.suppression.find(address);
  if (suppressed !== null) return suppressed;
  throw new AwsError('NotFoundException', `Email address ${address} does not exist on your suppression list.`, {
    status: 404,
  });
}

function described(suppressed: Suppressed): JsonObject {
  return {
    EmailAddress: suppressed.address,
    Reason: suppressed.reason,
    LastUpdateTime: suppressed.updatedAtMs / 1000,
  };
}
