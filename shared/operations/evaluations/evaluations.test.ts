import { describe, expect, it } from 'vitest';
import { evaluationRun } from '../../../test/support/evaluation-contract.ts';
import { APPROVER, DEPUTY, WORKFLOW } from '../../../test/support/leads.ts';
import { MemoryEvaluationStore } from '../../../test/support/memory-evaluation-store.ts';
import { MemoryExecutions } from '../../../test/support/memory-executions.ts';
import { memoryPorts } from '../../../test/support/memory-ports.ts';
import { type CaseEvent, EvaluationWish } from '../../contracts/index.ts';
import { governanceCaseId } from '../../domain/governance-case.ts';
import { ConflictError } from '../../ports/index.ts';
import { readEvaluation } from './read-evaluation.ts';
import { executionOf, goOnWithEvaluation, startEvaluation } from './start-evaluation.ts';

const SET = { name: 'examples', digest: 'd1', examples: 640 };
const who = { proof: 'sign-in' as const, reason: 'Before the prompt changes.' };

class Machines extends MemoryExecutions {
  readonly running = new Set<string>();
  override async start(...[name, input]: Parameters<MemoryExecutions['start']>) {
    const started = await super.start(name, input);
    this.running.add(name);
    return started;
  }
  async stateOf(name: string) {
    if (this.running.has(name)) return 'running' as const;
    return this.started.has(name) ? ('ended' as const) : ('unknown' as const);
  }
}

function world() {
  const ports = memoryPorts();
  const executions = new Machines();
  return { ...ports, evaluations: new MemoryEvaluationStore(), executions, setsOf: async () => [SET] };
}
type World = ReturnType<typeof world>;

const start = (ports: World, wish: object = {}, by = DEPUTY, setDigest: string | null = null) =>
  startEvaluation.run(ports, { wish: EvaluationWish.parse({ workflow: WORKFLOW, ...wish }), setDigest, by, ...who });

async function started(ports: World) {
  const receipt = await start(ports);
  if (receipt.kind !== 'started') throw new Error(receipt.problem);
  return receipt;
}

async function events(ports: World): Promise<CaseEvent[]> {
  return (await ports.cases.ledger(governanceCaseId(WORKFLOW))).map(({ event }) => event);
}

describe('an evaluation', () => {
  it('is on record with who had it begun, its version and the digest of its set, and then runs', async () => {
    const ports = world();
    const { evaluationId, examples } = await started(ports);
    expect(examples).toBe(640);
    expect((await events(ports)).at(-1)).toEqual({
      ...{ type: 'evaluation-started', by: DEPUTY, ...who, evaluationId, attempt: 1, set: SET },
      wish: { workflow: WORKFLOW, set: 'examples', models: ['learned'], limit: null, maxUsd: 5, volume: 1_000 },
      versions: ports.versionsOf(),
    });
    expect([...ports.executions.started]).toEqual([[`${evaluationId}-1`, { evaluationId, attempt: 1 }]]);
  });

  it.each<[string, object, string, string]>([
    ['a stranger', {}, 'x@remit.example', 'not-allowed'],
    ['a set that was not deployed', { set: 'hard-cases' }, APPROVER, 'unfit'],
    ['a workflow that there is not', { workflow: 'gone' }, APPROVER, 'unknown'],
  ])('is not begun for %s, and nothing is on record', async (_what, wish, by, kind) => {
    const ports = world();
    expect((await start(ports, wish, by)).kind).toBe(kind);
    expect(await events(ports)).toEqual([]);
    expect(ports.executions.started.size).toBe(0);
  });

  it('is not begun on other examples than those that are meant', async () => {
    const ports = world();
    expect(await start(ports, {}, DEPUTY, 'd1')).toMatchObject({ kind: 'started' });
    const other = world();
    const problem = expect.stringContaining('other examples (digest d1) than yours (d2)');
    expect(await start(other, {}, DEPUTY, 'd2')).toEqual({ kind: 'in-the-way', problem });
    expect(other.executions.started.size).toBe(0);
  });

  it('is not begun twice: the same would be paid for twice', async () => {
    const ports = world();
    const { evaluationId } = await started(ports);
    const problem = expect.stringContaining(`evaluation ${evaluationId}, begun by ${DEPUTY}`);
    expect(await start(ports)).toEqual({ kind: 'in-the-way', problem });
    expect(await start(ports, { models: ['fast'] })).toMatchObject({ kind: 'started' });
    ports.executions.running.clear();
    expect(await start(ports)).toMatchObject({ kind: 'started' });
  });

  it('is not begun where it cannot be put on record', async () => {
    const ports = world();
    ports.cases.commit = async () => {
      throw new Error('the table is gone');
    };
    await expect(start(ports)).rejects.toThrow('the table is gone');
    expect(ports.executions.started.size).toBe(0);
  });

  it('is on record although somebody else wrote in the same moment', async () => {
    const ports = world();
    const commit = ports.cases.commit.bind(ports.cases);
    let clashes = 1;
    ports.cases.commit = async (write) => {
      if (clashes-- > 0) throw new ConflictError('ledger-moved');
      return commit(write);
    };
    await started(ports);
    expect((await events(ports)).map(({ type }) => type)).toEqual(['case-opened', 'evaluation-started']);
  });
});

