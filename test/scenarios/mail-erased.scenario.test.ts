import { ListObjectsV2Command } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Deployment, startDeployment } from '../support/deployment.ts';
import { addressOf, bucketOf, casesOf, plainMail, s3Of, sendMail } from '../support/inbound.ts';

let remit: Deployment;
beforeAll(async () => {
  remit = await startDeployment();
}, 180_000);
afterAll(() => remit?.stop());

/** Keys of the mails that are kept as they came. */
async function kept(): Promise<readonly (string | undefined)[]> {
  const Bucket = bucketOf(remit, 'Mails');
  const { Contents: mails = [] } = await s3Of(remit).send(new ListObjectsV2Command({ Bucket }));
  return mails.map(({ Key }) => Key);
}

/** The case of a customer's mail, closed by a person. */
async function closedCase(who: string): Promise<void> {
  // In doubt, so that a person has it in any case.
  await sendMail(remit.url, { ...plainMail(who, 'How do I repeat a booking?'), verdicts: { spam: 'FAIL' } });
  const [found] = await casesOf(remit, who);
  const { requests } = await remit.waitFor(found?.caseId ?? '', ({ state }) => state === 'waiting');
  const body = JSON.stringify({ verb: 'take-over', digest: requests[0]?.digest, reason: 'I see to it.' });
  await remit.api(`/api/requests/${requests[0]?.id}/answer`, { method: 'POST', body }, 'support-lead@remit.example');
  await remit.waitFor(found?.caseId ?? '', ({ state }) => state === 'closed');
}

it('a mail is gone as it came once its sender is to be forgotten, and no other one is', async () => {
  await closedCase('Hester');
  const [hers] = await kept();
  await closedCase('Idris');
  const both = await kept();
  expect(both).toHaveLength(2);

  const body = { subject: addressOf('Hester'), reason: 'She asked for it.', isDryRun: false };
  const init = { method: 'POST', body: JSON.stringify(body) };
  const erased = await remit.api('/api/erasures', init, 'operator@remit.example', ['operators']);
  expect(await erased.json()).toMatchObject({ kind: 'erased', cases: [{ counts: { mails: 1 } }] });
  expect(await kept()).toEqual(both.filter((key) => key !== hers));
});
