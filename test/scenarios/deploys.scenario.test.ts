import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  DescribeExecutionCommand,
  GetExecutionHistoryCommand,
  ListExecutionsCommand,
  SFNClient,
  StopExecutionCommand,
} from '@aws-sdk/client-sfn';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { LedgerEntry, Versions } from '../../shared/contracts/index.ts';
import { verifyChain } from '../../shared/domain/ledger.ts';
import {
  type CaseAnswer,
  type Deployment,
  deployedAssembly,
  readTemplate,
  startDeployment,
} from '../support/deployment.ts';
import { settingsIn } from '../support/lead-case.ts';
import { APPROVER, hotLead, sampleLead, WORKFLOW } from '../support/leads.ts';
import { buildRelease, type SourceChange } from '../support/releases.ts';
import { putSettings } from '../support/stored-settings.ts';

/**
 * A release whose code, workflow and state machine are others, and that does not understand what the machine of today
 * hands to its last step: a case of today that met it would fail.
 */
const changedIn = (release: string): readonly SourceChange[] => [
  { file: 'shared/aws/send-email-input.ts', from: 'utf8(subject)', to: `utf8('[${release}] ' + subject)` },
  { file: 'agents/lead-qualification/workflow.ts', from: '} employees: score', to: `} employees (${release}): score` },
  { file: 'statemachines/case.asl.json', from: 'Close the case', to: `Close the case of ${release}` },
  {
    file: 'statemachines/case.asl.json',
    from: '"actions": "{% $states.input %}"',
    to: '"performed": "{% $states.input %}"',
  },
  { file: 'statemachines/case.asl.json', from: '"actions": []', to: '"performed": []' },
  { file: 'shared/operations/close-case.ts', from: 'actions: z.array', to: 'performed: z.array' },
  {
    file: 'shared/operations/close-case.ts',
    from: '{ outcome, actions }',
    to: '{ outcome, performed: actions }',
  },
  {
    file: 'shared/operations/close-case.ts',
    from: '{ ending = null, actions, pinned }',
    to: '{ ending = null, performed: actions, pinned }',
  },
];

type Release = 'today' | 'spring' | 'summer';

const home = mkdtempSync(join(tmpdir(), 'remit-home-'));
/** What each release says of itself; its files are deleted as soon as the next one is deployed. */
const versions = new Map<Release, Versions>();
let port = 0;
let remit: Deployment;
let assembly = '';

beforeAll(() => deploy('today'), 180_000);
afterAll(async () => {
  await remit?.stop();
  for (const folder of [home, assembly]) rmSync(folder, { recursive: true, force: true });
});

/** Stops what runs, deletes what it was booted from, and boots the release on the same data. */
async function deploy(release: Release): Promise<void> {
  const next = release === 'today' ? deployedAssembly() : await buildRelease(changedIn(release));
  await remit?.stop();
  if (assembly !== '') rmSync(assembly, { recursive: true });
  assembly = next;
  versions.set(release, versionsIn(assembly));
  remit = await startDeployment({ home, assembly, port });
  port = Number(new URL(remit.url).port);
}

describe('leads that wait for an approval over three deploys', () => {
  it('end on the release that they began with, and a new lead runs on the new one', { timeout: 300_000 }, async () => {
    // given
    const first = await askedLead('Tara Today');
    const question = await remit.questionMail(APPROVER, 'Tara Today');
    await deploy('spring');
    const second = await askedLead('Selma Spring');

    // when
    await deploy('today');
    await deploy('summer');
    const third = await askedLead('Susi Summer');
    expect((await remit.answer(question, { verb: 'approve' })).status).toBe(200);
    for (const name of ['Selma Spring', 'Susi Summer']) {
      expect((await remit.answer(await remit.questionMail(APPROVER, name), { verb: 'approve' })).status).toBe(200);
    }

    // then
    expect(await endOf(first, 'Tara Today')).toEqual({
      subject: 'A time to talk, Tara?',
      says: undefined,
      lastState: 'Close the case',
      machineVersion: '1',
      versions: versions.get('today'),
    });
    expect(await endOf(second, 'Selma Spring')).toEqual({
      subject: '[spring] A time to talk, Selma?',
      says: 'spring',
      lastState: 'Close the case of spring',
      machineVersion: '2',
      versions: versions.get('spring'),
    });
    expect(await endOf(third, 'Susi Summer')).toEqual({
      subject: '[summer] A time to talk, Susi?',
      says: 'summer',
      lastState: 'Close the case of summer',
      machineVersion: '4',
      versions: versions.get('summer'),
    });
    expect(new Set([...versions.values()].map(({ code }) => code)).size).toBe(3);
    expect(new Set([...versions.values()].map(({ workflow }) => workflow)).size).toBe(3);
  });
});

describe('a case whose execution is stopped after a deploy', () => {
  it('comes back to a person on the release that it began with', { timeout: 300_000 }, async () => {
    // given
    await deploy('today');
    const caseId = await askedLead('Rita Rescue');
    await deploy('spring');
    const newest = await askedLead('Nina Newest');

    // when
    await states().send(new StopExecutionCommand({ executionArn: executionArn(caseId) }));

    // then
    const asked = await remit.waitFor(caseId, ({ requests }) => requests.some(({ kind }) => kind === 'decide-case'));
    const { id, digest } = asked.requests.find(({ kind }) => kind === 'decide-case') ?? {};
    await remit.api(`/api/requests/${id}/answer`, {
      method: 'POST',
      body: JSON.stringify({ verb: 'take-over', digest, reason: 'I write to her myself.' }),
    });
    expect((await remit.waitFor(caseId, ({ state }) => state === 'closed')).outcome).toBe('left-to-person');
    const { machineVersion } = await executionOf(`${caseId}-rescue`);
    expect(machineVersion).toBe((await executionOf(caseId)).machineVersion);
    expect(machineVersion).not.toBe((await executionOf(newest)).machineVersion);
  });
});

