import type { Workflow } from '../authoring/index.ts';
import type { Action, Json } from '../contracts/index.ts';
import { actionsOf, hasValues, questionAbout } from './back-test/acted.ts';
import { type BackTest, backTest, type PastCase, type RuleChange } from './back-test.ts';
import { canonicalJson } from './canonical-json.ts';
import { leavesOf } from './leaf-fields.ts';
import { fieldWords } from './shape-words.ts';
import { DAY_MS } from './shapes.ts';

/** So many refusals alike in so many days propose a rule. */
const FEWEST_REFUSALS = 3;
const WITHIN_DAYS = 30;

export interface ProposedRule {
  readonly sentence: string;
  readonly refusals: number;
  readonly rule: Extract<RuleChange, { kind: 'refusal' }>;
  /** What the rule would have meant for all of the cases given. */
  readonly backTest: BackTest;
}

/**
 * Rules that repeated refusals speak for: actions of one effect with the same values that people rejected three times or
 * more within 30 days, and did not approve as often; the most narrow first. A proposal and no more: nothing is refused by it.
 */
export function proposeRules(workflow: Workflow, past: readonly PastCase[], nowMs: number): ProposedRule[] {
  const answered = answeredActions(past, nowMs - WITHIN_DAYS * DAY_MS);
  const rejected = answered.filter(({ isYes }) => !isYes).map(({ action }) => action);
  const effects = [...new Set(rejected.map(({ intent }) => intent.effect))];
  return effects
    .flatMap((effect) =>
      sharedValues(rejected.filter(({ intent }) => intent.effect === effect)).flatMap(({ fixed, refusals }) => {
        const yes = answered.filter(
          ({ isYes, action }) => isYes && action.intent.effect === effect && hasValues(action, fixed),
        );
        return yes.length >= refusals ? [] : [proposed(workflow, past, { effect, fixed, refusals })];
      }),
    )
    .toSorted((a, b) => namedBy(b) - namedBy(a) || b.refusals - a.refusals || a.sentence.localeCompare(b.sentence));
}

function namedBy({ rule }: ProposedRule): number {
  return Object.keys(rule.fixed).length;
}

interface Answered {
  readonly action: Action;
  readonly isYes: boolean;
}

function answeredActions(past: readonly PastCase[], fromMs: number): Answered[] {
  return actionsOf(past, () => true).flatMap(({ case_, round, action }) => {
    const verb = questionAbout(case_, action, ['approve-action', 'hold-action'])?.said?.verb;
    if (round.atMs < fromMs || (verb !== 'reject' && verb !== 'approve' && verb !== 'edit')) return [];
    return [{ action, isYes: verb !== 'reject' }];
  });
}

interface Shared {
  readonly fixed: Readonly<Record<string, Json>>;
  readonly refusals: number;
}

/** For each value that enough refusals share: all values that these refusals have in common. */
function sharedValues(rejected: readonly Action[]): Shared[] {
  const byValue = Map.groupBy(
    rejected.flatMap((action) => [...leavesOf(action.arguments)].map(([path, value]) => ({ action, path, value }))),
    ({ path, value }) => canonicalJson([path, value]),
  );
  const groups = [...byValue.values()].filter(({ length }) => length >= FEWEST_REFUSALS);
  const found = groups.map((group): [string, Shared] => {
    const [first, ...others] = group.map(({ action }) => action);
    const common = [...leavesOf(first?.arguments ?? {})].filter(([path, value]) =>
      others.every((other) => hasValues(other, { [path]: value })),
    );
    return [canonicalJson(Object.fromEntries(common)), { fixed: Object.fromEntries(common), refusals: group.length }];
  });
  return [...new Map(found).values()];
}

function proposed(
  workflow: Workflow,
  past: readonly PastCase[],
  { effect, fixed, refusals }: Shared & { readonly effect: string },
): ProposedRule {
  const rule = { kind: 'refusal' as const, effect, fixed };
  const alike = actionsOf(past, (action) => action.intent.effect === effect && hasValues(action, fixed));
  const titles = [...new Set(alike.map(({ action }) => action.title))];
  const where = fieldWords({ fixed: { ...fixed }, limits: {}, maxAmount: null, freeFields: [] }, workflow.labels);
  const sentence = `Do not propose "${titles.join('" or "')}"${where}: people rejected it ${refusals} times in ${WITHIN_DAYS} days.`;
  return { sentence, refusals, rule, backTest: backTest(workflow, past, rule) };
}
