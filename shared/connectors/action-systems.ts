import { system as events } from './events/actions.ts';
import { system as http } from './http/actions.ts';
import { system as hubspot } from './hubspot/actions.ts';
import type { ActionSystem } from './implementation.ts';
import { system as mail } from './mail/actions.ts';
import { system as mcp } from './mcp/actions.ts';
import { system as s3 } from './s3/actions.ts';
import { system as sandbox } from './sandbox/actions.ts';
import { system as slack } from './slack/actions.ts';

/** Every system that can be acted on, by the first part of its connectors' ids. The build keeps those that workflows use. */
export const ACTION_SYSTEMS: Readonly<Record<string, ActionSystem>> = {
  events,
  http,
  hubspot,
  mail,
  mcp,
  s3,
  sandbox,
  slack,
};
