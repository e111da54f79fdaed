import { flowAt, type Machine, stateIn } from '../asl/definition.ts';
import type { ExecutionEnd } from '../asl/execution-end.ts';
import { STATES_ERROR } from '../asl/failure.ts';
import { parseDefinition } from '../asl/parse-definition.ts';
import { parseResource } from '../asl/resource.ts';
import { Run } from '../asl/run.ts';
import type { RunEffects } from '../asl/run-effects.ts';
import type { CallAnswer } from '../asl/signal.ts';
import type { Strand } from '../asl/strand.ts';
import type { TaskCall } from '../integrations/task-call.ts';
import type { ExecutionRecord } from '../records/executions.ts';
import { applyMessage } from './apply-message.ts';
import { childExecutionArn, mapRunArn } from './child-execution.ts';
import { DueAlarm } from './due-alarm.ts';
import type { EngineOptions } from './engine-options.ts';
import type { Message } from './message.ts';
import type { Delivery, Session } from './session.ts';
import { openSession } from './session.ts';
import { newTaskToken } from './task-token.ts';
import { writeTurn } from './write-turn.ts';

/** States that an execution may enter in one turn before others get theirs. */
const STATES_PER_TURN = 100;

/** Ended executions are kept for 90 days. */
const KEPT_MS = 90 * 86_400_000;
const MOST_TIDIED = 10_000;

/**
 * Moves executions. Each has an inbox; a turn takes what is in it, interprets until all strands wait, writes everything
 * in one go, and only then makes calls and tells others. An execution that merely waits is not in memory.
 */
export class Engine {
  readonly #options: EngineOptions;
  readonly #alarm: DueAlarm;
  readonly #sessions = new Map<number, Session>();
  readonly #machines = new Map<number, { readonly machine: Machine; readonly roleArn: string }>();
  #isStopped = true;

