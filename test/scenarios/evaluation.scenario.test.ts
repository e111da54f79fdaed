import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Deployment, deployedAssembly, startDeployment } from '../support/deployment.ts';
import { deploySet, EXPENSES, endedEvaluation, examplesOf, startEvaluation } from '../support/evaluations.ts';

let remit: Deployment;
beforeAll(async () => {
  const assembly = deployedAssembly();
  const fresh = examplesOf(EXPENSES)
    .slice(0, 60)
    .map((one) => ({
      ...one,
      id: `new-${one.id}`,
      input: { ...one.input, input: { ...one.input.input, id: `N-${one.id}` } },
    }));
  deploySet(assembly, EXPENSES, 'held-out', fresh);
  remit = await startDeployment({ assembly });
}, 400_000);
afterAll(() => remit?.stop());

describe('an evaluation on the stack', () => {
  it('measures a held-out set and ends with its figures', async () => {
    const started = await startEvaluation(remit, { workflow: EXPENSES, set: 'held-out' });
    console.log(started);
    expect(started.status).toBe(202);
    const ended = await endedEvaluation(remit, started.evaluationId);
    console.log(JSON.stringify(ended, null, 1));
    expect(ended.state).toBe('measured');
  });

  it('cross-fits', async () => {
    const from = performance.now();
    const started = await startEvaluation(remit, { workflow: EXPENSES });
    const ended = await endedEvaluation(remit, started.evaluationId);
    console.log(JSON.stringify(ended, null, 1), performance.now() - from);
    const page = await remit.api(
      `/api/evaluations/${started.evaluationId}?as=page`,
      {},
      'finance-manager@remit.example',
    );
    console.log(page.status, page.headers.get('content-type'), (await page.text()).slice(0, 300));
    const report = await remit.api(
      `/api/evaluations/${started.evaluationId}?as=report`,
      {},
      'finance-manager@remit.example',
    );
    console.log(report.status, (await report.text()).length);
  });
});
