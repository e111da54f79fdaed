import type { Workflow } from '../authoring/index.ts';
import {
  type Action,
  type Answer,
  type Case,
  type Compared,
  type DecisionRecord,
  type JsonObject,
  type PersonRequest,
  type Phase,
  type Signal,
  type SignalKind,
  type Standing,
  type TurnResult,
  type Verdict,
  WHOLE_DECISION,
} from '../contracts/index.ts';
import { compareDecisions, tolerancesOf } from './agreement.ts';

/** What the agents decided, as it is judged. */
export interface AgentDecision {
  readonly caseId: Case['id'];
  readonly workflow: string;
  readonly version: string;
  readonly segment: string | null;
  readonly phase: Phase;
  readonly turns: readonly TurnResult[];
  readonly decision: JsonObject | null;
  readonly verdict: Verdict;
  readonly actions: readonly Action[];
  readonly atMs: number;
}

/** Reasons that say nothing against the decision itself. */
const HARMLESS: ReadonlySet<string> = new Set(['phase-shadow', 'within-remit', 'no-action', 'paused']);

/** The record of a decision of the agents. Where they decide anew in the same case, what counted before still counts. */
export function recordOf(made: AgentDecision, earlier: DecisionRecord | null): DecisionRecord {
  const { caseId, workflow, version, segment, phase, decision, verdict, turns, atMs } = made;
  return {
    ...{ caseId, workflow, segment, version, phase },
    tier: turns.at(-1)?.tier ?? 'learned',
    decidedAtMs: atMs,
    standing: standingOf(made),
    isSure: decision !== null && verdict.reasons.every(({ code }) => HARMLESS.has(code)),
    isBlind: earlier?.isBlind ?? false,
    hasFailed: (earlier?.hasFailed ?? false) || turns.some(({ status }) => status !== 'answered'),
    agentDecision: decision,
    personDecision: null,
    by: null,
    reason: '',
    compared: earlier?.compared ?? [],
    signals: [...(earlier?.signals ?? []), ...signalsOf(made)],
    ...opinionsOf(turns),
    revision: earlier === null ? 0 : earlier.revision + 1,
  };
}

/** Of the turn that decided. What a model failed to say cannot be agreed with. */
function opinionsOf(turns: readonly TurnResult[]): Pick<DecisionRecord, 'opinions'> {
  const said = (turns.at(-1)?.opinions ?? []).filter(({ judgement }) => judgement !== null);
  if (said.length === 0) return {};
  return { opinions: said.map(({ tier, model, stated, judgement }) => ({ tier, model, stated, judgement })) };
}

function standingOf({ verdict, actions }: AgentDecision): Standing {
  if (verdict.kind === 'ask' || verdict.kind === 'review') return 'waiting';
  if (actions.some(({ mode }) => mode === 'ask')) return 'waiting';
  return actions.some(({ releasedBy }) => releasedBy !== null) ? 'released' : 'alone';
}

function signalsOf({ verdict, turns, atMs }: AgentDecision): Signal[] {
  const signal = (kind: SignalKind, reason: string): Signal => ({ kind, atMs, by: 'remit', fields: [], reason });
  const degraded = turns.filter(({ status }) => status === 'degraded');
  // A turn that failed proposed nothing that could be denied.
  const denied = turns.some(({ status }) => status === 'answered')
    ? verdict.reasons.filter(({ code }) => code === 'no-valid-decision')
    : [];
  return [
    ...degraded.map(({ agent }) => signal('degraded', `The answer of ${agent} came after failed checks.`)),
    ...denied.map(({ text }) => signal('denied', text)),
    ...turns.flatMap(({ agent, cap }) =>
      cap === null ? [] : [signal('breach', `The limit ${cap} kept ${agent} from a model.`)],
    ),
  ];
}

/** What an answer was about. */
export interface Answered {
  readonly workflow: Workflow;
  readonly request: PersonRequest;
  readonly answer: Answer;
  /** As it was when it was asked; null for a question about the whole case. */
  readonly action: Action | null;
}

/**
 * What an answer says of the agents' decision. A yes agrees; other values count for the fields that they change; a no
 * counts for all of it. What was asked for another reason than the plan's (a changed fact, trouble on the way, a switch)
 * says nothing, and neither does an answer that hands the case back or takes it over.
 */
export function afterAnswer(record: DecisionRecord, answered: Answered): DecisionRecord {
  // Once it is overturned, what is asked follows from the decision of a person.
  if (record.signals.some(({ kind }) => kind === 'reversal')) return record;
  const said = saidBy(record, answered);
  if (said === null) return record;
  const { answer, request } = answered;
  const compared = [...record.compared, ...said.compared];
  return {
    ...record,
    standing: said.compared.length > 0 || record.standing === 'reviewed' ? 'reviewed' : record.standing,
    isBlind: record.isBlind || isBlind(request),
    personDecision: said.decision ?? record.personDecision,
    by: answer.by,
    reason: answer.reason,
    compared,
    signals: said.signal === null ? record.signals : [...record.signals, said.signal],
    revision: record.revision + 1,
  };
}

/** Nobody answered: it speaks for neither side, unless somebody has said something about another part of it. */
export function afterExpiry(record: DecisionRecord): DecisionRecord {
  if (record.standing !== 'waiting') return record;
  return { ...record, standing: 'expired', revision: record.revision + 1 };
}

