import { z } from 'zod';
import { parseInput } from '../../inputs/operation.ts';
import { arnOf, type Place } from '../../kernel/names.ts';
import type { JsonObject } from '../../kernel/service.ts';

export interface ReceiptRule {
  readonly name: string;
  readonly arn: string;
  /** Addresses and domains, in small letters; none for all. */
  readonly recipients: readonly string[];
  readonly isScanned: boolean;
  readonly actions: readonly ReceiptAction[];
}

export type ReceiptAction =
  | { readonly kind: 's3'; readonly bucket: string; readonly prefix: string }
  | { readonly kind: 'lambda'; readonly functionArn: string; readonly invocationType: string };

/** The receipt rules of the template, in their order. Its rule set counts as the active one. */
export class ReceiptRules {
  readonly #place: Place;
  readonly #rules = new Map<string, ReceiptRule>();

  constructor(place: Place) {
    this.#place = place;
  }

  /** `properties` are those of AWS::SES::ReceiptRule, resolved. */
  ensure(name: string, properties: JsonObject): void {
    const input = { service: 'SES', name: 'AWS::SES::ReceiptRule', invalidCode: 'InvalidParameterValue' };
    const { Rule, RuleSetName } = parseInput({ ...input, input: RuleProperties }, properties);
    if (!Rule.Enabled) return;
    this.#rules.set(name, {
      name,
      arn: arnOf(this.#place, 'ses', `receipt-rule-set/${RuleSetName}:receipt-rule/${name}`),
      recipients: Rule.Recipients.map((recipient) => recipient.toLowerCase()),
      isScanned: Rule.ScanEnabled,
      actions: Rule.Actions.map(actionOf),
    });
  }

  /** Full addresses that rules name, for people to choose from. */
  addresses(): string[] {
    return [...this.#rules.values()].flatMap(({ recipients }) => recipients.filter((one) => one.includes('@')));
  }

  /** Rules that take mail to any of the addresses, each with those of them. */
  matching(addresses: readonly string[]): { readonly rule: ReceiptRule; readonly recipients: string[] }[] {
    return [...this.#rules.values()].flatMap((rule) => {
      const recipients = addresses.filter((address) => takes(rule, address.toLowerCase()));
      return recipients.length === 0 ? [] : [{ rule, recipients }];
    });
  }
}

/**
 * An address is taken with whatever label it has, `support+label@…`; one that names a label takes that alone. A domain
 * takes its addresses; one that begins with a point takes those of all domains below.
 */
function takes({ recipients }: ReceiptRule, address: string): boolean {
  const domain = address.slice(address.lastIndexOf('@') + 1);
  if (recipients.length === 0) return true;
  return recipients.some((one) => {
    if (one.includes('@')) return one === address || one === withoutLabel(address);
    return one.startsWith('.') ? domain.endsWith(one) : one === domain;
  });
}

function withoutLabel(address: string): string {
  return address.replace(/^([^+@]+)\+[^@]*@/, '$1@');
}

function actionOf(action: z.output<typeof Action>): ReceiptAction {
  if ('S3Action' in action) {
    const { BucketName, ObjectKeyPrefix } = action.S3Action;
    return { kind: 's3', bucket: BucketName, prefix: ObjectKeyPrefix };
  }
  const { FunctionArn, InvocationType } = action.LambdaAction;
  return { kind: 'lambda', functionArn: FunctionArn, invocationType: InvocationType };
}

const Action = z.union([
  z.strictObject({ S3Action: z.strictObject({ BucketName: z.string(), ObjectKeyPrefix: z.string().default('') }) }),
  z.strictObject({
    LambdaAction: z.strictObject({
      FunctionArn: z.string(),
      InvocationType: z.enum(['Event', 'RequestResponse']).default('Event'),
    }),
  }),
]);

const RuleProperties = z.strictObject({
  After: z.string().optional(),
  RuleSetName: z.string(),
  Rule: z.strictObject({
    Name: z.string().optional(),
    Enabled: z.boolean().default(false),
    Recipients: z.array(z.string()).default([]),
    ScanEnabled: z.boolean().default(false),
    TlsPolicy: z.enum(['Optional', 'Require']).default('Optional'),
    Actions: z.array(Action).default([]),
  }),
});
