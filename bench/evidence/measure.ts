import { chosenModels } from '../../evals/run/choose-models.ts';
import type { Labelled } from '../../evals/run/labelled.ts';
import { MoneyCap } from '../../evals/run/money-cap.ts';
import type { CaseResult } from '../../evals/run/result.ts';
import { runSet } from '../../evals/run/run-set.ts';
import { TrackedClock } from '../../evals/run/tracked-clock.ts';
import { CLAUDE_MODELS } from '../../scripts/eval/claude-settings.ts';
import { wholeModel } from '../../scripts/eval/learned-models.ts';
import { ProgressBar } from '../../scripts/eval/progress-bar.ts';
import { type Share, shareOf } from '../../shared/domain/agreement.ts';
import type { PeopleWhoSettle } from './people-who-settle.ts';
import type { PublicSet } from './public-sets.ts';

/** What a workflow did with rows that neither its model nor its thresholds had seen. */
export interface Evidence {
  readonly taught: number;
  readonly cases: number;
  /** Decided without a person, of all. */
  readonly alone: Share;
  /** Right, of those: a case that belongs nowhere and was decided is wrong. */
  readonly rightAlone: Share;
  /** Right in what is proposed, whoever decides, of those that belong somewhere. */
  readonly right: Share;
  /** Of those that belong nowhere, handed to a person; null where all belong somewhere. */
  readonly outsideAsked: Share | null;
  /** The same cases weighed so that the share the owner declared belongs nowhere. */
  readonly atDeclared: { readonly alone: number; readonly rightAlone: number } | null;
  readonly tookMsP95: number;
}

/**
 * Trains on `examples` alone, then runs `unseen` through cases, agents and governance; nothing is performed. `people`: who
 * settles cases as they come, where the workflow goes on learning.
 */
export async function gatherEvidence(
  set: PublicSet,
  examples: readonly Labelled[],
  unseen: readonly Labelled[],
  people?: PeopleWhoSettle,
): Promise<Evidence> {
  const bytes = await trained(set, examples);
  const results = await run(set, people === undefined ? unseen : inOrder(unseen), bytes, people);
  const outside = results.filter(isOutside);
  const inside = results.filter((result) => !isOutside(result));
  const alone = results.filter(({ isAlone }) => isAlone);
  const took = results.map(({ tookMs }) => tookMs).sort((a, b) => a - b);
  return {
    taught: examples.length,
    cases: results.length,
    alone: shareOf(alone.length, results.length),
    rightAlone: shareOf(alone.filter(({ isRight }) => isRight).length, alone.length),
    right: shareOf(inside.filter(({ wrongJudged }) => wrongJudged.length === 0).length, inside.length),
    outsideAsked:
      outside.length === 0 ? null : shareOf(outside.filter(({ isAlone }) => !isAlone).length, outside.length),
    atDeclared: set.outOfScopeShare === null ? null : weighed(inside, outside, set.outOfScopeShare),
    tookMsP95: took[Math.ceil(took.length * 0.95) - 1] ?? 0,
  };
}

async function trained(set: PublicSet, examples: readonly Labelled[]): Promise<Uint8Array | null> {
  const bar = new ProgressBar('train');
  bar.draw(0, 1, set.workflow.id);
  const bytes = (await wholeModel(set.workflow, examples)).bytesOf(null);
  bar.end(`${set.workflow.id} on ${examples.length} examples`);
  return bytes;
}

/** As they happened. */
function inOrder(rows: readonly Labelled[]): readonly Labelled[] {
  return rows.toSorted((a, b) => ((a.date ?? '') < (b.date ?? '') ? -1 : (a.date ?? '') > (b.date ?? '') ? 1 : 0));
}

async function run(
  set: PublicSet,
  unseen: readonly Labelled[],
  bytes: Uint8Array | null,
  people?: PeopleWhoSettle,
): Promise<CaseResult[]> {
  const clock = new TrackedClock();
  const chosen = { tiers: ['learned'] as const, claudeModels: CLAUDE_MODELS, apiKey: null, baseUrl: null };
  const history = people === undefined ? {} : { history: people.history };
  const models = chosenModels(chosen, { clock, assets: { read: async () => bytes }, ...history });
  const byId = new Map(unseen.map((example) => [example.id, example]));
  const bar = new ProgressBar('score');
  const results: CaseResult[] = [];
  await runSet({
    ...{ workflow: set.workflow, examples: unseen, clock, concurrency: 1, money: new MoneyCap(0, 0) },
    versions: { workflow: 'bench', code: 'bench' },
    foldOf: () => null,
    modelsOf: () => models,
    onResult: async (result) => {
      results.push(result);
      bar.draw(results.length, unseen.length);
      const example = byId.get(result.id);
      if (example !== undefined) await people?.settle(set.workflow, example, result);
    },
  });
  clock.stop();
  bar.end(`${results.length} cases`);
  return results;
}

/** No value is right for it. */
function isOutside({ expected }: CaseResult): boolean {
  return Object.values(expected).every((value) => value === null);
}

function weighed(inside: readonly CaseResult[], outside: readonly CaseResult[], share: number) {
  const of = (results: readonly CaseResult[], isCounted: (result: CaseResult) => boolean): number =>
    results.filter(isCounted).length / Math.max(1, results.length);
  const alone = (1 - share) * of(inside, ({ isAlone }) => isAlone) + share * of(outside, ({ isAlone }) => isAlone);
  const right = (1 - share) * of(inside, ({ isAlone, isRight }) => isAlone && isRight);
  return { alone, rightAlone: alone === 0 ? 0 : right / alone };
}
