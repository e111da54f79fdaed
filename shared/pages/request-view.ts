import type {
  Action,
  Answer,
  Case,
  JsonObject,
  PersonRequest,
  Proof,
  RequestKind,
  RequestState,
  TurnResult,
  Verb,
  VoteCount,
} from '../contracts/index.ts';
import { titleOf as agentTitle, isScripted, SCRIPTED_WORDS } from './agent-words.ts';
import type { Change } from './changes.ts';
import { type DecisionView, decisionView } from './decision-view.ts';
import { type EvidenceView, evidenceView } from './evidence-view.ts';
import { type Fact, factsOf } from './facts.ts';
import { labelOf } from './field-labels.ts';
import { type FormField, formFields } from './form-fields.ts';
import { type JsonSchema, own } from './json-schema.ts';
import { type Proposal, proposalOf } from './proposal.ts';
import { reasonWords } from './reason-words.ts';
import { seenDigest } from './seen-digest.ts';
import { type TeamView, teamView } from './team-view.ts';
import { type VerbView, verbViews } from './verb-views.ts';

/** What a request page and its mails are made from. Nothing is read, nothing but `nowMs` tells the time. */
export type RequestParts = {
  readonly request: PersonRequest;
  readonly case: Case;
  /** The action that the request is about; null when it is about the whole case. */
  readonly action: Action | null;
  readonly workflow: WorkflowWords;
  /** Titles for people by source id. */
  readonly sourceTitles: Readonly<Record<string, string>>;
  /** JSON Schema of the action's arguments, or of the decision when the request is about the case. */
  readonly argumentsSchema: JsonSchema;
  /** What the agents answered, for confidence and reasons field by field; the case's own figures when left out. */
  readonly turns?: readonly TurnResult[];
  /** The last vote of a panel; none by default. */
  readonly votes?: VoteCount | null;
  readonly nowMs: number;
  /** E-mail address of the person who looks. */
  readonly person: string;
  /** For whom that person answers, who is away; nobody by default. */
  readonly onBehalfOf?: string | null;
  /** By default: with the code from the mail. */
  readonly answering?: Answering;
};

/**
 * How whoever looks at the page can prove who they are.
 * - `code`: by the code from the mail.
 * - `signed-in`: they have signed in, and well enough for this question.
 * - `sign-in`: they have to sign in first, or again where it was too long ago.
 * - `somebody-else`: signed in, but the link is another person's.
 */
export type Answering = { readonly place: Place } & (
  | { readonly kind: 'code' }
  | { readonly kind: 'signed-in'; readonly as: string }
  | { readonly kind: 'sign-in'; readonly because: 'unknown' | 'stale' }
  | { readonly kind: 'somebody-else'; readonly as: string }
);

/** Where a page stands, and what it has to carry to be known as one of ours. */
export type Place = {
  /** The way from this page to the root of the site. */
  readonly root: '.' | '..' | '../..';
  /** Who is signed in; null for nobody. */
  readonly signedInAs: string | null;
  /** Bound to the session; empty without one. */
  readonly formToken: string;
  /** When the page was shown, sealed; empty where that is not known. */
  readonly shown: string;
};

export const NO_PLACE: Place = { root: '..', signedInAs: null, formToken: '', shown: '' };

/** How a workflow speaks of itself. */
export type WorkflowWords = {
  readonly title: string;
  readonly team: string;
  /** A few words that tell this case from another; empty where the workflow has none. */
  readonly subject?: string;
  /** Names of fields by dotted path or key, in the order in which people want to read them. */
  readonly labels: Readonly<Record<string, string>>;
  /** Titles of its agents by id; an agent without one is called by its id. */
  readonly agents?: Readonly<Record<string, string>>;
  /** The builder's own words for what follows; each has a sentence of ours where it is left out. */
  readonly consequences?: Readonly<Partial<Record<Verb | 'deadline', string>>>;
  /** IANA zone in which times are shown; UTC by default. */
  readonly timeZone?: string;
};

