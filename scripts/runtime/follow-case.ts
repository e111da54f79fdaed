import { setTimeout as sleep } from 'node:timers/promises';
import type { CaseId } from '../../shared/contracts/index.ts';
import { say } from '../command/say.ts';
import { entryLine } from '../report/case-report.ts';
import { type CaseStory, fetchCaseStory } from './case-story.ts';
import type { RuntimeClient } from './client.ts';
import { questionLinks } from './question-mails.ts';

const POLL_MS = 150;
/** The longest that an agent may take, with room for retries; after that the case goes on without an audience. */
const PATIENCE_MS = 120_000;

/** Prints what happens in a case until it is closed or waits for a person, then what to do next. */
export async function followCase(runtime: RuntimeClient, caseId: CaseId): Promise<void> {
  const deadlineMs = performance.now() + PATIENCE_MS;
  let printed = 0;
  for (;;) {
    const story = await fetchCaseStory(runtime, caseId);
    if (story !== null) printed = printNew(story, printed);
    if (story !== null && isAtRest(story)) return printNext(runtime, story);
    if (performance.now() > deadlineMs) break;
    await sleep(POLL_MS);
  }
  say(`Still going on after ${PATIENCE_MS / 1000} s. Look later with: npm run case -- ${caseId}`);
}

function printNew(story: CaseStory, alreadyPrinted: number): number {
  for (const entry of story.ledger.slice(alreadyPrinted)) say(entryLine(entry, story.openedAtMs));
  return Math.max(alreadyPrinted, story.ledger.length);
}

/** Waiting for a person counts once all that may go on without one has been done. */
function isAtRest({ state, requests, actions }: CaseStory): boolean {
  if (state === 'closed') return true;
  const isGoingOn = actions.some((action) => action.state === 'intended' || action.state === 'approved');
  return requests.some((request) => request.state === 'open') && !isGoingOn;
}

async function printNext(runtime: RuntimeClient, story: CaseStory): Promise<void> {
  say('');
  if (story.state === 'closed') say(`The case is closed: ${story.outcome ?? 'no outcome'}.`);
  else await printOpenRequests(runtime, story);
  say(`  the whole story    npm run case -- ${story.caseId}`);
  say(`  check its record   npm run verify -- ${story.caseId}`);
}

async function printOpenRequests(runtime: RuntimeClient, story: CaseStory): Promise<void> {
  const open = story.requests.filter((request) => request.state === 'open');
  const links = await questionLinks(runtime, open);
  open.forEach(({ people, question }, index) => {
    say(`Waits for ${people.join(', ')}: ${question}`);
    if (links[index] !== undefined) say(`  answer             ${links[index]}`);
  });
  say(`  the mail and code  ${runtime.address.url}/_local/mail/`);
  say(`  or the inbox       ${runtime.address.url}/inbox`);
}