describe('cases that are gone on with after a deploy', () => {
  it('are handed back and taken back on the release that they began with', { timeout: 300_000 }, async () => {
    // given
    await deploy('today');
    await putSettings(remit.url, settingsIn('full'));
    const told = await askedLead('Tilda Told');
    const warm = { ...sampleLead('warm-lead'), name: 'Wilma Warm' };
    const undone = (await remit.trigger(WORKFLOW, warm)).caseId;
    await remit.waitFor(undone, ({ state, requests }) => state === 'closed' && requests.length > 0);
    await deploy('spring');

    // when
    const answers = [
      await remit.answer(await remit.questionMail(APPROVER, 'Tilda Told'), { verb: 'respond', reason: 'She is away.' }),
      await remit.answer(await remit.questionMail(APPROVER, 'Wilma Warm'), { verb: 'reject', reason: 'Not her.' }),
    ];
    expect(answers.map(({ status }) => status)).toEqual([200, 200]);
    await remit.waitFor(undone, ({ outcome }) => outcome === 'undone');
    // The agents cannot read what they were told, so a person decides.
    await remit.waitFor(told, ({ requests }) => requests.some(({ kind }) => kind === 'decide-case'));

    // then
    for (const caseId of [told, undone]) {
      const versionsOfAll = (await executionNames(caseId)).map(
        async (name) => (await executionOf(name)).machineVersion,
      );
      expect(versionsOfAll).toHaveLength(2);
      expect(new Set(await Promise.all(versionsOfAll))).toEqual(new Set([(await executionOf(caseId)).machineVersion]));
    }
    const newest = await askedLead('Nora Newer');
    expect((await executionOf(newest)).machineVersion).not.toBe((await executionOf(told)).machineVersion);
  });
});

/** Of the machine `case`, all that are about one case. */
async function executionNames(caseId: string): Promise<string[]> {
  const stateMachineArn = executionArn('').replace(':execution:', ':stateMachine:').replace(/:$/, '');
  const { executions = [] } = await states().send(new ListExecutionsCommand({ stateMachineArn, maxResults: 1_000 }));
  return executions.flatMap(({ name = '' }) => (name.startsWith(caseId) ? [name] : []));
}

/** A hot lead up to the question that it leads to. */
async function askedLead(name: string): Promise<string> {
  const { caseId } = await remit.trigger(WORKFLOW, hotLead(name));
  await remit.waitFor(caseId, ({ state }) => state === 'waiting');
  return caseId;
}

/** What tells on which release a case has ended, after it was done once, with one question and an unbroken record. */
async function endOf(caseId: string, name: string) {
  const closed = await remit.waitFor(caseId, ({ state }) => state === 'closed');
  expect(closed.outcome).toBe('done');
  expect(closed.requests.map(({ state }) => state)).toEqual(['answered']);
  expect(verifyChain(ledgerOf(closed))).toMatchObject({ ok: true });
  const toLead = await remit.mails(hotLead(name).email);
  const mails = toLead.filter(({ subject }) => subject.includes(name.slice(0, name.indexOf(' '))));
  expect(mails).toHaveLength(1);
  const effects = await remit.effects(caseId);
  expect(effects).toHaveLength(2);
  return {
    subject: mails[0]?.subject,
    says: /employees \((\w+)\)/.exec(JSON.stringify(effects))?.[1],
    ...(await executionOf(caseId)),
    versions: ledgerOf(closed).flatMap(({ event }) => (event.type === 'case-opened' ? [event.versions] : []))[0],
  };
}

function ledgerOf({ ledger = [] }: CaseAnswer): LedgerEntry[] {
  return ledger.map((entry) => LedgerEntry.parse(entry));
}

async function executionOf(name: string): Promise<{ lastState: string | undefined; machineVersion: string }> {
  const execution = { executionArn: executionArn(name) };
  const { stateMachineVersionArn = '' } = await states().send(new DescribeExecutionCommand(execution));
  const { events = [] } = await states().send(new GetExecutionHistoryCommand({ ...execution, reverseOrder: true }));
  const [lastState] = events.flatMap(({ stateEnteredEventDetails: entered }) => entered?.name ?? []);
  return { lastState, machineVersion: stateMachineVersionArn.slice(stateMachineVersionArn.lastIndexOf(':') + 1) };
}

function states(): SFNClient {
  const credentials = { accessKeyId: 'operator', secretAccessKey: 'operator' };
  return new SFNClient({ endpoint: remit.url, region: 'us-east-1', credentials });
}

function executionArn(name: string): string {
  const machine = remit.runtime.resources.find(
    ({ type, logicalId }) => type === 'AWS::StepFunctions::StateMachine' && /Case/.test(logicalId),
  );
  return `${machine?.physicalId.replace(':stateMachine:', ':execution:')}:${name}`;
}

function versionsIn(folder: string): Versions {
  const functions = Object.values(readTemplate(folder).Resources).map(({ Properties }) => Properties['Environment']);
  const environments = functions as ({ readonly Variables: Readonly<Record<string, string>> } | undefined)[];
  const text = environments.find((environment) => environment?.Variables['REMIT_VERSIONS'] !== undefined);
  const { code, workflows } = JSON.parse(text?.Variables['REMIT_VERSIONS'] ?? '{}');
  return Versions.parse({ code, workflow: workflows[WORKFLOW] });
}
