import { z } from 'zod';
import { AwsError } from '../../kernel/errors.ts';
import type { JsonObject, Operation } from '../../kernel/service.ts';
import { type SesParts, sesOperation, write } from '../parts.ts';

const NamedIdentity = z.strictObject({ EmailIdentity: z.string() });

/** Nobody waits for DNS or a click on one machine: an identity is verified as soon as it is made. */
export function identityOperations(parts: SesParts): Record<string, Operation> {
  return {
    CreateEmailIdentity: sesOperation({
      name: 'CreateEmailIdentity',
      input: z.strictObject({ EmailIdentity: z.string(), Tags: z.unknown().optional() }),
      permissions: (input) => [
        { action: 'ses:CreateEmailIdentity', resource: parts.identities.arn(input.EmailIdentity) },
      ],
      run: async ({ EmailIdentity }) => {
        if (parts.identities.has(EmailIdentity)) {
          throw new AwsError('AlreadyExistsException', `Email identity ${EmailIdentity} already exist.`);
        }
        await write(parts, () => parts.identities.add(EmailIdentity));
        return described(EmailIdentity);
      },
    }),
    GetEmailIdentity: sesOperation({
      name: 'GetEmailIdentity',
      input: NamedIdentity,
      permissions: (input) => [{ action: 'ses:GetEmailIdentity', resource: parts.identities.arn(input.EmailIdentity) }],
      run: ({ EmailIdentity }) => {
        checkExists(parts, EmailIdentity);
        return { ...described(EmailIdentity), FeedbackForwardingStatus: true, VerificationStatus: 'SUCCESS' };
      },
    }),
    ListEmailIdentities: sesOperation({
      name: 'ListEmailIdentities',
      input: z.strictObject({}),
      permissions: () => [{ action: 'ses:ListEmailIdentities', resource: '*' }],
      run: () => ({
        EmailIdentities: parts.identities.all().map((identity) => ({
          IdentityName: identity,
          IdentityType: identityType(identity),
          SendingEnabled: true,
          VerificationStatus: 'SUCCESS',
        })),
      }),
    }),
    DeleteEmailIdentity: sesOperation({
      name: 'DeleteEmailIdentity',
      input: NamedIdentity,
      permissions: (input) => [
        { action: 'ses:DeleteEmailIdentity', resource: parts.identities.arn(input.EmailIdentity) },
      ],
      run: async ({ EmailIdentity }) => {
        checkExists(parts, EmailIdentity);
        await write(parts, () => parts.identities.remove(EmailIdentity));
        return {};
      },
    }),
  };
}

function described(identity: string): JsonObject {
  return { IdentityType: identityType(identity), VerifiedForSendingStatus: true };
}

function identityType(identity: string): string {
  return identity.includes('@') ? 'EMAIL_ADDRESS' : 'DOMAIN';
}

function checkExists(parts: SesParts, identity: string): void {
  if (parts.identities.has(identity)) return;
  throw new AwsError('NotFoundException', `Email identity ${identity} does not exist.`, { status: 404 });
}
