import type { Node } from 'constructs';
import * as z from 'zod';
import { KEEPABLE_DAYS } from './constructs/log-retention.ts';

/** What differs between deployments: context values of cdk.json or `-c remit:<name>=<value>`. */
const DeploymentSettings = z.object({
  /** Sender of all mails; its domain is verified with SES. */
  mailFrom: z.email(),
  mailDomain: z.string().min(3),
  /** Mail to addresses of this domain starts cases; empty for no such mail. */
  inboundMailDomain: z.union([z.string().regex(/^[a-z0-9-]+(\.[a-z0-9-]+)+$/), z.literal('')]).default(''),
  /** Models of the tiers smart, fast and deep, asked where an Anthropic key is configured; empty for no such tier. */
  claudeModel: z.string(),
  claudeFastModel: z.string().default('claude-haiku-5-5'),
  claudeDeepModel: z.string().default('claude-opus-5-5'),
  /** `bedrock`: Claude in the account's own Bedrock, by the role of the function; models are named as Bedrock does. */
  modelProvider: z.enum(['anthropic', 'bedrock']).default('anthropic'),
  /** Base URL of an API that is compatible with Anthropic's; empty for Anthropic itself. */
  claudeBaseUrl: z.union([z.url(), z.literal('')]).default(''),
  /** Where people reach the pages, if that is not the API's own address: a domain or a proxy in front of it. */
  publicUrl: z.union([z.url(), z.literal('')]).default(''),
  /** Days after which what is personal is taken out of a case by itself. */
  retentionDays: z.coerce.number().int().min(1).default(400),
  /** For how many days all logs are kept; what CloudWatch has of choices. */
  logRetentionDays: z.coerce.number().refine((days) => KEEPABLE_DAYS.includes(days), {
    error: `is none of ${KEEPABLE_DAYS.join(', ')}`,
  }),
  /** Of how many decisions or cases the rates of the alarms say something: one of one is no rate. */
  leastDecisions: z.coerce.number().int().min(1).default(20),
  /** How many stacks share the alarms. One takes those of about forty workflows; more are only ever added. */
  alarmStacks: z.coerce.number().int().min(1).max(20).default(1),
});
export type DeploymentSettings = z.infer<typeof DeploymentSettings>;

/** @throws z.ZodError naming the setting that is missing or not usable. */
export function readSettings(node: Node): DeploymentSettings {
  const names = Object.keys(DeploymentSettings.shape);
  return DeploymentSettings.parse(Object.fromEntries(names.map((name) => [name, node.tryGetContext(`remit:${name}`)])));
}
