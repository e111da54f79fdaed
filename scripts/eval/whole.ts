import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { chosenModels, tiersProblem } from '../../evals/run/choose-models.ts';
import { itemByItem } from '../../evals/run/item-by-item.ts';
import { LabelledError, parseLabelled } from '../../evals/run/labelled.ts';
import { MoneyCap } from '../../evals/run/money-cap.ts';
import { setPath } from '../../evals/run/scored-set.ts';
import { TrackedClock } from '../../evals/run/tracked-clock.ts';
import { fixedCourse } from '../../evals/whole/fixed-course.ts';
import { measureWhole, type WholeResult } from '../../evals/whole/measure-whole.ts';
import { parseWhole, wholeDigest } from '../../evals/whole/request.ts';
import { wholeSummary } from '../../evals/whole/whole-lines.ts';
import { wholePage } from '../../evals/whole/whole-page.ts';
import { wholeReport } from '../../evals/whole/whole-report.ts';
import type { Workflow } from '../../shared/authoring/index.ts';
import { OWN_EXAMPLES } from '../../shared/contracts/index.ts';
import { digestOf } from '../build/digest.ts';
import { Problem } from '../command/problem.ts';
import { inProject } from '../command/project.ts';
import { say } from '../command/say.ts';
import { CLAUDE_MODELS, claudeSettings } from './claude-settings.ts';
import { wholeModel } from './learned-models.ts';
import { type EvalWanted, NOT_MEASURED } from './options.ts';
import { ProgressBar } from './progress-bar.ts';

/**
 * `npm run eval -- <workflow> --whole`: runs whole requests from the request to the report. Where no tier of Claude is chosen, a
 * fixed course stands for the agents that have no model, and everything that is said of it says so.
 * @returns the exit code
 */
export async function evaluateWhole(workflow: Workflow, wanted: EvalWanted): Promise<number> {
  const chosen = { ...claudeSettings(), tiers: wanted.tiers, claudeModels: CLAUDE_MODELS };
  const problem = tiersProblem(chosen);
  if (problem !== null) throw new Problem(problem, { exitCode: NOT_MEASURED });
  const [all, web] = setOf(workflow);
  const requests = all.slice(0, wanted.limit ?? all.length);
  const isPlayed = wanted.tiers.every((tier) => tier === 'learned');
  const clock = new TrackedClock();
  const learned = await learnedBytes(workflow);
  const assets = { read: async (path: string) => (path.endsWith('/learned.bin') ? learned : fileAt(path)) };
  const models = chosenModels({ ...chosen, ...(isPlayed ? { scripted: fixedCourse } : {}) }, { clock, assets });
  const version = digestOf([`agents/${workflow.id}/**/*`, 'shared/models/learned/*.ts']).slice(0, 16);
  const startedAtMs = Date.now();
  const cases: WholeResult[] = [];
  const bar = new ProgressBar('whole');
  const notRun = await measureWhole({
    ...{ workflow, requests, web, models, money: new MoneyCap(wanted.maxUsd, 0), clock },
    versions: { workflow: version, code: 'local' },
    onResult: (result) => {
      cases.push(result);
      bar.draw(cases.length, requests.length);
    },
  });
  clock.stop();
  bar.end(`${cases.length} whole requests`);
  const about = {
    ...{ workflow: workflow.id, title: workflow.title, version, set: pathOf(workflow, 'requests.jsonl') },
    ...{ setDigest: wholeDigest(requests, web), tiers: wanted.tiers, notRun, startedAtMs, node: process.version },
  };
  const report = wholeReport(about, workflow.rollout.gates, cases);
  mkdirSync(wanted.out, { recursive: true });
  writeFileSync(join(wanted.out, 'whole.json'), `${JSON.stringify(report, null, 1)}\n`);
  const page = join(wanted.out, 'whole.html');
  writeFileSync(page, wholePage(report));
  if (wanted.isJson) console.log(JSON.stringify(report, null, 2));
  else say(wholeSummary(report, page).join('\n'));
  return report.passes ? 0 : 1;
}

/** Whether a workflow has whole requests of its own. */
function hasWhole(workflow: Workflow): boolean {
  return existsSync(inProject(pathOf(workflow, 'requests.jsonl')));
}

function pathOf({ id }: Workflow, file: string): string {
  return `agents/${id}/whole/${file}`;
}

function setOf(workflow: Workflow) {
  if (!hasWhole(workflow)) {
    const words = `${workflow.id} has no whole requests apart: npm run eval -- ${workflow.id} measures it from end to end.`;
    throw new Problem(words, { exitCode: NOT_MEASURED });
  }
  const name = pathOf(workflow, 'requests.jsonl');
  const read = (file: string): string => readFileSync(inProject(pathOf(workflow, file)), 'utf8');
  try {
    return parseWhole(name, read('requests.jsonl'), read('web.json'));
  } catch (error) {
    if (error instanceof LabelledError) throw new Problem(error.message, { cause: error, exitCode: NOT_MEASURED });
    throw error;
  }
}

/** Of the agent that learned, trained on all its examples: none of them is of a company of these requests. */
async function learnedBytes(workflow: Workflow): Promise<Uint8Array | null> {
  const own = setPath(workflow.id, OWN_EXAMPLES);
  const part = itemByItem(workflow)?.workflow ?? workflow;
  const training = parseLabelled(own, readFileSync(inProject(own), 'utf8'));
  return (await wholeModel(part, training)).bytesOf(null);
}

function fileAt(path: string): Uint8Array | null {
  return existsSync(inProject(path)) ? readFileSync(inProject(path)) : null;
}
