import type { JsonObject, Phase, Reason, Settings, TurnResult, Verdict } from '../contracts/index.ts';

/**
 * What governance makes of a decision. Every reason to involve a person is listed, not only the first, so that the
 * person sees all of them. Fails closed: what cannot be judged is asked.
 */
export function judge(case_: Judged): Verdict {
  const doubts = reasonsToAsk(case_);
  if (case_.phase === 'shadow') {
    return {
      kind: 'review',
      reasons: [
        { code: 'phase-shadow', text: 'The workflow is in shadow: a person reviews, nothing is done.' },
        ...doubts,
      ],
    };
  }
  if (doubts.length > 0) return { kind: 'ask', reasons: doubts };
  if (case_.plannedActions === 0)
    return { kind: 'stop', reasons: [{ code: 'no-action', text: 'No action follows from this decision.' }] };
  return { kind: 'act', reasons: [{ code: 'within-remit', text: 'Confident, complete and inside the limits.' }] };
}

export interface Judged {
  /** Null when the agents gave none that fits the schema. */
  readonly decision: JsonObject | null;
  /** Why the decision is missing or was refused by its schema. */
  readonly problems: readonly string[];
  readonly turns: readonly TurnResult[];
  readonly confidence: number;
  /** Escalation rules that hold; a rule that throws counts as one that holds. */
  readonly rules: readonly Reason[];
  /** Required sources that were not complete, by title. */
  readonly missingSources: readonly Reason[];
  readonly plannedActions: number;
  readonly settings: Settings;
  /** That the case is treated in. */
  readonly phase: Phase;
  /** Caps that the planned actions would pass. */
  readonly caps: readonly Reason[];
  /** Sources that the answers name and may not rest on. */
  readonly citations: readonly Reason[];
  /** For how several agents worked together: a bound, a disagreement, a question of one of them. */
  readonly together?: readonly Reason[];
}

function reasonsToAsk(judged: Judged): Reason[] {
  return [
    ...decisionReasons(judged),
    ...(judged.together ?? []),
    ...judged.turns.flatMap(turnReasons),
    ...judged.missingSources,
    ...judged.citations,
    ...judged.rules,
    ...judged.caps,
    ...confidenceReasons(judged),
    ...(judged.settings.paused
      ? [{ code: 'paused', text: 'The workflow is switched off: people go on by hand.' }]
      : []),
  ];
}

function decisionReasons({ decision, problems, turns, together = [] }: Judged): Reason[] {
  const isExplained = problems.length + together.length > 0 || turns.some(({ status }) => status !== 'answered');
  // An answer without a judgement, or no turn at all, must not pass for "nothing to do".
  const texts = decision === null && !isExplained ? ['The agents came to no decision.'] : problems;
  return texts.map((text) => ({ code: 'no-valid-decision', text }));
}

function turnReasons(turn: TurnResult): Reason[] {
  switch (turn.status) {
    case 'answered':
      return turn.doubts.map((text) => ({ code: 'model-doubt', text }));
    case 'degraded':
      return [
        { code: 'degraded-output', text: `The answer of ${turn.agent} came after failed checks and is a draft only.` },
      ];
    case 'failed':
      if (turn.cap !== null) return [{ code: `cap:${turn.cap}`, text: turn.doubts.join(' ') }];
      return [
        { code: 'agent-failed', text: `${turn.agent} gave no answer: ${turn.doubts.join('; ') || 'unknown reason'}` },
      ];
  }
}

function confidenceReasons({ confidence, settings, decision }: Judged): Reason[] {
  // Written so that NaN asks too, and what is no probability at all.
  if (decision === null || (confidence >= settings.minimumConfidence && confidence <= 1)) return [];
  const text = `Confidence ${percent(confidence)} is below the ${percent(settings.minimumConfidence)} that this workflow asks for.`;
  return [{ code: 'low-confidence', text }];
}

function percent(share: number): string {
  return Number.isFinite(share) ? `${Math.round(share * 100)} %` : 'unknown';
}
