import { existsSync, readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import * as z from 'zod';
import { type Drift, driftOf, type SeenCase } from '../evals/drift/drift.ts';
import { type ItemByItem, itemByItem } from '../evals/run/item-by-item.ts';
import { parseLabelled } from '../evals/run/labelled.ts';
import { CaseResult } from '../evals/run/result.ts';
import { figuresOf } from '../evals/score/figures.ts';
import type { Workflow } from '../shared/authoring/index.ts';
import { type Share, shareOf } from '../shared/domain/agreement.ts';
import { AutonomyAnswer } from './autonomy/autonomy-answer.ts';
import { loadWorkflows } from './build/load-workflows.ts';
import { Problem } from './command/problem.ts';
import { inProject } from './command/project.ts';
import { runCommand } from './command/run-command.ts';
import { say } from './command/say.ts';
import { usageProblem } from './command/usage-problem.ts';
import { type CaseWeek, driftLines, weeksOf } from './drift/drift-lines.ts';
import { seenItems } from './drift/seen-items.ts';
import { fetchExamples } from './examples.ts';
import { problemIn, RuntimeClient } from './runtime/client.ts';
import { type ListedCase, listCases } from './runtime/list-cases.ts';

const USAGE = `Whether what comes in has moved away from what the models learned:
  npm run drift -- <workflow> [--days 30] [--report <report.json>] [--json]
Exit code: 0 nothing has moved, 1 a clear warning, 2 it could not be looked at.`;
const NOT_LOOKED_AT = 2;
const MOST_CASES = 2_000;
const DAY_MS = 86_400_000;

/** `npm run drift -- <workflow>`: cases of the running runtime beside the training set. */
async function drift(args: readonly string[]): Promise<number> {
  const wanted = optionsFrom(args);
  const workflow = (await loadWorkflows()).find(({ id }) => id === wanted.workflow);
  if (workflow === undefined)
    throw new Problem(`There is no workflow ${wanted.workflow}: agents/index.ts lists those that there are.`);
  const runtime = new RuntimeClient();
  const cases = await listCases(runtime, workflow.id, { most: MOST_CASES, sinceMs: Date.now() - wanted.days * DAY_MS });
  const part = itemByItem(workflow);
  // What is measured of one agent alone says nothing of whole cases.
  const evaluated = part === null && existsSync(wanted.report) ? resultsIn(wanted.report) : null;
  const readable = cases.filter(({ problems }) => problems.length === 0);
  const found = driftOf({
    training: trainingOf(workflow, evaluated),
    now: part === null ? readable.map(seenCase) : await seenItems(runtime, workflow, readable),
    evaluated: evaluated === null ? null : evaluatedShares(evaluated),
    live: { agreed: await agreedWith(runtime, workflow), alone: aloneOf(cases) },
    ignored: ignoredBy(workflow),
  });
  const corrected = await fetchExamples((path) => runtime.getAsOperator(path), workflow.id);
  const weeks = weeksOf(
    cases,
    corrected.map(({ provenance }) => provenance.atMs),
  );
  if (wanted.isJson) console.log(JSON.stringify({ ...found, weeks }, null, 2));
  else say(linesOf(part, workflow, found, weeks, evaluated));
  return found.warnings.length === 0 ? 0 : 1;
}

function linesOf(
  part: ItemByItem | null,
  { title }: Workflow,
  found: Drift,
  weeks: readonly CaseWeek[],
  evaluated: unknown,
): string {
  if (part !== null) {
    const lines = driftLines(part.workflow.title, found, weeks, `items that ${part.agent.title} judged in these cases`);
    return [...lines, '', `Weeks are of whole cases of ${title}; corrected are items.`].join('\n');
  }
  const missing = 'No evaluation to hold confidence and agreement against: npm run eval makes one.';
  return [...driftLines(title, found, weeks), ...(evaluated === null ? ['', missing] : [])].join('\n');
}

function optionsFrom(args: readonly string[]) {
  try {
    const text = { type: 'string' } as const;
    const options = { days: text, report: text, json: { type: 'boolean' } } as const;
    const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true });
    const [workflow, ...more] = positionals;
    if (workflow === undefined || more.length > 0) throw new Error('Say which workflow.');
    const days = Number(values.days ?? '30');
    if (!(days > 0)) throw new Error('--days takes a number above 0.');
    const report = values.report ?? `.remit/evals/${workflow}/report.json`;
    return { workflow, days, report, isJson: values.json ?? false };
  } catch (error) {
    throw usageProblem(error, USAGE, { exitCode: NOT_LOOKED_AT });
  }
}

function resultsIn(path: string): readonly CaseResult[] {
  const parsed = z.object({ cases: z.array(CaseResult) }).safeParse(JSON.parse(readFileSync(path, 'utf8')));
  if (!parsed.success) throw new Problem(`${path} is no report of an evaluation.`, { exitCode: NOT_LOOKED_AT });
  return parsed.data.cases;
}

/** What the models learned from, with the confidence that a model which had not seen it gave. */
function trainingOf({ id }: Workflow, evaluated: readonly CaseResult[] | null): SeenCase[] {
  const name = `agents/${id}/examples.jsonl`;
  if (!existsSync(inProject(name)))
    throw new Problem(`${name} is not there: nothing to hold the cases against.`, { exitCode: NOT_LOOKED_AT });
  const confidences = new Map(evaluated?.map((result) => [result.id, result.confidence]));
  return parseLabelled(name, readFileSync(inProject(name), 'utf8')).map((example) => ({
    facts: { input: example.input.input, sources: example.input.sources },
    confidence: confidences.get(example.id) ?? null,
  }));
}

function ignoredBy({ learned: { features = {} } }: Workflow): ReadonlySet<string> {
  return new Set(Object.keys(features).filter((path) => features[path] === 'ignore'));
}

/** Of what each source said, the parts that were read. */
function seenCase({ input, readings, confidence }: ListedCase): SeenCase {
  const sources = Object.fromEntries(readings.map(({ source, data }) => [source, data]));
  return { facts: { input, sources }, confidence };
}

function evaluatedShares(results: readonly CaseResult[]): { right: Share; alone: Share } {
  const { rightAlone, alone } = figuresOf(results);
  return { right: rightAlone, alone };
}

function aloneOf(cases: readonly ListedCase[]): Share {
  const decided = cases.filter(({ confidence }) => confidence !== null);
  return shareOf(decided.filter(({ personAsked }) => !personAsked).length, decided.length);
}

/** Of the decisions that the agents stood by and people looked at, under the version that runs. */
async function agreedWith(runtime: RuntimeClient, { id, team }: Workflow): Promise<Share> {
  const found = await runtime.getAs(team.owner, `/api/workflows/${id}/autonomy`);
  const answer = AutonomyAnswer.safeParse(found.body);
  if (!answer.success) throw new Problem(`The autonomy of ${id} could not be read: ${problemIn(found)}`);
  const sure = answer.data.segments.map(({ agreement }) => agreement.sure);
  return shareOf(
    sure.reduce((sum, { agreed }) => sum + agreed, 0),
    sure.reduce((sum, { of }) => sum + of, 0),
  );
}

if (import.meta.main) await runCommand(drift);
