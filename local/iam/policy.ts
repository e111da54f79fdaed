import * as z from 'zod';
import type { Json } from '../kernel/service.ts';
import { BootError } from '../template/boot-error.ts';

/** One statement of an IAM policy, with every element that may be one or many turned into a list. */
export interface Statement {
  readonly sid: string | null;
  readonly effect: 'Allow' | 'Deny';
  readonly actions: readonly string[] | null;
  readonly notActions: readonly string[] | null;
  readonly resources: readonly string[] | null;
  readonly notResources: readonly string[] | null;
  /** Who the statement is about, in resource policies and trust; null in identity policies. */
  readonly principals: Principals | null;
  readonly conditions: readonly Condition[];
}

/** `*`, or principals by kind: Service, AWS, Federated. */
export type Principals = '*' | Readonly<Record<string, readonly string[]>>;

export interface Condition {
  /** `ArnEquals`, `ForAllValues:StringLike`, `StringEqualsIfExists`. */
  readonly operator: string;
  readonly key: string;
  readonly values: readonly string[];
}

/** Parses a policy document. Throws BootError naming `where` when it has another form. */
export function parsePolicy(document: Json | undefined, where: string): readonly Statement[] {
  const parsed = PolicyDocument.safeParse(document);
  if (!parsed.success) throw new BootError(`${where} is not a policy that the local runtime can read.`);
  return [parsed.data.Statement].flat().map((statement) => ({
    sid: statement.Sid ?? null,
    effect: statement.Effect,
    actions: listOrNull(statement.Action),
    notActions: listOrNull(statement.NotAction),
    resources: listOrNull(statement.Resource),
    notResources: listOrNull(statement.NotResource),
    principals: principalsOf(statement.Principal),
    conditions: conditionsOf(statement.Condition ?? {}),
  }));
}

function listOrNull(value: string | readonly string[] | undefined): readonly string[] | null {
  return value === undefined ? null : [value].flat();
}

function principalsOf(principal: z.infer<typeof Principal> | undefined): Principals | null {
  if (principal === undefined) return null;
  if (principal === '*') return '*';
  return Object.fromEntries(Object.entries(principal).map(([kind, ids]) => [kind, [ids].flat()]));
}

function conditionsOf(block: z.infer<typeof ConditionBlock>): readonly Condition[] {
  return Object.entries(block).flatMap(([operator, keys]) =>
    Object.entries(keys).map(([key, values]) => ({ operator, key, values: [values].flat().map(String) })),
  );
}

const OneOrMany = z.union([z.string(), z.array(z.string())]);

const Principal = z.union([z.literal('*'), z.record(z.string(), OneOrMany)]);

const Scalar = z.union([z.string(), z.boolean(), z.number()]);

const ConditionBlock = z.record(z.string(), z.record(z.string(), z.union([Scalar, z.array(Scalar)])));

const PolicyStatement = z.strictObject({
  Sid: z.string().optional(),
  Effect: z.enum(['Allow', 'Deny']),
  Action: OneOrMany.optional(),
  NotAction: OneOrMany.optional(),
  Resource: OneOrMany.optional(),
  NotResource: OneOrMany.optional(),
  Principal: Principal.optional(),
  Condition: ConditionBlock.optional(),
});

const PolicyDocument = z.object({
  Version: z.string().optional(),
  Statement: z.union([PolicyStatement, z.array(PolicyStatement)]),
});