/** Everything that a person is shown, as plain data. */
export type RequestView = {
  readonly requestId: string;
  readonly caseId: string;
  readonly kind: RequestKind;
  readonly state: RequestState;
  readonly answer: Answer | null;
  readonly person: string;
  readonly people: readonly string[];
  readonly workflow: { readonly title: string; readonly team: string };
  readonly subject: string;
  readonly timeZone: string;
  readonly nowMs: number;
  readonly openedAtMs: number;
  readonly remindAtMs: number;
  readonly deadlineMs: number;
  /** `nothing`: whatever the answer, no effect follows from it. */
  readonly effect: 'carried-out' | 'nothing';
  readonly isShadow: boolean;
  readonly question: string;
  /** Why a person is asked. */
  readonly reasons: readonly string[];
  /** What is degraded, incomplete or otherwise to be read with care. */
  readonly cautions: readonly string[];
  /** Answers of agents that failed their checks, as they came. */
  readonly attempts: readonly string[];
  /** Who or what it is about: every field of the case's input. */
  readonly input: readonly Fact[];
  readonly decision: DecisionView | null;
  /** What each of several agents said; null where one works alone. */
  readonly team: TeamView | null;
  readonly action: { readonly title: string; readonly target: string; readonly state: Action['state'] } | null;
  readonly proposal: Proposal;
  /** What the person put in the proposal's place; null unless the answer was an edit. */
  readonly edited: Proposal | null;
  readonly evidence: readonly EvidenceView[];
  readonly verbs: readonly VerbView[];
  readonly atDeadline: string;
  readonly fields: readonly FormField[];
  readonly draft: JsonObject;
  /** The decision of the case as it is stored. */
  readonly decided: JsonObject | null;
  readonly digest: string;
  /** Who looks said yes to it, and may have that remembered for actions alike; only a page of its end has to know. */
  readonly mayRemember: boolean;
  /** SHA-256 of what is shown, the same whenever and to whomever the same is shown. */
  readonly seen: string;
  /** The least that proves who answers. */
  readonly proof: Proof;
  readonly answering: Answering;
  readonly onBehalfOf: string | null;
  /** Distinct people who must say yes, and who did. */
  readonly quorum: number;
  readonly votes: readonly Answer[];
  /** Who wants it, and so may not say yes. */
  readonly excluded: readonly string[];
  /** What the person who looks may not do themselves; null for nothing of the kind. */
  readonly barred: 'voted' | 'excluded' | null;
  /** Verbs that need a reason besides those that always do. */
  readonly reasonFor: readonly Verb[];
  /** What is no longer as it was when somebody said yes, and that yes. */
  readonly changes: readonly Change[];
  readonly earlier: Answer | null;
};

/** Pure: the same parts give the same view. */
export function requestView(parts: RequestParts): RequestView {
  const { request, workflow, action } = parts;
  const phase = parts.case.phase ?? parts.case.settings.phase;
  const isShadow = request.kind !== 'change-phase' && (phase === 'shadow' || parts.case.verdict?.kind === 'review');
  const effect = isShadow || LOOKS_ON.has(request.kind) || action?.mode === 'review' ? 'nothing' : 'carried-out';
  // What they said, cited, doubted or failed at tells what the agents decided.
  const turns = isBlind(request) ? [] : (parts.turns ?? []);
  const asProposal = (draft: JsonObject): Proposal =>
    proposalOf(draft, parts.argumentsSchema, workflow.labels, own(parts.case.input, 'currency'));
  const words = { kind: request.kind, effect, action, consequences: workflow.consequences ?? {} } as const;
  const say = (reason: string): string => reasonWords(reason, { labels: workflow.labels, sources: parts.sourceTitles });
  const barred = barredFrom(parts);
  const isYes = (verb: Verb): boolean => verb === 'approve' || (verb === 'edit' && barred === 'excluded');
  const open = barred === null ? request.verbs : request.verbs.filter((verb) => !isYes(verb));
  return {
    requestId: request.id,
    caseId: request.caseId,
    kind: request.kind,
    state: request.state,
    answer: request.answer,
    person: parts.person,
    people: request.people,
    workflow: { title: workflow.title, team: workflow.team },
    subject: workflow.subject ?? '',
    timeZone: workflow.timeZone ?? 'UTC',
    nowMs: parts.nowMs,
    openedAtMs: request.openedAtMs,
    remindAtMs: request.remindAtMs,
    deadlineMs: request.deadlineMs,
    effect,
    isShadow,
    question: request.question,
    reasons: request.reasons.map(say),
    cautions: newTo(request.reasons.map(say), cautionsOf(parts, turns).map(say), parts),
    attempts: turns.flatMap(({ attempts }) => attempts),
    input: factsOf(parts.case.input, workflow.labels),
    decision: isBlind(request) ? null : decisionView(parts.case, turns, workflow, say),
    team: isBlind(request) ? null : teamOf(parts, turns),
    action: action && { title: action.title, target: action.intent.target, state: action.state },
    proposal: asProposal(request.draft),
    edited: request.answer?.edits ? asProposal(request.answer.edits) : null,
    evidence: evidenceView(parts.case.readings, parts.sourceTitles, workflow.labels, citedIn(turns)),
    ...verbViews(open, words),
    fields: formFields(parts.argumentsSchema, workflow.labels),
    draft: request.draft,
    decided: parts.case.decision,
    digest: request.digest,
    mayRemember: false,
    seen: seenDigest(parts),
    proof: request.proof,
    answering: parts.answering ?? { kind: 'code', place: NO_PLACE },
    onBehalfOf: parts.onBehalfOf ?? null,
    quorum: request.quorum,
    votes: request.votes,
    excluded: request.excluded,
    barred,
    reasonFor: request.reasonFor,
    changes: request.changes.map(({ source, path, before, after }) => ({
      label:
        path === ''
          ? titleOf(parts, source)
          : `${titleOf(parts, source)}: ${labelOf(path.split('.'), workflow.labels)}`,
      before,
      after,
    })),
    earlier: request.earlier,
  };
}