describe('going on with one', () => {
  const goOn = (ports: World, evaluationId: Awaited<ReturnType<typeof started>>['evaluationId'], by = DEPUTY) =>
    goOnWithEvaluation.run(ports, { evaluationId, maxUsd: 9, by, ...who });

  it('begins another attempt, with more money, and is on record too', async () => {
    const ports = world();
    const { evaluationId } = await started(ports);
    ports.executions.running.clear();
    expect(await goOn(ports, evaluationId)).toMatchObject({ kind: 'started', attempt: 2 });
    expect(await ports.evaluations.get(evaluationId)).toMatchObject({ attempt: 2, wish: { maxUsd: 9 } });
    expect((await events(ports)).at(-1)).toMatchObject({ type: 'evaluation-started', attempt: 2 });
    expect([...ports.executions.started.keys()]).toEqual([`${evaluationId}-1`, `${evaluationId}-2`]);
  });

  it('waits for the attempt that runs', async () => {
    const ports = world();
    const { evaluationId } = await started(ports);
    expect(await goOn(ports, evaluationId)).toMatchObject({ kind: 'in-the-way' });
    expect(ports.executions.started.size).toBe(1);
  });

  it('is refused where another version was deployed meanwhile, and to strangers', async () => {
    const ports = world();
    const { evaluationId } = await started(ports);
    ports.executions.running.clear();
    expect(await goOn({ ...ports, versionsOf: () => ({ workflow: 'new', code: 'c' }) }, evaluationId)).toMatchObject({
      kind: 'in-the-way',
      problem: expect.stringContaining('Another version'),
    });
    expect(await goOn(ports, evaluationId, 'x@remit.example')).toMatchObject({ kind: 'not-allowed' });
  });

  it('of one that there is not is refused', async () => {
    expect(await goOn(world(), evaluationRun().id)).toMatchObject({ kind: 'unknown' });
  });
});

describe('reading one', () => {
  const read = (
    ports: World,
    evaluationId: ReturnType<typeof evaluationRun>['id'],
    person = DEPUTY,
    isOperator = false,
  ) => readEvaluation.run(ports, { evaluationId, reader: { person, isOperator } });

  it('tells how far it is', async () => {
    const ports = world();
    const { evaluationId } = await started(ports);
    await ports.evaluations.endSlice(evaluationId, { slice: 0, done: 25, left: [] });
    await ports.evaluations.endSlice(evaluationId, { slice: 1, done: 20, left: ['a', 'b'] });
    expect(await read(ports, evaluationId)).toMatchObject({
      kind: 'read',
      run: { state: 'running', progress: { done: 45, left: 2 } },
    });
  });

  it('says that it was not measured where its machine ended without a word', async () => {
    const ports = world();
    const { evaluationId } = await started(ports);
    ports.executions.running.delete(executionOf({ id: evaluationId, attempt: 1 }));
    expect(await read(ports, evaluationId)).toMatchObject({
      run: { state: 'not-measured', outcome: { passes: false, problem: expect.stringContaining('broke off') } },
    });
  });

  it('is for the team and for operators', async () => {
    const ports = world();
    const { evaluationId } = await started(ports);
    expect(await read(ports, evaluationId, 'x@remit.example')).toEqual({ kind: 'not-allowed' });
    expect((await read(ports, evaluationId, 'x@remit.example', true)).kind).toBe('read');
    expect(await read(ports, evaluationRun().id)).toEqual({ kind: 'unknown' });
  });
});
