import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { attackFile } from '../../../test/support/attacks.ts';
import { connectorWorld, KEY, outcomeOf } from '../../../test/support/connector-world.ts';
import { type FakeSlack, SLACK_TOKEN, startFakeSlack } from '../../../test/support/fake-slack.ts';
import type { VendorFault } from '../../../test/support/fake-vendor.ts';
import { deleteSlackMessage, postSlackMessage, updateSlackMessage } from '../definitions.ts';

let slack: FakeSlack;
beforeEach(async () => {
  slack = await startFakeSlack();
});
afterEach(() => slack.stop());

/** Short enough for a test of what never answers, long enough for a pause of a second. */
const hurried = <C extends { timeoutMs: number }>(connector: C): C => ({ ...connector, rate: null, timeoutMs: 3_000 });
const ACTIONS = [postSlackMessage, updateSlackMessage, deleteSlackMessage].map(hurried);

const world = (token: string | null = SLACK_TOKEN) =>
  connectorWorld({
    ...{ actions: ACTIONS, web: slack.web },
    ...(token === null ? {} : { secrets: { slack: { botToken: token } } }),
  });

const post = (text = 'A new lead', channel = '#sales') =>
  world().effects.perform('slack.post-message', { channel, text }, KEY);

describe('a post to Slack', () => {
  it('stands in the channel, and says where', async () => {
    expect(postSlackMessage.result.parse(await post())).toEqual({
      ...{ channel: '#sales', message: '1700000000.000001', in: 'slack' },
    });
    expect(slack.messages).toHaveLength(1);
  });

  it('can be changed and taken back, each of them twice', async () => {
    const { effects } = world();
    const { message } = postSlackMessage.result.parse(await post());
    const at = { channel: '#sales', message };
    for (let times = 0; times < 2; times += 1) {
      await effects.perform('slack.update-message', { ...at, text: 'The lead is gone' }, KEY);
    }
    expect(slack.messages.map(({ body }) => body['text'])).toEqual(['The lead is gone']);
    for (let times = 0; times < 2; times += 1) {
      const taken = await effects.perform('slack.delete-message', at, KEY);
      expect(deleteSlackMessage.result.parse(taken)).toEqual({ ...at, in: 'slack' });
    }
    expect(slack.messages).toEqual([]);
  });

  const FAULTS: readonly [VendorFault, outcome: string, posts: number][] = [
    ['too-many', 'done', 1],
    ['far-too-many', 'passing', 0],
    ['too-many-unsaid', 'passing', 0],
    ['fault-before', 'unsure', 0],
    ['fault-after', 'unsure', 1],
    ['dropped-before', 'unsure', 0],
    ['dropped-after', 'unsure', 1],
    ['hangs-after', 'unsure', 1],
    ['page-after', 'unsure', 1],
    ['not-allowed', 'refused', 0],
  ];
  it.each(FAULTS)('that meets %s is %s, with %i messages in the channel', async (fault, outcome, posts) => {
    slack.script(fault);
    expect(await outcomeOf(post())).toBe(outcome);
    expect(slack.messages).toHaveLength(posts);
  });

  it('is certainly not done where Slack is not reached', async () => {
    await slack.stop();
    expect(await outcomeOf(post())).toBe('passing');
  });

  it.each([
    ['a channel that there is not', () => post('text', '#elsewhere')],
    ['a token that is not known', () => world('xoxb-old').effects.perform('slack.post-message', args, KEY)],
  ])('is refused for good with %s', async (_what, act) => {
    expect(await outcomeOf(act())).toBe('refused');
    expect(slack.messages).toEqual([]);
  });
  const args = { channel: '#sales', text: 'text' };

  it('stays with the stand-in while no token is set, once per key, and says so', async () => {
    const { effects, sandbox } = world(null);
    const first = await effects.perform('slack.post-message', args, KEY);
    const again = await effects.perform('slack.post-message', { ...args, text: 'other' }, KEY);
    expect(again).toEqual(first);
    expect(postSlackMessage.result.parse(first)).toMatchObject({ in: 'sandbox', channel: '#sales' });
    expect(sandbox.effects.map(({ connector, arguments: kept }) => [connector, kept])).toEqual([
      ['slack.post-message', args],
    ]);
    expect(slack.seen).toEqual([]);
  });
});

const Rows = z.array(z.object({ text: z.string(), class: z.enum(['attack', 'benign']) }));
const rows = attackFile('own/slack-mrkdwn-injection.json');

describe.skipIf(rows === null)('texts that try to come alive in Slack', () => {
  it.each(rows === null ? [] : Rows.parse(rows).map(({ text }) => [text]))('show %j as it is written', async (text) => {
    await post(text);
    const body = slack.messages[0]?.body ?? {};
    expect(body['blocks']).toEqual([{ type: 'section', text: { type: 'plain_text', text, emoji: false } }]);
    const escaped = String(body['text']);
    expect(escaped).not.toMatch(/[<>]|&(?!(?:amp|lt|gt);)/);
    expect(escaped.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&')).toBe(text);
    expect(body).toMatchObject({ unfurl_links: false, unfurl_media: false, link_names: false, parse: 'none' });
  });
});
