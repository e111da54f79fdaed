import * as z from 'zod';

/** Hex SHA-256 (first 32 digits) of workflow, trigger and event id; also the name of the execution. */
export const CaseId = z
  .string()
  .regex(/^[0-9a-f]{32}$/, 'a case id has 32 hexadecimal digits')
  .brand<'CaseId'>();
export type CaseId = z.infer<typeof CaseId>;

/** Public id of a request. It opens nothing by itself: links carry a secret of their own. */
export const RequestId = z
  .string()
  .regex(/^[0-9a-f]{32}$/, 'a request id has 32 hexadecimal digits')
  .brand<'RequestId'>();
export type RequestId = z.infer<typeof RequestId>;

/** `<action>#<n>`, unique within its case. */
export const ActionId = z
  .string()
  .regex(/^[a-z0-9-]+#\d+$/, 'an action id reads like send-mail#1')
  .brand<'ActionId'>();
export type ActionId = z.infer<typeof ActionId>;

/** Lower-case words joined by hyphens: workflows, triggers, agents, sources, actions, rules. */
export const Slug = z.string().regex(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/, 'lower-case words joined by hyphens');
