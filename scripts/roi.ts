import { existsSync, readFileSync } from 'node:fs';
import * as z from 'zod';
import { roiOf } from '../evals/roi/roi.ts';
import { CaseResult } from '../evals/run/result.ts';
import { figuresOf } from '../evals/score/figures.ts';
import type { Workflow } from '../shared/authoring/index.ts';
import type { Tier } from '../shared/contracts/index.ts';
import { shareOf } from '../shared/domain/agreement.ts';
import { ReviewersAnswer } from './autonomy/autonomy-answer.ts';
import { loadWorkflows } from './build/load-workflows.ts';
import { Problem } from './command/problem.ts';
import { runCommand } from './command/run-command.ts';
import { say } from './command/say.ts';
import { MeteredCase } from './cost/cost-report.ts';
import { liveAim } from './roi/aim.ts';
import { type AimFound, aimLines } from './roi/aim-lines.ts';
import { type EvaluationFigures, type LiveFigures, type RoiSources, roiInput } from './roi/gather.ts';
import { roiOptions } from './roi/options.ts';
import { roiTable } from './roi/roi-table.ts';
import { problemIn, RuntimeClient } from './runtime/client.ts';
import { listCases } from './runtime/list-cases.ts';

const MOST_CASES = 1_000;
/** The meter is asked case by case. */
const METERED = 25;
const DAY_MS = 86_400_000;

/** `npm run roi -- <workflow>`: what it saves, what it costs and when it has paid back, with all that the sum rests on. */
async function roi(args: readonly string[]): Promise<number> {
  const wanted = roiOptions(args);
  const workflow = (await loadWorkflows()).find(({ id }) => id === wanted.workflow);
  if (workflow === undefined)
    throw new Problem(`There is no workflow ${wanted.workflow}: agents/index.ts lists those that there are.`);
  const live = await liveFigures(workflow, wanted.days);
  const evaluation = existsSync(wanted.report) ? evaluationFigures(wanted.report, workflow) : null;
  const input = inputOf({
    given: wanted.given,
    live,
    evaluation,
    minutesByHand: workflow.rollout.minutesByHand ?? null,
  });
  const sum = roiOf(input);
  const aim = await aimOf(workflow, live, evaluation);
  if (wanted.isJson) console.log(JSON.stringify({ input, sum, ...(aim === null ? {} : { aim }) }, null, 2));
  else say([...roiTable(workflow.title, input, sum), ...(aim === null ? [] : ['', ...aimLines(aim)])].join('\n'));
  return 0;
}

/** Null where the builder has named none. */
async function aimOf(
  { rollout: { aim } }: Workflow,
  live: LiveFigures | null,
  evaluation: EvaluationFigures | null,
): Promise<AimFound | null> {
  if (aim === undefined) return null;
  const found = live === null ? null : { ...(await liveAim(new RuntimeClient(), aim, live.cases)), days: live.days };
  return { title: aim.title, live: found, evaluated: evaluation?.alone ?? null };
}

function inputOf(sources: RoiSources) {
  try {
    return roiInput(sources);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new Problem(
      'Nobody has said how long a case took by hand: --minutes 12, or rollout.minutesByHand in the workflow.',
      {
        cause: error,
      },
    );
  }
}

/** What the running runtime knows; null where none runs. */
async function liveFigures({ id, team }: Workflow, days: number): Promise<LiveFigures | null> {
  const runtime = new RuntimeClient();
  try {
    await runtime.get('/_local/alarms');
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    console.error(`${error.message} Without it, shares are evaluated or assumed.`);
    return null;
  }
  const cases = await listCases(runtime, id, { most: MOST_CASES, sinceMs: Date.now() - days * DAY_MS });
  const answer = await runtime.getAs(team.owner, `/api/workflows/${id}/reviewers`);
  const reviewers = ReviewersAnswer.safeParse(answer.body);
  if (!reviewers.success) throw new Problem(`The reviewers of ${id} could not be read: ${problemIn(answer)}`);
  const closed = cases.filter(({ state }) => state === 'closed').slice(0, METERED);
  const awsUsd = await Promise.all(
    closed.map(async ({ caseId }) => {
      const metered = await runtime.get(`/_local/meter?caseId=${caseId}`);
      return MeteredCase.parse(metered.body).usd;
    }),
  );
  return { cases, days, nowMs: Date.now(), answers: reviewers.data.items, awsUsd };
}

function evaluationFigures(path: string, { rollout }: Workflow): EvaluationFigures {
  const parsed = z.object({ cases: z.array(CaseResult) }).safeParse(JSON.parse(readFileSync(path, 'utf8')));
  if (!parsed.success) throw new Problem(`${path} is no report of an evaluation.`);
  const { cases } = parsed.data;
  const isAskedFor = (tier: Tier): boolean => tier === 'approve' || (tier === 'notify' && rollout.phase !== 'full');
  const asked = cases.filter(({ isAlone, tiers }) => !isAlone || tiers.some(isAskedFor)).length;
  const wrong = cases.filter(({ isAlone, isRight }) => isAlone && !isRight).length;
  const modelUsd = figuresOf(cases).cost.meanUsd;
  const alone = shareOf(cases.filter(({ isAlone }) => isAlone).length, cases.length);
  return { asked: shareOf(asked, cases.length), wrongAlone: shareOf(wrong, cases.length), alone, modelUsd };
}

if (import.meta.main) await runCommand(roi);
