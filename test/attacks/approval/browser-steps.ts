import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { attackFile, attackFolder } from '../../support/attacks.ts';
import { openSession, type Session } from '../../support/browser-session.ts';
import { NotRunError, text } from './row.ts';
import type { Act } from './steps.ts';
import type { World } from './world.ts';

/** Steps in a real browser: a scanner that runs scripts and presses everything, and a person who looks at hostile text. */
export const browserSteps: Readonly<Record<string, Act>> = {
  runScripts: (world, step) =>
    inBrowser(world, world.link, async ({ page }) => {
      // Scripts may set timers: the browser's own time is moved, not ours waited for.
      await page.clock.runFor(Number(step['seconds'] ?? 30) * 1_000);
      await page.waitForLoadState('networkidle');
    }),
  pressEverything: (world) => pressEverything(world),
  clickOutsideLinks: (world) =>
    inBrowser(world, world.link, async ({ page }) => {
      for (const link of await page.locator('a[href^="http"]').all()) {
        const href = (await link.getAttribute('href')) ?? '';
        if (!href.startsWith(world.remit.url)) await link.click({ noWaitAfter: true });
      }
    }),
  caseText: async (world, step) => {
    for (const chunk of chunksOf(textsOf(text(step, 'from') ?? ''))) {
      if (await isShown(world, chunk)) continue;
      // What no text can be is refused at the door; the others of the chunk are not.
      for (const one of chunk.split(BETWEEN)) await isShown(world, one);
    }
  },
};

/** What a page makes of a text that attacks it. */
export interface HostileFacts {
  readonly isolated: boolean;
  readonly controlsVisible: boolean;
  readonly amountLineFrom: string;
}

/** Puts a text before a person and looks at the page. @returns false where no case came of it. */
async function isShown(world: World, message: string): Promise<boolean> {
  let became = await world.ask({ message });
  // A case that the agent decides by itself has no page; one of a large company always has.
  if (became === 'not-asked') became = await world.ask({ message }, 'enterprise-lead');
  if (became === 'not-asked') throw new NotRunError('nobody was asked about the text');
  if (became === 'asked') await lookAt(world, message);
  return became === 'asked';
}

async function lookAt(world: World, message: string): Promise<void> {
  await inBrowser(world, world.link, async ({ page }) => {
    await page.waitForLoadState('networkidle');
    hostile.set(world, [...(hostile.get(world) ?? []), await pageFacts(page, message)]);
  });
}

export const hostile = new WeakMap<World, HostileFacts[]>();

/** A scanner of links: opens the link, runs what is there, presses every button, types nothing. */
export async function pressEverything(world: World): Promise<void> {
  const count = await inBrowser(world, world.link, ({ page }) => page.locator('button:enabled').count());
  for (let n = 0; n < count; n += 1) {
    await inBrowser(world, world.link, async ({ page }) => {
      await page.locator('button:enabled').nth(n).click({ force: true, noWaitAfter: true });
      await page.waitForLoadState('networkidle');
      // Once more without the checks of the browser, as a script would send it.
      await page.evaluate(
        `for (const form of document.forms) { form.noValidate = true; const b = form.querySelector('button:enabled'); if (b) form.requestSubmit(b); }`,
      );
      await page.waitForLoadState('networkidle');
    });
  }
}

async function inBrowser<T>(world: World, url: string, work: (session: Session) => Promise<T>): Promise<T> {
  const session = await openSession(await world.browser());
  const { page } = session;
  page.on('dialog', async (dialog) => {
    world.seen.dialogs += 1;
    await dialog.dismiss();
  });
  page.on('request', (request) => {
    if (request.method() === 'POST' && /verb=(approve|edit|reject)/.test(request.postData() ?? ''))
      world.seen.decisionPosts += 1;
    const isOurs = request.url().startsWith(world.remit.url) || /^(data|about|blob):/.test(request.url());
    if (!isOurs) world.seen.outsideRequests += 1;
  });
  try {
    await page.clock.install();
    await page.goto(url);
    const result = await work(session);
    world.seen.cspReports += session.errors.filter(({ text: said }) => /content security policy/i.test(said)).length;
    return result;
  } finally {
    await session.close();
  }
}

async function pageFacts(page: Page, message: string): Promise<HostileFacts> {
  const {
    text: shown,
    outside,
    headline,
  } = (await page.evaluate(FACTS)) as {
    text: string;
    outside: string[];
    headline: string;
  };
  return {
    isolated: outside.length === 0,
    controlsVisible: !HIDDEN.test(message) || (!HIDDEN.test(shown) && /\[[^\]]+\]/.test(shown)),
    amountLineFrom: /^(Send the meeting mail: |What should be decided for )/.test(headline)
      ? 'stored.action'
      : 'elsewhere',
  };
}

/** Control characters, and those that turn the direction of writing: a reader would not see them. */
const HIDDEN = /[^\P{Cc}\n\r\t]|\p{Bidi_Control}/u;

/** Runs in the page: what is read, and texts of the case that stand outside an element of their own direction. */
const FACTS = `(() => {
  const texts = [...document.querySelectorAll('.facts dd')].flatMap((place) => {
    const walker = document.createTreeWalker(place, NodeFilter.SHOW_TEXT);
    const found = [];
    while (walker.nextNode()) found.push(walker.currentNode);
    return found;
  });
  const outside = texts
    .filter(({ data, parentElement }) => data.trim() !== '' && parentElement.closest('bdi, [dir=auto], .nothing, .words, .sure, .because, summary') === null)
    .map(({ data }) => data);
  return { text: document.querySelector('main').innerText, outside, headline: document.querySelector('h1').innerText };
})()`;

/** Texts of a file of attacks, in whatever form it has. */
function textsOf(file: string): string[] {
  if (file.endsWith('.txt')) {
    const path = attackFolder(file);
    return path === null
      ? []
      : readFileSync(path, 'utf8')
          .split('\n')
          .filter((line) => line !== '');
  }
  const rows = attackFile(file);
  if (!Array.isArray(rows)) throw new NotRunError(`the texts of ${file}`);
  return rows.flatMap((row: { text?: string; payload?: string }) => row.text ?? row.payload ?? []);
}

/** As much as one message holds. What is longer is cut: its beginning attacks as well. */
const LONGEST = 9_500;
const BETWEEN = '\n-- next --\n';

function chunksOf(texts: readonly string[]): string[] {
  if (texts.length === 0) throw new NotRunError('there are no texts');
  const chunks: string[] = [];
  for (const one of texts.map((each) => each.slice(0, LONGEST))) {
    const last = chunks.at(-1);
    if (last !== undefined && last.length + one.length < LONGEST) chunks[chunks.length - 1] = `${last}${BETWEEN}${one}`;
    else chunks.push(one);
  }
  return chunks;
}
