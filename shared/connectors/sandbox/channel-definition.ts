import * as z from 'zod';
import { defineActionConnector } from '../../authoring/index.ts';

/** Posts one line to a team channel. Deleting the line takes it back. */
export const postToChannel = defineActionConnector({
  id: 'sandbox.channel-post',
  effect: 'reversible',
  idempotency: 'key',
  arguments: z.strictObject({
    channel: z
      .string()
      .regex(/^#[a-z0-9-]+$/)
      .meta({ title: 'Channel' }),
    text: z.string().min(1).max(3_000).meta({ title: 'Text' }),
  }),
  result: z.strictObject({ lineId: z.string() }),
  timeoutMs: 5_000,
  intent: ({ channel }) => ({ effect: 'announce', target: channel }),
});
