import { expect, it } from 'vitest';
import { type Shape, ShapeId } from '../../../shared/contracts/index.ts';
import type { CaseWrite } from '../../../shared/ports/index.ts';
import { aShape } from '../stored-examples.ts';
import { noteWrite, type StoreFixture } from './store-fixture.ts';

/** Remembered approvals: counted, ended and kept. */
export function shapeContract(fixture: StoreFixture): void {
  const remembered = async (changes: Partial<Shape> = {}) => {
    const { case_ } = await fixture.opened();
    const shape = aShape(case_.id, changes);
    const remember: CaseWrite = { ...noteWrite(case_, null), shape: { kind: 'remember', shape } };
    await fixture.stores.cases.commit(remember);
    const use = (atMs = 1): CaseWrite => ({ ...noteWrite(case_, null), shape: { kind: 'use', id: shape.id, atMs } });
    return { case_, shape, remember, use };
  };

  it('remembers a shape once, and gives it back as it was', async () => {
    const { shape, remember } = await remembered({ fixed: { 'a.b': [1, null], c: 'ü' }, limits: { n: 1.5 } });
    expect(await fixture.stores.shapes.get(shape.id)).toEqual(shape);
    await fixture.refuse(remember, 'shape-exists');
  });

  it('knows no shape that was not remembered, whatever its id', async () => {
    const { case_ } = await fixture.opened();
    const id = ShapeId.parse(`nowhere.${case_.id}`);
    for (const unknown of [id, 'none', '']) expect(await fixture.stores.shapes.get(unknown)).toBeNull();
    expect(await fixture.stores.shapes.ofWorkflow('nowhere')).toEqual([]);
    await fixture.refuse({ ...noteWrite(case_, null), shape: { kind: 'use', id, atMs: 1 } }, 'shape-over');
    const revoked = { by: 'a@b.example', atMs: 1, reason: 'no' };
    await fixture.refuse({ ...noteWrite(case_, null), shape: { kind: 'revoke', id, revoked } }, 'shape-over');
  });

  it('counts each use, and none above the most, also when all come at once', async () => {
    const { shape, use } = await remembered({ maximumUses: 2 });
    const uses = await Promise.allSettled([1, 2, 3, 4].map(() => fixture.stores.cases.commit(use())));
    expect(uses.filter(({ status }) => status === 'fulfilled')).toHaveLength(2);
    expect(await fixture.stores.shapes.get(shape.id)).toEqual({ ...shape, uses: 2 });
    await fixture.refuse(use(), 'shape-over');
  });

  it('counts no use at its end or after it', async () => {
    const { shape, use } = await remembered({ expiresAtMs: 1_000 });
    await fixture.refuse(use(1_000), 'shape-over');
    await fixture.stores.cases.commit(use(999));
    expect(await fixture.stores.shapes.get(shape.id)).toMatchObject({ uses: 1 });
  });

  it('counts no use once it is revoked, and is revoked once', async () => {
    const { case_, shape, use } = await remembered();
    const revoked = { by: 'owner@remit.example', atMs: 5, reason: 'Too wide.' };
    const revoke: CaseWrite = { ...noteWrite(case_, null), shape: { kind: 'revoke', id: shape.id, revoked } };
    await fixture.stores.cases.commit(revoke);
    expect(await fixture.stores.shapes.get(shape.id)).toEqual({ ...shape, revoked });
    await fixture.refuse(use(), 'shape-over');
    await fixture.refuse(
      { ...revoke, shape: { kind: 'revoke', id: shape.id, revoked: { ...revoked, by: 'b' } } },
      'shape-over',
    );
    expect(await fixture.stores.shapes.get(shape.id)).toEqual({ ...shape, revoked });
  });

  it('counts nothing where another condition of the write does not hold', async () => {
    const { case_, shape, use } = await remembered();
    await fixture.refuse({ ...use(), expectRound: 7 }, 'round-over');
    expect(await fixture.stores.shapes.get(shape.id)).toMatchObject({ uses: 0 });
    expect(case_.round).toBe(0);
  });

  it('lists the shapes of one workflow, newest first, those that have ended too', async () => {
    const { case_ } = await fixture.opened();
    const workflow = `shaped-${case_.id.replaceAll(/\d/g, 'x')}`;
    const all = [1, 3, 2].map((createdAtMs) =>
      aShape(case_.id, {
        createdAtMs,
        workflow,
        id: ShapeId.parse(`${workflow}.${String(createdAtMs).repeat(32)}`),
        expiresAtMs: 4,
      }),
    );
    for (const shape of all) {
      await fixture.stores.cases.commit({ ...noteWrite(case_, null), shape: { kind: 'remember', shape } });
    }
    const listed = await fixture.stores.shapes.ofWorkflow(workflow);
    expect(listed.map(({ createdAtMs }) => createdAtMs)).toEqual([3, 2, 1]);
  });
}