  constructor(options: EngineOptions) {
    this.#options = options;
    this.#alarm = new DueAlarm({
      clock: options.clock,
      activity: options.activity,
      soonest: () => this.#soonestDue(),
      ring: (nowMs) => this.#ring(nowMs),
    });
  }

  /** Takes up all running executions where they were. */
  start(): void {
    this.#isStopped = false;
    const { executions, strands } = this.#options.records;
    this.#tidy();
    for (const id of executions.unsettled()) void this.post(id, { type: 'resume' });
    for (const { execution, id, childArn } of strands.waitingForEnded()) {
      void this.post(execution, { type: 'child-ended', strand: id, childArn });
    }
    this.#alarm.start();
  }

  /** What a process that died may have left behind, and what is older than AWS keeps. */
  #tidy(): void {
    const { executions } = this.#options.records;
    const end: ExecutionEnd = { status: 'ABORTED', error: null, cause: null };
    for (const id of executions.orphans()) void this.post(id, { type: 'finish', end });
    const old = executions.endedBefore(this.#options.clock.now() - KEPT_MS, MOST_TIDIED);
    for (const id of [...executions.forgottenExpress(), ...old]) void this.#forget(id);
  }

  /** Lets go of everything; what is under way is taken up again by the next start. */
  stop(): void {
    this.#isStopped = true;
    this.#alarm.stop();
    this.#sessions.clear();
  }

  /** Hands a message to an execution; settles once its effect is on disk, with whether it had one. */
  post(executionId: number, message: Message): Promise<boolean> {
    if (this.#isStopped) return Promise.resolve(false);
    const session = this.#session(executionId);
    if (session === null) return Promise.resolve(false);
    const done = new Promise<boolean>((settle, reject) => session.inbox.push({ message, settle, reject }));
    if (!session.isMoving) {
      session.isMoving = true;
      void this.#options.activity.track(this.#move(session));
    }
    return done;
  }

  /** Lets an execution move that is new on disk. */
  begin(execution: ExecutionRecord): void {
    if (execution.dueAtMs !== null) this.#alarm.setFor(execution.dueAtMs);
    void this.post(execution.id, { type: 'continue' });
  }

  #stopChild(arn: string): void {
    const child = this.#options.records.executions.find(arn);
    const end: ExecutionEnd = { status: 'ABORTED', error: null, cause: null };
    if (child !== null) void this.post(child.id, { type: 'finish', end });
  }

  #session(id: number): Session | null {
    const open = this.#sessions.get(id);
    if (open !== undefined) return open;
    const execution = this.#options.records.executions.get(id);
    if (execution === null || execution.status !== 'RUNNING') return null;
    const { machine, roleArn } = this.#revision(execution.revision);
    const flow = flowAt(machine, execution.flow);
    const session = openSession(execution, { ...flow, timeoutSeconds: null }, roleArn, this.#options.records);
    this.#sessions.set(id, session);
    return session;
  }

  #revision(id: number): { readonly machine: Machine; readonly roleArn: string } {
    let known = this.#machines.get(id);
    if (known === undefined) {
      const revision = this.#options.records.machines.revision(id);
      if (revision === null) throw new Error(`the definition number ${id} is missing`);
      known = { machine: parseDefinition(revision.definition), roleArn: revision.roleArn };
      this.#machines.set(id, known);
    }
    return known;
  }

  async #move(session: Session): Promise<void> {
    while (session.inbox.length > 0 && !this.#isStopped) {
      const deliveries = session.inbox.splice(0);
      try {
        await this.#turn(session, deliveries);
      } catch (error) {
        if (this.#isStopped) return;
        // What is in memory may differ from what is on disk now: the next message reads it afresh.
        this.#sessions.delete(session.execution.id);
        for (const { reject } of [...deliveries, ...session.inbox.splice(0)]) reject(error);
        return;
      }
    }
    session.isMoving = false;
    if (session.hasEnded || session.callsInFlight === 0) this.#sessions.delete(session.execution.id);
  }

  async #turn(session: Session, deliveries: readonly Delivery[]): Promise<void> {
    const run = this.#run(session);
    const accepted = deliveries.map(
      ({ message }) => !session.hasEnded && applyMessage(session, run, message, this.#options.records),
    );
    const postponed = await run.advance(STATES_PER_TURN);
    // Nothing of this turn has been seen yet: the next start begins it anew.
    if (this.#isStopped) return;
    const { records, store, clock } = this.#options;
    const { machine } = this.#revision(session.execution.revision);
    const children = await store.write(() => writeTurn(session, run.effects, machine, records, clock.now()));
    session.strands.settle();
    deliveries.forEach(({ settle }, i) => {
      settle(accepted[i] ?? false);
    });
    if (this.#isStopped) return;
    if (postponed > 0) void this.post(session.execution.id, { type: 'continue' });
    this.#afterTurn(session, run.effects);
    for (const child of children) this.begin(child);
    for (const arn of run.effects.stoppedChildren) this.#stopChild(arn);
  }

  #run(session: Session): Run {
    const { clock, place, random } = this.#options;
    return new Run({
      machine: session.machine,
      execution: session.facts,
      strands: session.strands,
      log: session.log,
      region: place.region,
      nowMs: () => clock.now(),
      random,
      newMapRunArn: (label) => mapRunArn(session.execution.machineArn, label),
      newChildArn: (label) => childExecutionArn(session.execution.machineArn, label),
      newToken: (strand) => newTaskToken({ execution: session.execution.id, strand: strand.id }),
    });
  }

  #afterTurn(session: Session, effects: RunEffects): void {
    const { execution } = session;
    if (effects.end === null) this.#carryOut(session, effects);
    else {
      session.hasEnded = true;
      this.#afterEnd(execution.id);
    }
    for (const stateName of effects.entered) {
      this.#options.onTransition?.({
        executionArn: execution.arn,
        executionName: execution.name,
        traceId: execution.traceId,
        stateName,
      });
    }
  }

  #carryOut(session: Session, effects: RunEffects): void {
    for (const { activityArn } of effects.offered) this.#options.onActivityOffered(activityArn);
    for (const strand of effects.calls) {
      if (strand.phase !== 'calling') continue;
      session.callsInFlight += 1;
      void this.#options.activity.track(this.#call(session, strand, effects.repeated.has(strand)));
    }
    const soonestMs = session.strands.soonestDue();
    if (soonestMs !== null) this.#alarm.setFor(soonestMs);
  }

  async #call(session: Session, strand: Strand, isRepeat: boolean): Promise<void> {
    const { id, attempt, call } = strand;
    if (call === null) return;
    const answer = await this.#options.call(this.#taskCall(session, strand, isRepeat));
    session.callsInFlight -= 1;
    await this.#report(session.execution.id, id, attempt, answer);
  }

  #report(executionId: number, strand: number, attempt: number, answer: CallAnswer): Promise<boolean> {
    return this.post(executionId, { type: 'signal', strand, signal: { type: 'answered', attempt, answer } });
  }

  #taskCall({ execution, facts, machine }: Session, strand: Strand, isRepeat: boolean): TaskCall {
    const state = stateIn(flowAt(machine, strand.flow), strand.state);
    const resource = state.type === 'Task' ? parseResource(state.resource) : null;
    if (resource === null || strand.call === null) throw new Error(`the state '${strand.state}' has no call to make`);
    const caller = {
      kind: 'role',
      roleArn: facts.roleArn,
      sessionName: execution.name,
      traceId: execution.traceId,
    } as const;
    return { resource, input: strand.call.input, call: strand.call, caller, isRepeat };
  }

  #afterEnd(id: number): void {
    const execution = this.#options.records.executions.get(id);
    if (execution === null) return;
    const parent = this.#options.records.strands.waitingFor(execution.arn);
    if (parent !== null)
      void this.post(parent.execution, { type: 'child-ended', strand: parent.id, childArn: execution.arn });
    this.#options.onEnded(execution);
    const isForgotten = execution.type === 'EXPRESS' && execution.mapRunArn === null;
    if (isForgotten) void this.#options.activity.track(this.#forget(execution.id));
  }

  /** Of an Express execution nothing is kept, as on AWS. */
  #forget(id: number): Promise<void> {
    const { executions } = this.#options.records;
    return this.#options.store.write(() => executions.remove(id));
  }

  #soonestDue(): number | null {
    const { executions, strands } = this.#options.records;
    const [execution, strand] = [executions.soonestDue(), strands.soonestDue()];
    if (execution === null || strand === null) return execution ?? strand;
    return Math.min(execution, strand);
  }

  async #ring(nowMs: number): Promise<void> {
    const { executions, strands } = this.#options.records;
    const end: ExecutionEnd = { status: 'TIMED_OUT', error: STATES_ERROR.timeout, cause: null };
    await Promise.all([
      ...executions.due(nowMs).map((id) => this.post(id, { type: 'finish', end })),
      ...strands
        .due(nowMs)
        .map(({ execution, id }) => this.post(execution, { type: 'signal', strand: id, signal: { type: 'due' } })),
    ]);
  }
}
