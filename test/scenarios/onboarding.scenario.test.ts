import { DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { LedgerEntry } from '../../shared/contracts/index.ts';
import { verifyChain } from '../../shared/domain/ledger.ts';
import { claudeStage } from '../support/claude-stage.ts';
import { type CaseAnswer, type Deployment, startDeployment } from '../support/deployment.ts';
import { structured } from '../support/fake-anthropic-replies.ts';
import { dayFromNow, keptStep, ONBOARDING, PEOPLE_LEAD, STEPS, sampleHire } from '../support/hires.ts';
import { untilThere } from '../support/patiently.ts';

const codesOf = ({ verdict }: CaseAnswer) => verdict?.reasons.map(({ code }) => code) ?? [];
const isSettled = ({ state }: CaseAnswer) => state !== 'open';
/** Names of the actions that somebody is asked about now. */
const askedIn = ({ requests }: CaseAnswer) =>
  requests.filter(({ state }) => state === 'open').map(({ kind, actionId }) => actionId?.split('#')[0] ?? kind);
const isAsked = (action: string) => (found: CaseAnswer) => askedIn(found).includes(action);

describe('onboarding without a key', () => {
  let remit: Deployment;
  beforeAll(async () => {
    remit = await startDeployment();
  }, 180_000);
  afterAll(() => remit?.stop());

  async function planned(hire: object): Promise<CaseAnswer> {
    const { status, caseId } = await remit.trigger(ONBOARDING, hire);
    expect(status).toBe(202);
    return remit.waitFor(caseId, isSettled);
  }
  const effectsOf = async ({ caseId }: CaseAnswer) =>
    (await remit.effects(caseId)).map(({ connector }) => connector.replace('sandbox.', ''));
  const say = async (caseId: string, by: string, verb: string): Promise<number> => {
    const { requests } = await remit.waitFor(caseId, isSettled);
    const request = requests.find(({ state }) => state === 'open');
    const init = { method: 'POST', body: JSON.stringify({ verb, digest: request?.digest, reason: 'Looked at it.' }) };
    return (await remit.api(`/api/requests/${request?.id}/answer`, init, by)).status;
  };
  /** The plan of a hire once the people lead has said yes to it. */
  async function agreed(hire: object): Promise<CaseAnswer> {
    const { caseId } = await planned(hire);
    expect(await say(caseId, PEOPLE_LEAD, 'approve')).toBe(200);
    return remit.waitFor(caseId, (found) => askedIn(found).some((asked) => asked.startsWith('grant-')));
  }
  /** Writes a step into the HR system of the sandbox. */
  async function putStep(step: ReturnType<typeof keptStep>): Promise<void> {
    const TableName = remit.runtime.resources.find(({ logicalId }) => /Sandbox/.test(logicalId))?.physicalId ?? '';
    const credentials = { accessKeyId: 'operator', secretAccessKey: 'operator' };
    const dynamo = new DynamoDBClient({ endpoint: remit.url, region: 'us-east-1', credentials });
    const pk = { S: `step#${step.hireId}/${step.stepId}` };
    const Item = { pk, sk: { S: 'record' }, fields: { S: JSON.stringify(step) }, listPk: { S: 'open-steps' } };
    await dynamo.send(new PutItemCommand({ TableName, Item }));
    dynamo.destroy();
  }
  interface StepCase {
    readonly caseId: string;
    readonly trigger: string;
    readonly input: { readonly hireId?: string; readonly stepId?: string };
  }
  /** The newest settled case of the schedule about a step of somebody. */
  async function chased(who: string, stepId: string): Promise<CaseAnswer> {
    const { caseId } = await untilThere(async () => {
      const answer = await remit.api(`/api/cases?workflow=${STEPS}&limit=100`, {}, PEOPLE_LEAD);
      const { items } = (await answer.json()) as { items: readonly StepCase[] };
      return items.find(
        ({ input, trigger }) => trigger === 'due-steps' && input.hireId === `H-${who}` && input.stepId === stepId,
      );
    }, `a case about ${stepId} of ${who}`);
    return remit.waitFor(caseId, isSettled);
  }

  it('makes one dated plan of what four agents say, and lets each owner decide over their own system', async () => {
    // given: the HR system reports somebody who has signed
    const asked = await planned(sampleHire('support-agent', 'Wilma'));

    // then: four agents, one plan, and without Claude the people lead is asked about it; nothing is done meanwhile
    expect(asked.decidedBy?.split(', ')).toHaveLength(4);
    expect(asked.decision).toMatchObject({
      ...{ profile: 'support', contract: 'permanent', equipment: 'office', firstDay: 'remote' },
      systems: ['help-desk', 'crm'],
      buddy: 'hedda.brunner@remit.example',
      steps: expect.arrayContaining([
        expect.stringMatching(/^\d{4}-\d\d-\d\d \| grant-crm \| crm-owner@remit\.example \| Access to the CRM$/),
      ]),
    });
    expect([askedIn(asked), await effectsOf(asked)]).toEqual([['decide-case'], []]);
    expect(asked.verdict?.reasons.map(({ code }) => code)).toEqual(['model-doubt']);

    // when: the people lead agrees, the steps are opened and the owner of the first system is asked
    expect(await say(asked.caseId, PEOPLE_LEAD, 'approve')).toBe(200);
    await remit.waitFor(asked.caseId, isAsked('grant-help-desk'));
    expect(await effectsOf(asked)).toEqual(['people-open-steps']);

    // when: somebody who owns another system says yes, it counts for nothing
    expect(await say(asked.caseId, 'crm-owner@remit.example', 'approve')).not.toBe(200);
    expect(await say(asked.caseId, PEOPLE_LEAD, 'approve')).not.toBe(200);
    expect(await effectsOf(asked)).toEqual(['people-open-steps']);

    // when: each owner says yes, the first by the link of the mail
    const mail = await remit.questionMail('help-desk-owner@remit.example', 'Wilma Muster');
    expect((await remit.answer(mail, { verb: 'approve' })).status).toBe(200);
    await remit.waitFor(asked.caseId, isAsked('grant-crm'));
    expect(await effectsOf(asked)).toEqual(['people-open-steps', 'joining-grant-access']);
    for (const [action, owner] of [
      ['grant-crm', 'crm-owner@remit.example'],
      ['order-equipment', 'workplace@remit.example'],
      ['enter-payroll', 'payroll@remit.example'],
      ['announce', PEOPLE_LEAD],
    ] as const) {
      await remit.waitFor(asked.caseId, isAsked(action));
      expect([action, await say(asked.caseId, owner, 'approve')]).toEqual([action, 200]);
    }

    // then: all of it is done, once each
    const closed = await remit.waitFor(asked.caseId, ({ state }) => state === 'closed');
    expect(closed.outcome).toBe('done');
    const effects = await remit.effects(asked.caseId);
    expect(
      effects.filter(({ connector }) => /grant/.test(connector)).map(({ arguments: { system } }) => system),
    ).toEqual(['help-desk', 'crm']);
    expect(effects.map(({ connector }) => connector.replace('sandbox.', '')).slice(3)).toEqual([
      ...['joining-order-equipment', 'joining-enter-payroll', 'channel-post'],
    ]);
    expect(verifyChain((closed.ledger ?? []).map((entry) => LedgerEntry.parse(entry))).ok).toBe(true);
  });

  it('does not let in whom the owner turns down, and goes on with the rest', async () => {
    const asked = await agreed(sampleHire('engineer', 'Nora'));
    expect(askedIn(asked)).toEqual(['grant-source-code']);
    expect(await say(asked.caseId, 'code-owner@remit.example', 'reject')).toBe(200);
    await remit.waitFor(asked.caseId, isAsked('order-equipment'));
    expect(await effectsOf(asked)).toEqual(['people-open-steps']);
  });

  it.each([
    ['visa', 'rule:unusual-words'],
    ['minor', 'rule:unusual-words'],
    ['relocation', 'rule:unusual-words'],
    ['executive', 'rule:unusual-words'],
    ['abroad', 'rule:unusual-words'],
    ['freelancer', 'rule:freelance'],
    ['unknown-country', 'rule:unknown-country'],
    ['wants-more', 'rule:other-system'],
    ['injection', 'rule:gives-orders'],
  ])('gives %s to a person, by %s, and does nothing meanwhile', async (sample, code) => {
    const found = await planned(sampleHire(sample, `Sam-${sample}`));
    expect([found.state, codesOf(found)]).toEqual(['waiting', expect.arrayContaining([code])]);
    expect(found.requests.map(({ kind }) => kind)).toEqual(['decide-case']);
    expect(await effectsOf(found)).toEqual([]);
  });

  it('gives nobody access by the yes of the people lead to an unusual plan: the owner is asked all the same', async () => {
    const found = await agreed(sampleHire('visa', 'Vita'));
    expect(askedIn(found)).toEqual(['grant-source-code']);
    expect(await effectsOf(found)).toEqual(['people-open-steps']);
    expect(await say(found.caseId, PEOPLE_LEAD, 'approve')).not.toBe(200);
  });

  it('keeps a hire that cannot be read: a person gets it with what is wrong', async () => {
    const found = await planned({ ...sampleHire('broken', 'Bodo'), email: 'not an address' });
    expect([found.state, found.requests.length]).toEqual(['waiting', 1]);
  });

  it('chases what is open until the first 30 days are over, then leaves it and says so', async () => {
    // given: one plan of today, and steps of others that are late
    await agreed(sampleHire('engineer', 'Chase'));
    const long = { startDate: dayFromNow(-40), due: dayFromNow(-20) };
    await putStep(keptStep('Over', { ...long, stepId: 'first-week', title: 'The first week talked over' }));
    await putStep(keptStep('Paper', { ...long, stepId: 'right-to-work', title: 'Right to work' }));
    await putStep(keptStep('Stuck', { note: 'The vendor refuses, somebody has to decide what now.' }));
    await putStep(keptStep('Twice', { remindedTimes: 2 }));

    // when: the next working morning comes
    await remit.advance(86_400);

    // then
    const reminded = await chased('Chase', 'contract');
    expect(reminded).toMatchObject({
      state: 'closed',
      decision: { next: 'remind', whom: 'people-desk@remit.example' },
    });
    const [reminder] = await remit.effects(reminded.caseId);
    expect(reminder).toMatchObject({
      connector: 'sandbox.people-remind',
      arguments: { hireId: 'H-Chase', stepId: 'contract', to: 'people-desk@remit.example' },
    });
    const left = await chased('Over', 'first-week');
    expect([left.state, await effectsOf(left)]).toEqual(['closed', ['people-settle-step', 'channel-post']]);
    const paper = await chased('Paper', 'right-to-work');
    expect([paper.state, codesOf(paper)]).toEqual(['waiting', expect.arrayContaining(['rule:needed-paper'])]);
    const stuck = await chased('Stuck', 'desk');
    expect([stuck.state, await effectsOf(stuck)]).toEqual(['waiting', []]);
    const twice = await chased('Twice', 'desk');
    expect(twice).toMatchObject({ state: 'closed', decision: { next: 'hand-up', whom: PEOPLE_LEAD } });
  });
});

describe('onboarding with a key', () => {
  const ANSWERS: Readonly<Record<string, object>> = {
    'IT access': { profile: 'support', needsProduction: false },
    'Payroll and contract': { contract: 'permanent', unusual: 'none' },
    Equipment: { equipment: 'office', needsSpecial: false },
    'Team introduction': { firstDay: 'remote', buddyFrom: 'team', welcome: 'Please welcome Karla to the early shift!' },
  };
  const stage = claudeStage('test/support/claude-onboarding/index.ts');

  /** Which of the four is asked, by the heading of its instructions. */
  const agentIn = (body: Readonly<Record<string, unknown>>) =>
    Object.keys(ANSWERS).find((title) => JSON.stringify(body['system']).includes(`# ${title}\\n`)) ?? 'nobody';

  it('asks all four, and puts their answers together', async () => {
    stage.claude.serve(({ body }) =>
      structured({ judgement: ANSWERS[agentIn(body)], reasons: [], confidence: 0.95, doubts: [], cites: [] }),
    );
    const { caseId } = await stage.remit.trigger(ONBOARDING, sampleHire('support-agent', 'Karla'));
    const found = await stage.remit.waitFor(caseId, isSettled);

    expect(stage.claude.requests.map(({ body }) => agentIn(body)).toSorted()).toEqual(Object.keys(ANSWERS).toSorted());
    expect(found.decision).toMatchObject(Object.assign({}, ...Object.values(ANSWERS)));
    expect(found.decision).toMatchObject({ systems: ['help-desk', 'crm'], buddy: 'hedda.brunner@remit.example' });
    expect(askedIn(found)).toEqual(['grant-help-desk']);
    const questions = stage.claude.requests.map(({ body }) => JSON.stringify(body['messages'])).join();
    expect(questions).not.toContain('Karla Muster');
    expect(questions).not.toContain('karla@newcomer.example');
  });
});
