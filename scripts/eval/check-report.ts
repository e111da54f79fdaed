import { existsSync, readFileSync } from 'node:fs';
import * as z from 'zod';
import { evidenceOf } from '../../evals/machine/evidence-of.ts';
import { REPORT_FORMAT, type Report, reportOf } from '../../evals/report/report.ts';
import { itemByItem } from '../../evals/run/item-by-item.ts';
import { labelledDigest, parseLabelled } from '../../evals/run/labelled.ts';
import { CaseResult } from '../../evals/run/result.ts';
import { setDigest } from '../../evals/run/scored-set.ts';
import { deployedVersions } from '../../infra/versions.ts';
import type { Workflow } from '../../shared/authoring/index.ts';
import { EvaluationEvidence } from '../../shared/contracts/index.ts';
import { sha256 } from '../../shared/domain/digest.ts';
import { Problem } from '../command/problem.ts';
import { inProject } from '../command/project.ts';
import { say } from '../command/say.ts';
import { AwayProblem, problemIn, RuntimeClient } from '../runtime/client.ts';
import { treeVersion } from './evaluate.ts';
import { NOT_MEASURED } from './options.ts';

/** `holds` is null where it could not be looked at. */
interface Check {
  readonly what: string;
  readonly holds: boolean | null;
  readonly because: string;
}

/**
 * `npm run eval -- <workflow> --check <report.json>`: whether a report is of the examples, labels and version of this checkout, its
 * figures are those of its cases, and just this file is on record at the running Remit. Measures nothing.
 * @returns exit code 0 where all of it holds, 1 where anything does not, 2 where the rest holds and something could not be looked at
 * @throws Problem where the file is no report of this workflow
 */
export async function checkReport(
  workflow: Workflow,
  path: string,
  { runtime = new RuntimeClient() }: { readonly runtime?: RuntimeClient } = {},
): Promise<number> {
  const text = readText(path);
  const report = parsed(workflow, path, text);
  const checks = [
    examplesCheck(report),
    versionCheck(workflow, report),
    figuresCheck(itemByItem(workflow)?.workflow ?? workflow, report),
    await recordCheck(workflow, report, sha256(text), runtime),
  ];
  say([`${path}, digest ${sha256(text)}`, ...checks.flatMap(lines)].join('\n'));
  if (checks.some(({ holds }) => holds === false)) return 1;
  return checks.every(({ holds }) => holds === true) ? 0 : NOT_MEASURED;
}

function lines({ what, holds, because }: Check): string[] {
  return [`  ${holds === null ? '?  ' : holds ? 'yes' : 'NO '}  ${what}`, `       ${because}`];
}

/** Of each case and label, and of all together. */
function examplesCheck({ about, cases }: Report): Check {
  const what = 'It is of the examples of this checkout';
  if (!existsSync(inProject(about.set))) return { what, holds: null, because: `${about.set} is not here.` };
  const known = parseLabelled(about.set, readFileSync(inProject(about.set), 'utf8'));
  const ids = new Set([...cases.map(({ id }) => id), ...about.notRun]);
  const scored = known.filter(({ id }) => ids.has(id));
  const labels = new Map(scored.map((example) => [example.id, labelledDigest(example)]));
  const odd = cases.filter(({ id, digest }) => labels.get(id) !== digest).map(({ id }) => id);
  if (odd.length > 0) return { what, holds: false, because: `${odd.length} are not as here, ${odd[0]} for one.` };
  const here = setDigest(scored);
  const words = `${scored.length} of ${about.set}, digest ${here}`;
  if (here === about.setDigest) return { what, holds: true, because: `${words}.` };
  return { what, holds: false, because: `${words}; the report names ${about.setDigest}.` };
}

