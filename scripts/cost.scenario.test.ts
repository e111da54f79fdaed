import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Deployment, startDeployment } from '../test/support/deployment.ts';
import { APPROVER, sampleLead, WORKFLOW } from '../test/support/leads.ts';
import { accessTable, fetchAccess } from './access.ts';
import { costTable } from './cost/cost-table.ts';
import { costReports } from './cost.ts';
import { RuntimeClient } from './runtime/client.ts';

let remit: Deployment;
let runtime: RuntimeClient;

beforeAll(async () => {
  remit = await startDeployment();
  runtime = new RuntimeClient({ url: remit.url });
}, 180_000);
afterAll(() => remit?.stop());

it('tells what a case costs with the answer of its person, and what no function has used', async () => {
  // given
  const { caseId } = await remit.trigger(WORKFLOW, { ...sampleLead('hot-lead'), name: 'Carla Cost' });
  await remit.waitFor(caseId, ({ state }) => state === 'waiting');
  await remit.answer(await remit.questionMail(APPROVER, 'Carla Cost'), { verb: 'approve' });
  await remit.waitFor(caseId, ({ state }) => state === 'closed');

  // when
  const [report, ...others] = await costReports(runtime, WORKFLOW, { cases: 500, casesADay: 1_000 });
  const access = await fetchAccess(runtime);

  // then
  expect(others).toEqual([]);
  expect(report).toMatchObject({ workflow: WORKFLOW, n: 1, lastCaseId: caseId, cases: 500 });
  // The webhook and the answer; pages that were only looked at are not the case's.
  expect(report?.items.find(({ item }) => item === 'api-requests')).toMatchObject({ quantity: 2 });
  expect(report?.items.map(({ item }) => item)).toEqual(
    expect.arrayContaining([
      'lambda-requests',
      'lambda-init-gb-ms-arm64',
      'log-bytes',
      'log-byte-months',
      'mails-sent',
    ]),
  );
  expect(report?.logs).toMatchObject({ retentionDays: 90 });
  expect(report?.logs.keepingUsd).toBeGreaterThan(0);
  expect(report?.mix).toEqual([{ tier: 'learned', asked: 1, decided: 1, averageUsd: 0 }]);
  expect(report?.month.awsUsd).toBeCloseTo(30_000 * (report?.total.averageUsd ?? 0), 8);
  expect(report?.total.averageUsd).toBeGreaterThan(0);
  expect(report?.total.manyUsd).toBeCloseTo(500 * (report?.total.averageUsd ?? 0), 10);
  expect(report === undefined ? [] : costTable(report)).toContainEqual(expect.stringMatching(/^together +0\.0\d+/));
  const rescue = access.find(({ name }) => name.includes('RescueCase'));
  expect(rescue?.neverUsed.length).toBeGreaterThan(0);
  expect(accessTable(access, 'since the data folder began').join('\n')).toContain(rescue?.name);
});