/** What a person has decided in the agents' place breaches nothing in their name. */
export function afterBreach(record: DecisionRecord, breach: Signal): DecisionRecord {
  return record.personDecision === null ? afterSignal(record, breach) : record;
}

/** Something counts against the agent that shows only later. */
export function afterSignal(record: DecisionRecord, signal: Signal): DecisionRecord {
  return { ...record, signals: [...record.signals, signal], revision: record.revision + 1 };
}

/** A person overturned it. `decision` is the right one, where they gave one. */
export function afterReversal(
  record: DecisionRecord,
  { by, atMs, reason, decision }: { by: string; atMs: number; reason: string; decision: JsonObject | null },
  workflow: Workflow,
): DecisionRecord {
  const fields = differing(record, decision, workflow);
  const signal: Signal = { kind: 'reversal', atMs, by, fields: fields.map(({ field }) => field), reason };
  const others = record.compared.filter(({ field }) => !fields.some((other) => other.field === field));
  const overturned = { ...record, personDecision: decision ?? record.personDecision, by, reason };
  return afterSignal({ ...overturned, standing: 'reviewed', compared: [...others, ...fields] }, signal);
}

function differing({ agentDecision }: DecisionRecord, decision: JsonObject | null, workflow: Workflow): Compared[] {
  const whole = [{ field: WHOLE_DECISION, agrees: false }];
  if (decision === null || agentDecision === null) return whole;
  const fields = compareDecisions(agentDecision, decision, tolerancesOf(workflow)).filter((one) => !one.agrees);
  return fields.length === 0 ? whole : fields;
}

interface Said {
  readonly compared: readonly Compared[];
  readonly signal: Signal | null;
  readonly decision: JsonObject | null;
}

function saidBy(record: DecisionRecord, answered: Answered): Said | null {
  switch (answered.request.kind) {
    case 'review-decision':
    case 'decide-case':
      return ofDecision(record, answered, 'override');
    case 'spot-check':
      return ofDecision(record, answered, 'found-wrong');
    case 'approve-action':
      return ofAction(record, answered);
    case 'hold-action':
    case 'undo-action':
      return ofDeed(answered);
    case 'change-phase':
    case 'second-review':
      return null;
  }
}

function ofDecision(
  { agentDecision, isSure }: DecisionRecord,
  { workflow, answer }: Answered,
  otherwise: SignalKind,
): Said | null {
  if (agentDecision === null) return null;
  switch (answer.verb) {
    case 'approve':
    case 'edit': {
      const decision = answer.edits ?? agentDecision;
      const compared = compareDecisions(agentDecision, decision, tolerancesOf(workflow));
      const fields = compared.filter((one) => !one.agrees).map(({ field }) => field);
      // Where the agent asked by itself, being put right is what it asked for.
      const signal = fields.length > 0 && isSure ? signalOf(otherwise, answer, fields) : null;
      return { compared, signal, decision };
    }
    case 'reject': {
      const compared = [{ field: WHOLE_DECISION, agrees: false }];
      return { compared, signal: isSure ? signalOf(otherwise, answer, []) : null, decision: null };
    }
    case 'respond':
    case 'take-over':
      return null;
  }
}

function ofAction({ compared: known }: DecisionRecord, { answer, action }: Answered): Said | null {
  if (action === null || action.mode !== 'ask' || action.changes.length > 0) return null;
  const { id, action: name } = action;
  // The first answer is about what was proposed; a later one about what came in between.
  if (known.some(({ field }) => field === id || field.startsWith(`${id}.`))) return null;
  switch (answer.verb) {
    case 'approve':
      return { compared: [{ field: id, agrees: true }], signal: null, decision: null };
    case 'edit': {
      const compared = compareDecisions(action.arguments, answer.edits ?? {}, {});
      const fields = compared.filter((one) => !one.agrees).map(({ field }) => field);
      const named = compared.map((one) => ({ ...one, field: `${id}.${one.field}` }));
      const signal = signalOf(
        'edit',
        answer,
        fields.map((field) => `${name}.${field}`),
      );
      return { compared: named, signal: fields.length > 0 ? signal : null, decision: null };
    }
    case 'reject':
      return { compared: [{ field: id, agrees: false }], signal: signalOf('reject', answer, [name]), decision: null };
    case 'respond':
    case 'take-over':
      return null;
  }
}

/** About something that is done already, or about to be. */
function ofDeed({ answer, action }: Answered): Said | null {
  const field = action?.id ?? WHOLE_DECISION;
  if (answer.verb === 'approve') return { compared: [{ field, agrees: true }], signal: null, decision: null };
  if (answer.verb !== 'reject') return null;
  const signal = signalOf('undo', answer, action === null ? [] : [action.action]);
  return { compared: [{ field, agrees: false }], signal, decision: null };
}

function signalOf(kind: SignalKind, { atMs, by, reason }: Answer, fields: readonly string[]): Signal {
  return { kind, atMs, by, reason, fields: [...fields] };
}

/** The question showed nothing of what the agents had decided. */
function isBlind({ draft, kind }: PersonRequest): boolean {
  return kind === 'review-decision' && Object.keys(draft).length === 0;
}
