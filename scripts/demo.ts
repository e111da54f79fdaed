import { rmSync } from 'node:fs';
import { parseArgs } from 'node:util';
import * as z from 'zod';
import { bringUp } from './bring-up.ts';
import { loadWorkflows } from './build/load-workflows.ts';
import { inProject } from './command/project.ts';
import { runCommand } from './command/run-command.ts';
import { say } from './command/say.ts';
import { usageProblem } from './command/usage-problem.ts';
import { answerOne } from './demo/answer-one.ts';
import { readSamples } from './demo/read-samples.ts';
import { type Morning, morningReport } from './demo/report.ts';
import { sendMorning } from './demo/send-morning.ts';
import { casesIn, morningOf } from './demo/traffic.ts';
import { untilAtRest } from './demo/until-at-rest.ts';
import { ProgressBar } from './eval/progress-bar.ts';
import { type CaseStory, fetchCaseStory } from './runtime/case-story.ts';
import { RuntimeClient } from './runtime/client.ts';

/** The longest that a file's sums wait between two looks. */
const FILE_LOOK_SECONDS = 301;
const STORIES_AT_ONCE = 8;
const MAIL_TRIES = 60;
const MAIL_POLL_MS = 250;

/**
 * `npm run demo [-- --exit]`: starts Remit with data of its own, sends a morning's traffic over all workflows and prints
 * what was decided, done, asked and refused. It then stays up to be looked at, until Ctrl-C; with `--exit` it ends.
 */
async function demo(args: readonly string[]): Promise<number | undefined> {
  const { exit } = optionsOf(args);
  // The runtime reads the command line too, and knows none of these.
  process.argv.length = 2;
  const home = process.env['REMIT_HOME'] ?? inProject('.remit', 'demo');
  process.env['REMIT_HOME'] = home;
  if (home === inProject('.remit', 'demo')) rmSync(home, { recursive: true, force: true });
  const failed = await bringUp({ command: 'npm run demo', needsHome: false });
  if (failed !== undefined) return failed;
  const runtime = new RuntimeClient();
  try {
    const report = await morning(runtime);
    say(`\n${report.join('\n')}`);
  } catch (error) {
    stopRuntime();
    throw error;
  }
  if (exit) stopRuntime();
  else say(linksTo(runtime.address.url));
  return undefined;
}

/** As a signal from outside does: in order, and then the process ends. */
function stopRuntime(): void {
  process.kill(process.pid, 'SIGTERM');
}

async function morning(runtime: RuntimeClient): Promise<readonly string[]> {
  const workflows = await loadWorkflows();
  const arrivals = morningOf(workflows, readSamples(workflows));
  const sinceMs = z.object({ now: z.iso.datetime() }).parse((await runtime.get('/_local/clock')).body);
  const sending = new ProgressBar('send');
  const doors = await sendMorning(runtime, arrivals, (sent) => sending.draw(sent, arrivals.length));
  sending.end(`${arrivals.length} triggers`);
  const deciding = new ProgressBar('decide');
  const wanted = {
    workflows: workflows.map(({ id }) => id),
    cases: casesIn(arrivals),
    sinceMs: Date.parse(sinceMs.now),
  };
  const look = (atRest: number): void => deciding.draw(atRest, wanted.cases);
  const first = await untilAtRest(runtime, wanted, look);
  const hasAnswered = await answerOne(runtime);
  const cases = hasAnswered ? await untilAtRest(runtime, { ...wanted, cases: first.length + 1 }, look) : first;
  deciding.end(`${cases.length} cases closed or with a person`);
  const found = arrivals.some(({ kind }) => kind === 'file') ? await foundInFile(runtime) : null;
  const stories = await storiesOf(
    runtime,
    cases.map(({ caseId }) => caseId as CaseStory['caseId']),
  );
  const meter = z.object({ usd: z.number() }).parse((await runtime.get('/_local/meter')).body);
  return morningReport({ workflows, doors, stories, found, awsUsd: meter.usd } satisfies Morning);
}

async function storiesOf(runtime: RuntimeClient, ids: readonly CaseStory['caseId'][]): Promise<readonly CaseStory[]> {
  const stories: CaseStory[] = [];
  for (let from = 0; from < ids.length; from += STORIES_AT_ONCE) {
    const some = await Promise.all(ids.slice(from, from + STORIES_AT_ONCE).map((id) => fetchCaseStory(runtime, id)));
    stories.push(...some.filter((story) => story !== null));
  }
  return stories;
}

const Mails = z.array(z.object({ subject: z.string(), text: z.string() }));

/** The sums of the mail about the file, which comes a few minutes after its last line is decided: the clock is moved. */
async function foundInFile(runtime: RuntimeClient): Promise<readonly string[] | null> {
  await runtime.post('/_local/clock', { advanceSeconds: FILE_LOOK_SECONDS });
  for (let tries = 0; tries < MAIL_TRIES; tries += 1) {
    const mails = Mails.parse((await runtime.get('/_local/mail')).body);
    const mail = mails.find(({ subject }) => / lines?: /.test(subject));
    if (mail !== undefined) return sumsIn(mail.text);
    await new Promise((resolve) => setTimeout(resolve, MAIL_POLL_MS));
  }
  return null;
}

/** `Duplicates: 118.00 EUR (2 lines)` and the like. */
function sumsIn(text: string): readonly string[] {
  return text.split('\n').filter((line) => / \(\d+ lines?\)$/.test(line));
}

function linksTo(url: string): string {
  return [
    'Look at it:',
    `  what waits for people  ${url}/inbox (sign in as sales-lead@remit.example, for example)`,
    `  what was decided       ${url}/cases`,
    `  mails, Slack, CRM      ${url}/_local/`,
    'Ctrl-C ends it; the next demo begins anew.',
  ].join('\n');
}

function optionsOf(args: readonly string[]): { exit: boolean } {
  try {
    const { values } = parseArgs({ args: [...args], options: { exit: { type: 'boolean' } } });
    return { exit: values.exit ?? false };
  } catch (error) {
    throw usageProblem(error, 'Usage: npm run demo [-- --exit]');
  }
}

if (import.meta.main) await runCommand(demo);
