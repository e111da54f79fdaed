import { quantile } from '../../evals/statistics/quantile.ts';
import type { Workflow } from '../../shared/authoring/index.ts';
import type { CaseEvent } from '../../shared/contracts/index.ts';
import { table } from '../report/table.ts';
import type { CaseStory } from '../runtime/case-story.ts';
import type { AtTheDoor } from './send-morning.ts';

export interface Morning {
  readonly workflows: readonly Pick<Workflow, 'id' | 'title'>[];
  readonly doors: readonly AtTheDoor[];
  readonly stories: readonly CaseStory[];
  /** What the mail about a file says that was found in it, line by line; null where none came. */
  readonly found: readonly string[] | null;
  readonly awsUsd: number;
}

const MOST_LINES = 8;

/** What was decided, done, asked and refused, for a terminal. */
export function morningReport({ workflows, doors, stories, found, awsUsd }: Morning): readonly string[] {
  const taken = doors.filter(({ said }) => said === 'taken').length;
  return [
    `${taken} triggers became ${stories.length} cases of ${workflows.length} workflows. All people, companies and data are made up.`,
    '',
    ...table(
      ['workflow', 'cases', 'without a person', 'asked', 'actions done', 'not done'],
      workflows.map((workflow) => rowOf(workflow, stories)),
    ),
    '',
    ...section('Done', most(doneIn(stories))),
    ...section('People are asked, first of all because', most(reasonsIn(stories))),
    ...section('Refused', refusedLines(doors, stories)),
    ...section('Answered by mail', answerLines(stories)),
    ...section('Found in the file of payments', found ?? []),
    ...section('Who decided', [...decidedBy(stories), ...timeLines(stories)]),
    ...section('Cost', costLines(stories, awsUsd)),
  ];
}

function rowOf({ id, title }: Morning['workflows'][number], all: readonly CaseStory[]): string[] {
  const own = all.filter(({ workflow }) => workflow === id);
  const alone = own.filter(({ personAsked, state }) => !personAsked && state === 'closed').length;
  const actions = own.flatMap((story) => story.actions);
  const done = actions.filter(({ state }) => state === 'done').length;
  const refused = actions.filter(({ state }) => state === 'refused' || state === 'unsure').length;
  const asked = own.filter(({ personAsked }) => personAsked).length;
  return [title, ...[own.length, alone, asked, done, refused].map(String)];
}

function section(title: string, lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? [] : [title, ...lines.map((line) => `  ${line}`), ''];
}

function doneIn(stories: readonly CaseStory[]): readonly string[] {
  return stories.flatMap(({ actions }) => actions.filter(({ state }) => state === 'done').map(({ title }) => title));
}

/** The first reason of each question that is open. */
function reasonsIn(stories: readonly CaseStory[]): readonly string[] {
  const open = stories.flatMap(({ requests }) => requests.filter(({ state }) => state === 'open'));
  return open.flatMap(({ reasons }) => reasons.slice(0, 1));
}

/** The most frequent ones, `12  Add to the list`, and how many others there are. */
function most(said: readonly string[]): readonly string[] {
  const counts = new Map<string, number>();
  for (const one of said) counts.set(one, (counts.get(one) ?? 0) + 1);
  const sorted = [...counts].sort(([a, some], [b, others]) => others - some || (a < b ? -1 : 1));
  const rest = sorted.slice(MOST_LINES).reduce((sum, [, count]) => sum + count, 0);
  const lines = sorted.slice(0, MOST_LINES).map(([what, count]) => counted(count, what));
  return rest === 0 ? lines : [...lines, counted(rest, 'for other reasons')];
}

function counted(count: number, what: string): string {
  return `${String(count).padStart(3)}  ${what}`;
}

function refusedLines(doors: readonly AtTheDoor[], stories: readonly CaseStory[]): readonly string[] {
  const at = (said: AtTheDoor['said']): number => doors.filter((door) => door.said === said).length;
  const unreadable = stories.filter(({ problems }) => problems.length > 0).length;
  const lines: readonly (readonly [number, string])[] = [
    [at('refused'), 'with a signature that is not of the sender: turned away'],
    [at('known'), 'came a second time: the case that they have already, and nothing done twice'],
    [unreadable, 'do not fit their workflow: a person is asked what to do'],
    [at('let in'), 'WERE LET IN AND SHOULD NOT HAVE BEEN'],
  ];
  return lines.filter(([count]) => count > 0).map(([count, what]) => counted(count, what));
}

/** An answer to what an agent wrote is a case of its own, which says what it follows. */
function answerLines(stories: readonly CaseStory[]): readonly string[] {
  return stories.flatMap(({ caseId, eventId, causedBy }) => {
    if (causedBy === null || !eventId.startsWith('reply/')) return [];
    const action = causedBy.actionId.split('#', 1)[0];
    return [`case ${caseId.slice(0, 8)} follows from ${action} of case ${causedBy.caseId.slice(0, 8)}`];
  });
}

/** Each case by the model that decided it; a written turn is no model, and is called so. */
function decidedBy(stories: readonly CaseStory[]): readonly string[] {
  const tiers = stories.flatMap(({ ledger }) => {
    const turns = ledger.flatMap(({ event }) => (event.type === 'turn-finished' ? [event.turn] : []));
    return [...new Set(turns.filter(({ status }) => status === 'answered').map(({ tier }) => TIERS[tier] ?? tier))];
  });
  return most(tiers);
}

const TIERS: Readonly<Record<string, string>> = {
  learned: 'cases with an answer of the learned model, which runs inside the function',
  scripted: 'cases with written turns in place of a model: no key is configured, and no model was asked',
  fast: 'cases with an answer of Claude (fast)',
  smart: 'cases with an answer of Claude (smart)',
  deep: 'cases with an answer of Claude (deep)',
};

function timeLines(stories: readonly CaseStory[]): readonly string[] {
  const tookMs = stories.flatMap(({ ledger, openedAtMs }) => {
    const decided = ledger.find(({ event }) => isDecision(event));
    return decided === undefined ? [] : [decided.atMs - openedAtMs];
  });
  if (tookMs.length === 0) return [];
  const at = (share: number): string => `${(quantile(tookMs, share) / 1_000).toFixed(1)} s`;
  return [`From the opening of a case to its decision: median ${at(0.5)}, 95th percentile ${at(0.95)}.`];
}

function isDecision({ type }: CaseEvent): boolean {
  return type === 'decision-made';
}

function costLines(stories: readonly CaseStory[], awsUsd: number): readonly string[] {
  const models = stories.reduce((sum, { usage }) => sum + usage.costUsd, 0);
  return [`${models.toFixed(4)} USD for models; ${awsUsd.toFixed(4)} USD would be the list price on AWS.`];
}
