import { Verb } from '../contracts/index.ts';
import type { Each } from './each.ts';
import { plainFacts } from './plain-words.ts';
import type { Gates, Rollout, StepBack } from './rollout.ts';
import type { ActionDefinition, Approval, Cap, Source, Team, Workflow } from './workflow.ts';

/** A workflow as a builder may leave it: what is not said has a default that asks rather than acts. */
export type Sparse = Omit<
  Workflow,
  'labels' | 'signals' | 'caseKey' | 'requestedBy' | 'team' | 'sources' | 'actions' | 'segments' | 'caps' | 'rollout'
> &
  Partial<Pick<Workflow, 'labels' | 'caseKey' | 'requestedBy' | 'segments'>> & {
    readonly signals?: Each['signals'];
    readonly team: Omit<Team, 'roles' | 'channel'> & Partial<Pick<Team, 'roles' | 'channel'>>;
    readonly sources: Readonly<Record<string, SparseSource>>;
    readonly actions: Readonly<Record<string, SparseAction>>;
    readonly caps?: readonly (Omit<Cap, 'actions' | 'currency'> & Partial<Pick<Cap, 'actions' | 'currency'>>)[];
    readonly rollout: Pick<Rollout, 'phase' | 'minimumConfidence' | 'minutesByHand' | 'aim'> & {
      readonly gates?: Partial<Gates>;
      readonly stepBack?: Partial<StepBack>;
      readonly blindShare?: number;
      readonly secondReviewShare?: number;
      readonly spotCheckShare?: number;
    };
  };

type SparseSource = Pick<Source, 'title' | 'connector' | 'isRequired' | 'arguments'> & Partial<Source>;

type SparseAction = Pick<ActionDefinition, 'title' | 'tier' | 'connector'> &
  Partial<Omit<ActionDefinition, 'title' | 'tier' | 'connector' | 'approval'>> & {
    readonly approval?: Partial<Approval>;
  };

export function withDefaults(sparse: Sparse): Workflow {
  const { team, sources, actions, caps = [], rollout, signals = () => ({}) } = sparse;
  return {
    ...sparse,
    labels: sparse.labels ?? {},
    signals: (input) => signals(plainFacts(input), input),
    // The same input is the same case for this purpose, and nothing else is known of it.
    caseKey: sparse.caseKey ?? ((input) => JSON.stringify(input)),
    requestedBy: sparse.requestedBy ?? (() => null),
    team: { ...team, roles: team.roles ?? {}, channel: team.channel ?? null },
    sources: mapped(sources, sourceWithDefaults),
    actions: mapped(actions, actionWithDefaults),
    segments: sparse.segments ?? [],
    caps: withModelCaps(caps.map((cap) => ({ ...cap, actions: cap.actions ?? [], currency: cap.currency ?? null }))),
    rollout: {
      ...rollout,
      gates: { ...DEFAULT_GATES, agreement: defaultAgreement(actions), ...rollout.gates },
      stepBack: { ...DEFAULT_STEP_BACK, ...rollout.stepBack },
      blindShare: rollout.blindShare ?? 0,
      secondReviewShare: rollout.secondReviewShare ?? 0,
      spotCheckShare: rollout.spotCheckShare ?? DEFAULT_SPOT_CHECKS,
    },
  };
}

const DEFAULT_GATES: Omit<Gates, 'agreement'> = { minimumDecisions: 30, errors: 0.05, tolerances: {} };

/** The smallest n at which all in agreement pass a bound of 85 % is 22; of 95 % it is 73. */
const AGREEMENT = { ofSmallThings: 0.85, whereSomethingMatters: 0.95 } as const;

/** Where people must at least know of an action, much hangs on the decision. */
function defaultAgreement(actions: Sparse['actions']): number {
  const isSmall = Object.values(actions).every(({ tier }) => tier === 'autonomous');
  return isSmall ? AGREEMENT.ofSmallThings : AGREEMENT.whereSomethingMatters;
}

/** One in ten. */
const DEFAULT_SPOT_CHECKS = 0.1;

const DEFAULT_STEP_BACK: StepBack = { window: 50, signals: 5, coolDownDays: 14 };

/** What models may cost where a builder sets no limit of that kind; US dollars. */
const MODEL_CAPS: readonly Cap[] = [
  { id: 'model-cost-per-case', counts: 'model-cost', per: 'case', limit: 1, actions: [], currency: null },
  { id: 'model-cost-per-day', counts: 'model-cost', per: 'day', limit: 25, actions: [], currency: null },
];

/** No workflow is without a ceiling for the money of its models. */
function withModelCaps(caps: readonly Cap[]): Cap[] {
  const missing = MODEL_CAPS.filter(({ per }) => !caps.some((cap) => cap.counts === 'model-cost' && cap.per === per));
  return [...caps, ...missing];
}

const DEFAULT_APPROVAL: Approval = {
  people: [],
  nextPeople: [],
  quorum: 1,
  proof: 'mail-code',
  answerWithinHours: null,
  verbs: Verb.options,
  needsReason: false,
  above: [],
};

/** About as much as a model reads for a cent. */
const SHOWN_BYTES = 32_768;

function sourceWithDefaults(declared: SparseSource): Source {
  const { missing = () => [], read = 'always', asks = null, mostBytes = SHOWN_BYTES } = declared;
  return { ...declared, missing, read, asks, mostBytes };
}

function actionWithDefaults(declared: SparseAction): ActionDefinition {
  return {
    ...declared,
    holdMinutes: declared.holdMinutes ?? null,
    compensation: declared.compensation ?? null,
    pins: declared.pins ?? [],
    amount: declared.amount ?? (() => null),
    approveFrom: declared.approveFrom ?? null,
    approval: { ...DEFAULT_APPROVAL, ...declared.approval },
    after: declared.after ?? [],
  };
}

function mapped<A, B>(record: Readonly<Record<string, A>>, change: (value: A) => B): Record<string, B> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, change(value)]));
}
