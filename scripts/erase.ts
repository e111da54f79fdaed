import { parseArgs } from 'node:util';
import * as z from 'zod';
import { Problem } from './command/problem.ts';
import { runCommand } from './command/run-command.ts';
import { say } from './command/say.ts';
import { usageProblem } from './command/usage-problem.ts';
import { answerFinally } from './erase/answer-finally.ts';
import { committedExamples } from './erase/committed-examples.ts';
import { eraseHere, textsOf } from './erase/erase-here.ts';
import { erasureLines, totalsOf } from './erase/erasure-lines.ts';
import { problemIn, RuntimeClient, type RuntimeResponse } from './runtime/client.ts';

const USAGE = `Take one person's data out of everything that is kept:
  npm run erase -- --subject <e-mail address> [--reason "…" --yes] [--also-open]
Without --yes it only says what would be removed. --also-open first ends what waits for people, with a no.`;

const SubjectCase = z.object({
  caseId: z.string(),
  workflow: z.string(),
  waits: z.boolean(),
  counts: z.record(z.string(), z.int()),
  outside: z.array(z.object({ action: z.string(), effect: z.string() })),
});
export type SubjectCase = z.infer<typeof SubjectCase>;

const Traces = z.object({ workflow: z.string().nullable(), counts: z.record(z.string(), z.int()) });
export type Traces = z.infer<typeof Traces>;

const Found = z.object({ cases: z.array(SubjectCase), left: z.int(), besideCases: z.array(Traces) });

/** `npm run erase -- --subject <id>`. It may be stopped anywhere: the same command goes on where it was. */
async function erase(args: readonly string[]): Promise<number> {
  const { subject, reason, isSure, alsoOpen } = optionsFrom(args);
  const runtime = new RuntimeClient();
  const ask = (more: object): Promise<RuntimeResponse> => runtime.postAsOperator('/api/erasures', { subject, ...more });
  let { cases, besideCases } = await lookedFor(ask);
  if (cases.length === 0 && besideCases.length === 0) {
    say('Nothing is kept of this person: no case is about them, or it was erased before.');
    return 0;
  }
  const waiting = cases.filter(({ waits }) => waits);
  if (waiting.length > 0 && isSure) {
    if (!alsoOpen) throw new Problem(waitingWords(waiting));
    for (const { caseId } of waiting) await answerFinally(runtime, caseId, reason);
    ({ cases, besideCases } = await lookedFor(ask));
  }
  const texts = [subject.trim(), ...(await textsOf(runtime, cases))];
  const held = [...cases, ...besideCases];
  for (const line of erasureLines(cases, committedExamples(held, texts), besideCases)) say(line);
  if (!isSure) {
    say('Nothing was removed. Say it again with --yes and --reason "…" to remove it.');
    return waiting.length > 0 ? 1 : 0;
  }
  if (!runtime.isDeployment) await eraseHere(runtime, texts);
  const erased: SubjectCase[] = [];
  const beside: Traces[] = [];
  for (let left = 1; left > 0; ) {
    const done = readFound(await ask({ isDryRun: false, reason }));
    erased.push(...done.cases);
    beside.push(...done.besideCases);
    ({ left } = done);
  }
  // What was told of it meanwhile.
  if (!runtime.isDeployment) await eraseHere(runtime, texts);
  const all = totalsOf([...erased, ...beside]);
  say(`Removed: ${all}, of ${erased.length} cases. Each ledger says so, and verifies as before.`);
  return 0;
}

/** All cases of the person, some at a time. */
async function lookedFor(
  ask: (more: object) => Promise<RuntimeResponse>,
): Promise<{ cases: readonly SubjectCase[]; besideCases: readonly Traces[] }> {
  const cases: SubjectCase[] = [];
  const besideCases: Traces[] = [];
  for (let left = 1; left > 0; ) {
    const found = readFound(await ask({ isDryRun: true, after: cases.at(-1)?.caseId ?? '' }));
    cases.push(...found.cases);
    besideCases.push(...found.besideCases);
    ({ left } = found);
  }
  return { cases, besideCases };
}

function readFound(answer: RuntimeResponse): z.infer<typeof Found> {
  if (answer.status !== 200) throw new Problem(problemIn(answer));
  const found = Found.safeParse(answer.body);
  if (!found.success) throw new Problem(`The answer is not understood:\n${z.prettifyError(found.error)}`);
  return found.data;
}

function waitingWords(waiting: readonly SubjectCase[]): string {
  const which = waiting.map(({ caseId }) => caseId).join(', ');
  return `Nothing was removed: ${which} ${waiting.length === 1 ? 'waits' : 'wait'} for people still. Finish it, or say --also-open.`;
}

function optionsFrom(args: readonly string[]) {
  try {
    const text = { type: 'string' } as const;
    const flag = { type: 'boolean' } as const;
    const options = { subject: text, reason: text, yes: flag, 'also-open': flag } as const;
    const { values } = parseArgs({ args: [...args], options });
    const { subject, reason = '', yes: isSure = false, 'also-open': alsoOpen = false } = values;
    if (subject === undefined || subject.trim() === '') throw new Error('Say whom, by --subject.');
    if (isSure && reason.trim() === '') throw new Error('Say why, by --reason: it is kept on record.');
    return { subject, reason, isSure, alsoOpen };
  } catch (error) {
    throw usageProblem(error, USAGE);
  }
}

if (import.meta.main) await runCommand(erase);