/** On a machine a version is named by its sources, on the stack by what is deployed. */
function versionCheck(workflow: Workflow, { about }: Report): Check {
  const here = [treeVersion(workflow), deployedVersions([workflow.id]).workflows[workflow.id] ?? ''];
  const holds = here.includes(about.version);
  const because = holds
    ? `Version ${about.version}.`
    : `It names ${about.version}; this checkout is ${here.join(' or ')}.`;
  return { what: 'It is of the version of this checkout', holds, because };
}

/** Everything that a gate or the record looks at, made anew of the cases. */
function figuresCheck(workflow: Workflow, report: Report): Check {
  const what = 'Its figures are those of its cases';
  const { removed, about, cost, cases } = report;
  if (removed > 0) return { what, holds: null, because: `${removed} rows were taken out, so they cannot be counted.` };
  const rest = { examples: [], training: [], hints: {}, against: null };
  const anew = reportOf({ ...rest, about, workflow, results: cases, volume: cost.volume });
  const counted = ({ figures, gates, segments, passes }: Report): string =>
    JSON.stringify({ figures, gates, segments, passes });
  const holds = counted(anew) === counted(report) && cases.length === about.examples;
  const { right, rightAlone } = anew.figures;
  const because = `Counted: right in ${right.agreed} of ${right.of}, ${rightAlone.agreed} of ${rightAlone.of} without a person.`;
  return { what, holds, because };
}

const Recorded = z.object({ evaluations: z.array(EvaluationEvidence) });

async function recordCheck(
  { id, team }: Workflow,
  report: Report,
  digest: string,
  runtime: RuntimeClient,
): Promise<Check> {
  const what = 'Just this is on record at the running Remit';
  try {
    const answer = await runtime.getAs(team.owner, `/api/workflows/${id}/settings`);
    const found = Recorded.safeParse(answer.body);
    if (!found.success) return { what, holds: null, because: `The record could not be read: ${problemIn(answer)}` };
    return { what, ...onRecord(found.data.evaluations, report, digest) };
  } catch (error) {
    if (error instanceof AwayProblem) return { what, holds: null, because: 'No Remit runs there.' };
    throw error;
  }
}

function onRecord(
  evaluations: readonly EvaluationEvidence[],
  report: Report,
  digest: string,
): Pick<Check, 'holds' | 'because'> {
  const own = evaluations.filter(({ reportDigest }) => reportDigest === digest);
  if (own.length === 0) {
    return {
      holds: false,
      because: 'Nothing on record has this digest. What the stack measured, it holds to its own.',
    };
  }
  const odd = own.find((one) => !sameFigures(one, evidenceOf(report, one.version, one.report)));
  if (odd !== undefined)
    return { holds: false, because: `For ${odd.segment} other figures are on record than it shows.` };
  return { holds: true, because: `${own.map(({ segment }) => segment).join(', ')}, of version ${own[0]?.version}.` };
}

function sameFigures(one: EvaluationEvidence, shown: readonly EvaluationEvidence[]): boolean {
  const of = ({ segment, decisions, agreed, failed, setDigest: set }: EvaluationEvidence): string =>
    JSON.stringify([segment, decisions, agreed, failed, set]);
  return shown.some((other) => of(other) === of(one));
}

function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (cause) {
    throw new Problem(`${path} cannot be read: ${(cause as Error).message}`, { cause, exitCode: NOT_MEASURED });
  }
}

const Shape = z.looseObject({
  format: z.literal(REPORT_FORMAT),
  about: z.looseObject({ workflow: z.string(), set: z.string(), setDigest: z.string(), version: z.string() }),
  cases: z.array(CaseResult),
  removed: z.int(),
});

function parsed({ id }: Workflow, path: string, text: string): Report {
  let body: unknown = null;
  try {
    body = JSON.parse(text);
  } catch {
    // Told below, as any other file that is no report.
  }
  const found = Shape.safeParse(body);
  if (found.success && found.data.about.workflow === id) return body as Report;
  const problem = `${path} is no report of ${id}: name its report.json.`;
  throw new Problem(problem, { exitCode: NOT_MEASURED });
}
