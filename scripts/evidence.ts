import { existsSync, globSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { manifestDigest, type PackedCase, packFiles } from '../evals/evidence/pack.ts';
import type { ReceiptNames } from '../evals/evidence/receipt.ts';
import type { Workflow } from '../shared/authoring/index.ts';
import type { CaseId } from '../shared/contracts/index.ts';
import { titlesIn } from '../shared/domain/field-titles.ts';
import { governanceCaseId } from '../shared/domain/governance-case.ts';
import { loadWorkflows } from './build/load-workflows.ts';
import { Problem } from './command/problem.ts';
import { inProject } from './command/project.ts';
import { runCommand } from './command/run-command.ts';
import { say } from './command/say.ts';
import { usageProblem } from './command/usage-problem.ts';
import { fetchCase } from './runtime/case-story.ts';
import { isRecord, problemIn, RuntimeClient } from './runtime/client.ts';
import { listCases } from './runtime/list-cases.ts';

const USAGE = `What an auditor can check offline:
  npm run evidence -- <workflow> --from 2026-11-01 --to 2026-11-30 [--out <folder>]`;
const DAY_MS = 86_400_000;
const MOST_CASES = 100_000;
/** Asked for at a time. */
const READ_TOGETHER = 8;

/** `npm run evidence -- <workflow> --from … --to …`: a folder with the ledgers of these days, and its own verifier. */
async function evidence(args: readonly string[]): Promise<number> {
  const { workflow: id, from, to, out } = optionsFrom(args);
  const workflow = (await loadWorkflows()).find((one) => one.id === id);
  if (workflow === undefined)
    throw new Problem(`There is no workflow ${id}: agents/index.ts lists those that there are.`);
  if (existsSync(out) && readdirSync(out).length > 0)
    throw new Problem(`${out} is not empty: name another folder by --out.`);
  const runtime = new RuntimeClient();
  const cases = await casesOf(runtime, workflow, Date.parse(from), Date.parse(to) + DAY_MS);
  const files = packFiles({
    ...{ workflow: id, from, to, madeAtMs: Date.now(), cases },
    receipts: { title: workflow.title, contact: workflow.team.owner, names: namesOf(workflow) },
    texts: { 'autonomy.json': await autonomyOf(runtime, workflow), ...definitionOf(workflow) },
    verifier: readFileSync(inProject('evals/evidence/verify.mjs'), 'utf8'),
  });
  for (const [path, text] of files) {
    mkdirSync(dirname(join(out, path)), { recursive: true });
    writeFileSync(join(out, path), text);
  }
  say(`${cases.length} ledgers in ${out}. Keep this digest apart from it, and give it to whoever checks:`);
  console.log(`  node ${join(out, 'verify.mjs')} --manifest ${manifestDigest(files)}`);
  return 0;
}

/** What the workflow calls its fields, sources and actions. */
function namesOf({ labels, decision, sources, actions }: Workflow): ReceiptNames {
  const titles = (of: Readonly<Record<string, { readonly title: string }>>) =>
    Object.fromEntries(Object.entries(of).map(([id, { title }]) => [id, title]));
  return { labels: { ...titlesIn(decision), ...labels }, sources: titles(sources), actions: titles(actions) };
}

/** The cases that were opened in these days, and the workflow's own ledger. */
async function casesOf(
  runtime: RuntimeClient,
  { id }: Workflow,
  fromMs: number,
  untilMs: number,
): Promise<PackedCase[]> {
  const listed = await listCases(runtime, id, { most: MOST_CASES, sinceMs: fromMs });
  const waiting = [
    governanceCaseId(id),
    ...listed.filter(({ openedAtMs }) => openedAtMs < untilMs).map(({ caseId }) => caseId),
  ];
  const found: PackedCase[] = [];
  const work = async (): Promise<void> => {
    for (let caseId = waiting.shift(); caseId !== undefined; caseId = waiting.shift()) {
      const story = await settledStory(runtime, caseId as CaseId);
      // A workflow whose limits nobody has changed has no ledger of its own yet.
      if (story !== null) found.push(story);
    }
  };
  await Promise.all(Array.from({ length: READ_TOGETHER }, work));
  return found;
}

/** A case that goes on while it is read is read again, so that its head and its ledger are of one moment. */
async function settledStory(runtime: RuntimeClient, caseId: CaseId): Promise<PackedCase | null> {
  for (let attempt = 1; attempt <= READS; attempt += 1) {
    const found = await fetchCase(runtime, caseId);
    if (!isRecord(found) || !Array.isArray(found['ledger'])) return null;
    const story = found as unknown as PackedCase;
    if (story.ledger.at(-1)?.hash === story.chain.hash) return story;
  }
  throw new Problem(`Case ${caseId} does not stand still, or its ledger is broken: npm run verify -- ${caseId}`);
}

const READS = 5;

async function autonomyOf(runtime: RuntimeClient, { id, team }: Workflow): Promise<string> {
  const answer = await runtime.getAs(team.owner, `/api/workflows/${id}/autonomy`);
  if (answer.status !== 200) throw new Problem(`The autonomy of ${id} could not be read: ${problemIn(answer)}`);
  return `${JSON.stringify(answer.body, null, 1)}\n`;
}

/** Rules, instructions and schemas, as they are in this tree; examples and sandbox data are no rules. */
function definitionOf({ id }: Workflow): Record<string, string> {
  const paths = globSync(`agents/${id}/*.{ts,md}`, { cwd: inProject(), exclude: (path) => path.endsWith('.test.ts') });
  return Object.fromEntries(
    paths.sort().map((path) => [path.replace(`agents/${id}/`, 'workflow/'), readFileSync(inProject(path), 'utf8')]),
  );
}

function optionsFrom(args: readonly string[]) {
  try {
    const text = { type: 'string' } as const;
    const options = { from: text, to: text, out: text } as const;
    const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true });
    const [workflow, ...more] = positionals;
    if (workflow === undefined || more.length > 0) throw new Error('Say which workflow.');
    const { from, to } = values;
    if (!isDay(from) || !isDay(to) || from > to) throw new Error('Say from which day to which, as 2026-11-01.');
    return { workflow, from, to, out: values.out ?? `.remit/evidence/${workflow}-${from}-${to}` };
  } catch (error) {
    throw usageProblem(error, USAGE);
  }
}

function isDay(text: string | undefined): text is string {
  return text !== undefined && /^\d{4}-\d{2}-\d{2}$/.test(text) && Number.isFinite(Date.parse(text));
}

if (import.meta.main) await runCommand(evidence);
