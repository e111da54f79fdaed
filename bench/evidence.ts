/**
 * Real public data as workflows, through the same code as production: what is decided without a person, and how much of that
 * is right. `node bench/evidence.ts [--json] [workflow ...]`; the sets are read from the folder named by REMIT_DATA_DIR.
 */
import { existsSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { Problem } from '../scripts/command/problem.ts';
import { runCommand } from '../scripts/command/run-command.ts';
import { table } from '../scripts/report/table.ts';
import type { Share } from '../shared/domain/agreement.ts';
import { type Evidence, gatherEvidence } from './evidence/measure.ts';
import { PeopleWhoSettle } from './evidence/people-who-settle.ts';
import { PUBLIC_SETS, type PublicSet, readLabelled, TARGET } from './evidence/public-sets.ts';
import { dataFolder } from './models/data-sets.ts';

/** As of `npm run eval`: nothing was measured. */
const NOT_MEASURED = 2;

async function evidence(args: readonly string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...args],
    options: { json: { type: 'boolean', default: false } },
    allowPositionals: true,
  });
  const sets = chosenSets(positionals);
  const found: Found[] = [];
  for (const set of sets) {
    const [examples, unseen] = [readLabelled(set, 'examples'), readLabelled(set, 'dev')];
    if (examples === undefined || unseen === undefined) throw missing(`${dataFolder()}/${set.name}`);
    const asTrained = await gatherEvidence(set, examples, unseen);
    found.push({ set, asTrained, learning: await learningFrom(set, { examples, unseen }) });
  }
  console.log(values.json ? JSON.stringify(asJson(found), null, 2) : lines(found).join('\n'));
  return 0;
}

interface Found {
  readonly set: PublicSet;
  /** The model as it was trained, whatever people say meanwhile. */
  readonly asTrained: Evidence;
  /** The same with what people confirm as it goes, by how many there are; none where it learns nothing so. */
  readonly learning: readonly (readonly [string, Evidence])[];
}

/** Two who take turns, and one alone, whose corrections do not count. */
const TEAMS: Readonly<Record<string, readonly string[]>> = {
  'two people': ['one@remit.example', 'two@remit.example'],
  'one person': ['one@remit.example'],
};

async function learningFrom(
  set: PublicSet,
  { examples, unseen }: Readonly<Record<'examples' | 'unseen', Parameters<typeof gatherEvidence>[1]>>,
): Promise<Found['learning']> {
  const { learning } = set;
  if (learning === undefined) return [];
  const found: (readonly [string, Evidence])[] = [];
  for (const [team, people] of Object.entries(TEAMS)) {
    const settling = new PeopleWhoSettle(people);
    found.push([team, await gatherEvidence({ ...set, workflow: learning }, examples, unseen, settling)]);
  }
  return found;
}

function chosenSets(wanted: readonly string[]): readonly PublicSet[] {
  if (!existsSync(dataFolder())) throw missing(dataFolder());
  const ids = PUBLIC_SETS.map(({ workflow }) => workflow.id);
  const unknown = wanted.find((id) => !ids.includes(id));
  if (unknown !== undefined) {
    throw new Problem(`There is no workflow ${unknown}: name ${ids.join(', ')}.`, { exitCode: NOT_MEASURED });
  }
  return wanted.length === 0 ? PUBLIC_SETS : PUBLIC_SETS.filter(({ workflow }) => wanted.includes(workflow.id));
}

function missing(folder: string): Problem {
  const sentence = `The data folder ${folder} is missing: nothing was measured. Name it by REMIT_DATA_DIR; it holds <set>/examples.jsonl and <set>/dev.jsonl.`;
  return new Problem(sentence, { exitCode: NOT_MEASURED });
}

function asJson(found: readonly Found[]) {
  const workflows = found.map(({ set: { name, source, workflow }, asTrained, learning }) => [
    workflow.id,
    { set: name, source, ...asTrained, ...(learning.length === 0 ? {} : { learning: Object.fromEntries(learning) }) },
  ]);
  return { target: TARGET, workflows: Object.fromEntries(workflows) };
}

const HEADS = ['workflow', 'taught', 'cases', 'alone, %', 'right alone, %', 'wanted, %', 'right of all, %', 'p95, ms'];

function lines(found: readonly Found[]): readonly string[] {
  const rows = found.flatMap(({ set: { workflow }, asTrained, learning }) => [
    row(workflow.id, asTrained),
    ...learning.map(([team, one]) => row(`${workflow.id}, ${team} as it goes`, one)),
  ]);
  const notes = found.flatMap(({ set: { workflow, outOfScopeShare }, asTrained: { outsideAsked, atDeclared } }) => {
    if (outsideAsked === null || atDeclared === null || outOfScopeShare === null) return [];
    const { alone, rightAlone } = atDeclared;
    return [
      `${workflow.id}: ${percent(outsideAsked)} of the ${outsideAsked.of} cases that belong nowhere went to a person.`,
      `  Were they ${number(outOfScopeShare)} % of all, as declared: ${number(alone)} % decided alone, ${number(rightAlone)} % of those right.`,
    ];
  });
  return [...table(HEADS, rows), ...(notes.length === 0 ? [] : ['', ...notes])];
}

function row(name: string, one: Evidence): string[] {
  return [
    ...[name, String(one.taught), String(one.cases), percent(one.alone), percent(one.rightAlone)],
    ...[(TARGET * 100).toFixed(0), percent(one.right), String(one.tookMsP95)],
  ];
}

/** `92.4 (90.8 to 93.7)` */
function percent({ agreed, of, lower, upper }: Share): string {
  return of === 0 ? 'none' : `${number(agreed / of)} (${number(lower)} to ${number(upper)})`;
}

function number(share: number): string {
  return (share * 100).toFixed(1);
}

if (import.meta.main) await runCommand(evidence);
