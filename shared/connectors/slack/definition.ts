import * as z from 'zod';
import { defineActionConnector } from '../../authoring/index.ts';

const Channel = z
  .string()
  .regex(/^(?:#[a-z0-9_-]{1,79}|[CGD][A-Z0-9]{8,})$/, 'a channel is #name or an id such as C0123456789')
  .meta({ title: 'Channel' });
const Text = z.string().min(1).max(3_000).meta({ title: 'Text' });
/** Slack's name of a message: the time at which it was posted. */
const MessageTime = z
  .string()
  .regex(/^\d+\.\d+$|^sandbox-/, 'a message is named by its time, such as 1700000000.000100');

/** Where a message stands. `in` says whether Slack has it or the stand-in of this deployment. */
const Posted = z.object({ channel: z.string(), message: z.string(), in: z.enum(['slack', 'sandbox']) });

/**
 * Errors that Slack gives before it does anything. `fatal_error`, `internal_error` and `request_timeout` are not among
 * them: Slack says that part of the work may be done.
 */
const SLACK = {
  secret: 'slack',
  hosts: ['slack.com'],
  timeoutMs: 10_000,
  // One message per second and channel, with short bursts; the strictest case is a single channel.
  rate: { calls: 5, perMs: 5_000 },
  failures: {
    passing: [429, 'ratelimited', 'rate_limited', 'message_limit_exceeded', 'team_added_to_org'],
    refused: [
      ...[400, 401, 403, 404, 405, 410, 413, 415],
      ...[
        'account_inactive',
        'as_user_not_supported',
        'cant_delete_message',
        'cant_update_message',
        'channel_not_found',
      ],
      ...['edit_window_closed', 'ekm_access_denied', 'invalid_arguments', 'invalid_auth', 'invalid_blocks'],
      ...['invalid_blocks_format', 'invalid_charset', 'invalid_form_data', 'is_archived', 'message_not_found'],
      ...['missing_scope', 'msg_too_long', 'no_permission', 'no_text', 'not_authed', 'not_in_channel'],
      ...['restricted_action', 'token_expired', 'token_revoked', 'too_many_attachments', 'update_failed'],
    ],
  },
} as const;

/** Posts a message. Slack knows no idempotency key; deleting the message takes it back. */
export const postSlackMessage = defineActionConnector({
  id: 'slack.post-message',
  ...SLACK,
  effect: 'reversible',
  idempotency: 'none',
  arguments: z.strictObject({ channel: Channel, text: Text }),
  result: Posted,
  intent: ({ channel }) => ({ effect: 'announce', target: channel }),
  whenDown: 'Too many calls are tried again; a post of which nobody knows whether it arrived goes to a person.',
});

/** Puts another text in the place of a message. Done twice, it leaves what once leaves. */
export const updateSlackMessage = defineActionConnector({
  id: 'slack.update-message',
  ...SLACK,
  effect: 'reversible',
  idempotency: 'key',
  arguments: z.strictObject({ channel: Channel, message: MessageTime, text: Text }),
  result: Posted,
  intent: ({ channel, message }) => ({ effect: 'announce', target: `${channel} ${message}` }),
  whenDown: 'It is tried again, since a repeat changes nothing more; then a person decides.',
});

/** Deletes a message of ours, which takes a post back; one that is gone already counts as deleted. */
export const deleteSlackMessage = defineActionConnector({
  id: 'slack.delete-message',
  ...SLACK,
  effect: 'reversible',
  idempotency: 'key',
  arguments: z.strictObject({ channel: Channel, message: MessageTime }),
  result: Posted,
  intent: ({ channel, message }) => ({ effect: 'unannounce', target: `${channel} ${message}` }),
  whenDown: 'It is tried again, since a repeat changes nothing more; then a person decides.',
});
