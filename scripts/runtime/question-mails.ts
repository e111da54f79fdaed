import { setTimeout as sleep } from 'node:timers/promises';
import * as z from 'zod';
import type { PersonRequest } from '../../shared/contracts/index.ts';
import type { RuntimeClient } from './client.ts';

const CaughtMails = z.array(z.object({ atMs: z.number(), to: z.array(z.string()), links: z.array(z.string()) }));
const POLL_MS = 150;
const PATIENCE_MS = 3_000;

/**
 * The links of the mails that ask these requests, oldest first. A mail does not say which request it asks, so where
 * there are not as many mails as requests (other cases ask the same people), there are none.
 */
export async function questionLinks(runtime: RuntimeClient, requests: readonly PersonRequest[]): Promise<string[]> {
  const since = Math.min(...requests.map((request) => request.openedAtMs));
  const people = new Set(requests.flatMap((request) => request.people));
  const deadlineMs = performance.now() + PATIENCE_MS;
  for (;;) {
    const links = await linksTo(runtime, people, since);
    if (links.length >= requests.length || performance.now() > deadlineMs) {
      return links.length === requests.length ? links : [];
    }
    await sleep(POLL_MS);
  }
}

async function linksTo(runtime: RuntimeClient, people: ReadonlySet<string>, sinceMs: number): Promise<string[]> {
  const mails = CaughtMails.safeParse((await runtime.get('/_local/mail')).body);
  if (!mails.success) return [];
  return mails.data
    .filter(({ atMs, to }) => atMs >= sinceMs && to.some((address) => people.has(address)))
    .flatMap(({ links }) => links.find((link) => link.includes('/r/')) ?? [])
    .toReversed();
}