/** Nothing follows from their answers but what is known of the agents. */
const LOOKS_ON: ReadonlySet<RequestKind> = new Set(['review-decision', 'spot-check', 'second-review']);

function teamOf({ workflow, votes = null }: RequestParts, turns: readonly TurnResult[]): TeamView | null {
  return teamView(turns, votes, { titles: workflow.agents ?? {}, labels: workflow.labels });
}

/** Ids of the sources that the answers name; null where no model says. */
function citedIn(turns: readonly TurnResult[]): ReadonlySet<string> | null {
  const said = turns.flatMap(({ cites }) => (cites === null ? [] : [cites]));
  return said.length === 0 ? null : new Set(said.flat());
}

/** The person decides first; what the agents decided is shown once they have. */
function isBlind({ kind, draft, state }: PersonRequest): boolean {
  const isReview = kind === 'review-decision' || kind === 'second-review';
  return isReview && state === 'open' && Object.keys(draft).length === 0;
}

/** Each person says yes once, whoever they answer for, and never to what they asked for themselves. */
function barredFrom({ request, person, onBehalfOf = null }: RequestParts): RequestView['barred'] {
  if (request.state !== 'open') return null;
  const names = [person, onBehalfOf ?? person].map((name) => name.toLowerCase());
  if (request.excluded.some((one) => names.includes(one.toLowerCase()))) return 'excluded';
  const voices = request.votes.flatMap((vote) => [vote.by, vote.onBehalfOf ?? vote.by]);
  return voices.some((one) => names.includes(one.toLowerCase())) ? 'voted' : null;
}

function titleOf({ sourceTitles }: RequestParts, source: string): string {
  return (Object.hasOwn(sourceTitles, source) && sourceTitles[source]) || source;
}

/** What the reasons have not said already. */
function newTo(reasons: readonly string[], cautions: readonly string[], { sourceTitles }: RequestParts): string[] {
  const told = Object.values(sourceTitles).filter((title) => reasons.some((reason) => reason.startsWith(`${title}: `)));
  return cautions.filter(
    (caution) => !(reasons.includes(caution) || told.some((title) => caution === `${title} is incomplete.`)),
  );
}

function cautionsOf(parts: RequestParts, turns: readonly TurnResult[]): string[] {
  const called = (agent: string): string => agentTitle(parts.workflow.agents ?? {}, agent);
  return [
    ...(isScripted(parts.case) ? [SCRIPTED_WORDS] : []),
    ...parts.case.problems.map((problem) => `The trigger does not fit: ${problem}`),
    ...turns
      .filter(({ status }) => status === 'failed')
      .map(({ agent, cap }) =>
        cap === null
          ? `The agent ${called(agent)} gave no answer.`
          : `No model was asked by ${called(agent)}: its limit is reached.`,
      ),
    ...turns
      .filter(({ status }) => status === 'degraded')
      .map(({ agent }) => `The answer of ${called(agent)} came after failed checks.`),
    ...turns.flatMap(({ doubts }) => doubts),
    ...parts.case.readings
      .filter(({ status }) => status !== 'complete')
      .map(
        ({ source, status }) =>
          `${titleOf(parts, source)} ${status === 'failed' ? 'could not be read' : 'is incomplete'}.`,
      ),
    ...(parts.case.settings.paused ? ['The workflow is paused: nothing is carried out until it is resumed.'] : []),
  ];
}
