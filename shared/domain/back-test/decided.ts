import type { EscalationRule, Workflow } from '../../authoring/index.ts';
import type { Action, ActionMode, JsonObject, Phase, Reason, Verdict } from '../../contracts/index.ts';
import { holdingRules } from '../conclude.ts';
import { factsOf } from '../facts-of.ts';
import { judge } from '../judge.ts';
import { phaseOf } from '../phases.ts';
import { planActions } from '../plan-actions.ts';
import type { Handling, Item } from './change.ts';
import type { PastCase, PastRound, Said } from './past-case.ts';

/** What of the judgement would have been another one; the rest is as it was recorded. */
export interface Rejudged {
  readonly minimumConfidence?: number;
  readonly escalation?: readonly EscalationRule[];
}

/** Decisions of agents: whether they would have stood without a person. */
export function decidedItems(workflow: Workflow, past: readonly PastCase[], rejudged: Rejudged): Item[] {
  return past.flatMap((case_) =>
    decisionsOf(case_).map((round): Item => {
      const after = verdictAgain(workflow, case_, round, { ...rejudged, phase: round.phase });
      const said = saidOfDecision(case_, round);
      return { ...about(case_, round), before: HANDLING[round.verdict.kind], after: HANDLING[after], said };
    }),
  );
}

/** Decisions of agents in one segment, by what needs people most among what follows from them. */
export function phaseItems(
  workflow: Workflow,
  past: readonly PastCase[],
  change: { readonly segment: string | null; readonly phase: Phase },
): Item[] {
  const { segment } = change;
  return past.flatMap((case_) =>
    decisionsOf(case_)
      .filter((round) => round.segment === segment)
      .map((round): Item => {
        const settings =
          segment === null
            ? { ...case_.settings, phase: change.phase }
            : { ...case_.settings, segments: { ...case_.settings.segments, [segment]: change.phase } };
        const phase = phaseOf(settings, segment, case_.caseKey);
        const verdict = verdictAgain(workflow, case_, round, { phase });
        const actions = verdict === 'act' ? planAgain(workflow, case_, round, phase) : [];
        const before = round.verdict.kind === 'act' ? strictest(round.actions) : HANDLING[round.verdict.kind];
        const after = verdict === 'act' ? strictest(actions ?? []) : HANDLING[verdict];
        return { ...about(case_, round), before, after, said: saidOfAll(case_, round) };
      }),
  );
}

export const MODE_HANDLING: Readonly<Record<ActionMode, Handling>> = {
  perform: 'by-itself',
  'perform-and-tell': 'by-itself',
  hold: 'held',
  ask: 'asked',
  review: 'reviewed',
};

const HANDLING: Readonly<Record<Verdict['kind'], Handling>> = {
  act: 'by-itself',
  ask: 'asked',
  review: 'reviewed',
  stop: 'nothing',
};

/** Reasons that are made anew, or only say how it came out. */
const MADE_ANEW = new Set(['phase-shadow', 'within-remit', 'no-action', 'low-confidence', 'paused']);

function decisionsOf({ rounds }: PastCase): readonly PastRound[] {
  return rounds.filter(({ isByAgents, decision }) => isByAgents && decision !== null);
}

function about({ caseId }: PastCase, { atMs }: PastRound): Pick<Item, 'caseId' | 'actionId' | 'atMs'> {
  return { caseId, actionId: null, atMs };
}

/** The verdict as it would have been: recorded reasons, decision and confidence, and nothing that is asked anew. */
function verdictAgain(
  workflow: Workflow,
  case_: PastCase,
  round: PastRound,
  { minimumConfidence = case_.settings.minimumConfidence, escalation, phase }: Rejudged & { readonly phase: Phase },
): Verdict['kind'] {
  const { decision, confidence, verdict } = round;
  if (decision === null) return verdict.kind;
  const kept = verdict.reasons.filter(({ code }) => !MADE_ANEW.has(code));
  const rules =
    escalation === undefined ? kept : [...kept.filter(isNoRule), ...rulesNow(workflow, case_, round, escalation)];
  const planned = plannedActions(workflow, case_, round, phase);
  const again = judge({
    ...{ decision, confidence, phase, turns: [], missingSources: [], rules, plannedActions: planned ?? 0 },
    // What caps and cited sources said then is among the reasons that are kept.
    ...{ caps: [], citations: [] },
    problems: planned === null ? ['The actions of this decision cannot be made.'] : [],
    settings: { ...case_.settings, minimumConfidence },
  });
  return again.kind;
}

function isNoRule({ code }: Reason): boolean {
  return !code.startsWith('rule:');
}

function rulesNow(
  workflow: Workflow,
  { input }: PastCase,
  { decision, readings }: PastRound,
  escalation: readonly EscalationRule[],
): Reason[] {
  return holdingRules({ escalation }, decision ?? {}, factsOf(workflow, input as JsonObject, readings));
}

/** How many actions follow; null where none can be made. What is on record is not planned again. */
function plannedActions(workflow: Workflow, case_: PastCase, round: PastRound, phase: Phase): number | null {
  if (round.verdict.kind === 'act') return Math.max(1, round.actions.length);
  if (round.verdict.kind === 'stop') return 0;
  return planAgain(workflow, case_, round, phase)?.length ?? null;
}

function planAgain(workflow: Workflow, case_: PastCase, round: PastRound, phase: Phase): readonly Action[] | null {
  const { caseId, version } = case_;
  const { readings, known, decision } = round;
  const input = case_.input as JsonObject;
  const context = { caseId, workflow, version, phase, round: round.round, input, readings, known };
  const plan = planActions(context, decision ?? {}, factsOf(workflow, input, readings));
  return plan.ok ? plan.actions : null;
}

const NEEDS_PEOPLE: readonly Handling[] = ['nothing', 'by-itself', 'held', 'asked', 'reviewed'];

function strictest(actions: readonly Action[]): Handling {
  const ranks = actions.map(({ mode }) => NEEDS_PEOPLE.indexOf(MODE_HANDLING[mode]));
  return NEEDS_PEOPLE[Math.max(0, ...ranks)] ?? 'asked';
}

function saidOfDecision({ questions }: PastCase, { round }: PastRound): Said | null {
  const put = questions.find(
    ({ kind, round: after }) => after === round && (kind === 'decide-case' || kind === 'review-decision'),
  );
  return put?.said ?? null;
}

/** The least favourable of what people said of a decision and of its actions. */
function saidOfAll(case_: PastCase, round: PastRound): Said | null {
  const ids = new Set<string | null>(round.actions.map(({ id }) => id));
  const ofActions = case_.questions.filter(({ actionId }) => actionId !== null && ids.has(actionId));
  const all = [saidOfDecision(case_, round), ...ofActions.map(({ said }) => said)].filter((said) => said !== null);
  return all.toSorted((a, b) => FAVOUR.indexOf(a.verb) - FAVOUR.indexOf(b.verb))[0] ?? null;
}

const FAVOUR: readonly Said['verb'][] = ['reject', 'take-over', 'respond', 'edit', 'expired', 'approve'];
