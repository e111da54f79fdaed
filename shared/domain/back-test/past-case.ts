import type { Workflow } from '../../authoring/index.ts';
import type {
  Action,
  Case,
  CaseEvent,
  CaseId,
  Json,
  JsonObject,
  LedgerEntry,
  Money,
  Phase,
  Reading,
  RequestKind,
  Settings,
  TurnResult,
  Verb,
  Verdict,
} from '../../contracts/index.ts';
import { AGENT_ASKS } from '../coordinate.ts';
import { bestReadings } from '../patterns/findings.ts';

/** A closed case as its ledger tells it: what was decided, on which facts, what people said and what was carried out. */
export interface PastCase {
  readonly caseId: CaseId;
  readonly input: Json;
  readonly requestedBy: string | null;
  /** What the workflow makes of the input, for the share of cases in phase partial. */
  readonly caseKey: string;
  /** As they were pinned for the case. */
  readonly settings: Settings;
  readonly version: string;
  readonly rounds: readonly PastRound[];
  readonly questions: readonly PastQuestion[];
  /** What counts towards caps, in the order in which it happened. */
  readonly moves: readonly PastMove[];
}

export interface PastRound {
  readonly round: number;
  readonly atMs: number;
  /** False where a person decided. */
  readonly isByAgents: boolean;
  readonly decision: JsonObject | null;
  readonly confidence: number;
  readonly verdict: Verdict;
  /** As they were proposed. */
  readonly actions: readonly Action[];
  /** Those of earlier rounds, as far as nobody had refused them. */
  readonly known: readonly Action[];
  readonly segment: string | null;
  readonly phase: Phase;
  readonly readings: readonly Reading[];
}

/** A question to a person; one that was withdrawn, or is open, has no end. */
export interface PastQuestion {
  readonly kind: RequestKind;
  readonly actionId: string | null;
  /** The round after which it was put. */
  readonly round: number;
  readonly atMs: number;
  readonly said: Said | null;
}

/** What people said; `expired` where nobody did in time. */
export interface Said {
  readonly verb: Verb | 'expired';
  readonly by: string | null;
  readonly reason: string;
}

export type PastMove =
  | {
      readonly kind: 'effect';
      readonly atMs: number;
      readonly actionId: string;
      readonly action: string;
      readonly amount: Money | null;
    }
  | { readonly kind: 'model'; readonly atMs: number; readonly costUsd: number };

/** Reads a case off its ledger: the head of a case tells only how it ended. */
export function pastCaseOf({
  workflow,
  case: case_,
  ledger,
  caseKey,
}: {
  readonly workflow: Workflow;
  readonly case: Case;
  readonly ledger: readonly LedgerEntry[];
  readonly caseKey: string;
}): PastCase {
  const told = new Told(workflow);
  for (const { event, atMs } of ledger) told.hear(event, atMs);
  const { id: caseId, input, requestedBy, settings, versions } = case_;
  return { caseId, input, requestedBy, caseKey, settings, version: versions.workflow, ...told.story(settings.phase) };
}

type EventOf<T extends CaseEvent['type']> = Extract<CaseEvent, { type: T }>;

class Told {
  readonly #workflow: Workflow;
  readonly #rounds: (Omit<PastRound, 'phase'> & { readonly phase: Phase | null })[] = [];
  readonly #questions = new Map<string, PastQuestion>();
  readonly #moves = new Map<string, PastMove>();
  /** Of the run of the agents that is under way. */
  readonly #turns: TurnResult[] = [];
  readonly #refused = new Set<string>();
  /** By action id, once a person has changed them. */
  readonly #edits = new Map<string, JsonObject>();

  constructor(workflow: Workflow) {
    this.#workflow = workflow;
  }

  /** Takes in what happened next; the other events say nothing that a rule hangs on. */
  hear(event: CaseEvent, atMs: number): void {
    switch (event.type) {
      case 'turn-finished':
        this.#turned(event, atMs);
        break;
      case 'decision-made':
        this.#decided(event, atMs);
        break;
      case 'request-opened':
        this.#asked(event, atMs);
        break;
      case 'request-answered':
        this.#said(event.requestId, event.answer);
        break;
      case 'request-expired':
        this.#said(event.requestId, { verb: 'expired', by: null, reason: '' });
        break;
      case 'action-edited':
        this.#edits.set(event.actionId, event.after);
        break;
      case 'action-refused':
        this.#refused.add(event.actionId);
        break;
      case 'action-intended':
        this.#intended(event.actionId, atMs);
        break;
    }
  }

  story(phase: Phase): Pick<PastCase, 'rounds' | 'questions' | 'moves'> {
    return {
      rounds: this.#rounds.map((round) => ({ ...round, phase: round.phase ?? phase })),
      questions: [...this.#questions.values()],
      moves: [...this.#moves.values()],
    };
  }

  #decided(event: EventOf<'decision-made'>, atMs: number): void {
    const { round, decision, confidence, verdict, actions, segment, phase } = event;
    const code = verdict.reasons[0]?.code ?? '';
    const isByAgents = !code.startsWith('person-') && code !== 'handed-back';
    const earlier = this.#rounds.flatMap((known) => known.actions);
    const known = earlier.filter(({ id }) => !this.#refused.has(id));
    const readings = this.#turns.length === 0 ? (this.#rounds.at(-1)?.readings ?? []) : bestReadings(this.#turns);
    // A question of an agent does not end its run.
    if (!verdict.reasons.some((reason) => reason.code === AGENT_ASKS)) this.#turns.length = 0;
    this.#rounds.push({
      ...{ round, atMs, isByAgents, decision, confidence, verdict },
      actions,
      known,
      segment,
      phase,
      readings,
    });
  }

  #turned({ round, turn }: EventOf<'turn-finished'>, atMs: number): void {
    this.#turns.push(turn);
    this.#moves.set(`turn ${round} ${turn.agent}`, { kind: 'model', atMs, costUsd: turn.usage.costUsd });
  }

  #asked({ requestId, kind, actionId }: EventOf<'request-opened'>, atMs: number): void {
    const round = this.#rounds.at(-1)?.round ?? 0;
    this.#questions.set(requestId, { kind, actionId, round, atMs, said: null });
  }

  #said(requestId: string, { verb, by, reason }: Said): void {
    const question = this.#questions.get(requestId);
    if (question !== undefined) this.#questions.set(requestId, { ...question, said: { verb, by, reason } });
  }

  /** An intent that was noted again is the same effect. */
  #intended(actionId: string, atMs: number): void {
    const action = this.#rounds.flatMap(({ actions }) => actions).find(({ id }) => id === actionId);
    if (action === undefined || this.#moves.has(actionId)) return;
    const edited = this.#edits.get(actionId);
    const amount = edited === undefined ? action.amount : this.#amountOf(action.action, edited);
    this.#moves.set(actionId, { kind: 'effect', atMs, actionId, action: action.action, amount });
  }

  #amountOf(action: string, args: JsonObject): Money | null {
    try {
      return this.#workflow.actions[action]?.amount(args) ?? null;
    } catch {
      return null;
    }
  }
}
