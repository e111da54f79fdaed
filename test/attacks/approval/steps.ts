import { randomBytes } from 'node:crypto';
import { DynamoDBClient, ScanCommand } from '@aws-sdk/client-dynamodb';
import { deployedAssembly } from '../../support/deployment.ts';
import { APPROVER, DEPUTY, hotLead, WORKFLOW } from '../../support/leads.ts';
import { buildRelease } from '../../support/releases.ts';
import { rewriteRequest } from '../../support/stored-requests.ts';
import { browserSteps } from './browser-steps.ts';
import { NotRunError, type Step, text } from './row.ts';
import type { World } from './world.ts';

export type Act = (world: World, step: Step) => Promise<void>;

/** Everything that a script may do, by its word. */
const STEPS: Readonly<Record<string, Act>> = {
  ...browserSteps,
  head: (world, step) => look(world, step, 'HEAD'),
  get: (world, step) => look(world, step, 'GET'),
  signIn: async (world, step) => {
    const actor = text(step, 'as') ?? 'approver';
    if (actor === 'requester') await letRequesterBeAsked(world);
    await world.browserOf(actor);
  },
  post: async (world, step) => {
    const actor = text(step, 'as') ?? 'approver';
    const via = text(step, 'via') ?? (actor === 'requester' ? 'console' : 'link');
    await send(world, step, { actor, via });
  },
  together: async (world, step) => {
    const steps = step['steps'] as Step[];
    const pages = await Promise.all(steps.map((one) => world.page(text(one, 'as') ?? 'approver', 'link')));
    await Promise.all(
      steps.map(async (one, n) => {
        const browser = await world.browserOf(text(one, 'as') ?? 'approver');
        const page = pages[n];
        if (one.do !== 'post' || page === undefined) throw new NotRunError(`together: ${one.do}`);
        await world.noteResponse(await browser.post(page, { verb: decisionOf(one) }));
      }),
    );
  },
  wait: (world, step) => world.remit.advance(secondsOf(text(step, 'for') ?? '', world.answerWithinSeconds)),
  editAction: async (world) => {
    const old = await world.page('approver', 'link');
    await rewriteRequest(world.remit, world.requestId, (request) => ({
      ...request,
      draft: { ...request.draft, subject: 'Something else' },
      digest: 'e'.repeat(64),
      revision: request.revision + 1,
    }));
    edited.set(world, old);
  },
  tamperId: async (world) => {
    const last = world.path.at(-1);
    world.path = `${world.path.slice(0, -1)}${last === 'A' ? 'B' : 'A'}`;
  },
  randomIds: async (world, step) => {
    const times = Number(step['times'] ?? 1);
    for (let from = 0; from < times; from += AT_ONCE) {
      const some = Array.from({ length: Math.min(AT_ONCE, times - from) }, () => randomBytes(16).toString('base64url'));
      await Promise.all(some.map(async (id) => world.noteResponse(await fetch(`${world.remit.url}/r/${id}`))));
    }
    // Alarms look at whole periods.
    await world.remit.advance(600);
  },
  redeploy: (world) =>
    world.redeploy(
      deployedAssembly((template) => {
        for (const resource of Object.values(template.Resources)) {
          if (resource.Type === 'AWS::StepFunctions::StateMachine') renameStates(resource.Properties);
          if (resource.Type === 'AWS::Lambda::Function') {
            const { Variables: variables } = (resource.Properties['Environment'] ?? {}) as { Variables?: object };
            resource.Properties['Environment'] = { Variables: { ...variables, REMIT_RELEASE: 'the next one' } };
          }
        }
      }),
    ),
  removeFromGroup: (world, step) => removeFromTeam(world, world.emailOf(text(step, 'who') ?? 'approver')),
  scan: async (world) => {
    const TableName = world.remit.runtime.resources.find(({ logicalId }) =>
      logicalId.startsWith('StoresTokens'),
    )?.physicalId;
    const credentials = { accessKeyId: 'operator', secretAccessKey: 'operator' };
    const client = new DynamoDBClient({ endpoint: world.remit.url, region: 'us-east-1', credentials });
    const { Items: items = [] } = await client.send(new ScanCommand({ TableName }));
    const tokens = items
      .flatMap((item) => Object.values(item).flatMap(({ S: value }) => value ?? []))
      .filter((value) => value.length > 40);
    if (tokens.length === 0) throw new NotRunError('there is no task token to look for');
    const mails = [...(await world.remit.mails(APPROVER)), ...(await world.remit.mails(DEPUTY))];
    const told = [
      ...mails.map((mail) => JSON.stringify(mail)),
      (await world.page('approver', 'link')).text,
      world.link,
    ];
    world.seen.scans += told.filter((one) => tokens.some((token) => one.includes(token))).length;
  },
  bulk: async (world, step) => {
    const times = Number(step['times'] ?? 1);
    const caseIds: string[] = [];
    for (let n = 0; n < times; n += 1) {
      const { caseId } = await world.remit.trigger(WORKFLOW, hotLead(`Bulk${n} Lead`));
      caseIds.push(caseId);
    }
    const asked = await Promise.all(caseIds.map((id) => world.remit.waitFor(id, ({ state }) => state === 'waiting')));
    const requests = asked.flatMap((one) => one.requests);
    const browser = await world.browserOf(text(step, 'as') ?? 'approver');
    const inbox = await browser.open('/inbox');
    const response = await browser.post(
      inbox,
      {
        ...{ verb: decisionOf(step), pick: requests.map(({ id }) => id) },
        ...Object.fromEntries(requests.map(({ id, digest }) => [`digest/${id}`, digest])),
      },
      { to: `${world.remit.url}/inbox` },
    );
    await world.noteResponse(response);
    world.bulk = { caseIds };
  },
};

const AT_ONCE = 40;
const edited = new WeakMap<World, Awaited<ReturnType<World['page']>>>();

export async function act(world: World, step: Step): Promise<void> {
  const run = STEPS[step.do];
  if (run === undefined) throw new NotRunError(`This runner does not know the step ${step.do}`);
  await run(world, step);
}

async function look(world: World, step: Step, method: 'GET' | 'HEAD'): Promise<void> {
  const browser = await world.browserOf(text(step, 'as') ?? 'anonymous');
  const query = text(step, 'query');
  const headers = (step['headers'] ?? {}) as Record<string, string>;
  await world.noteResponse(
    await browser.send(`${world.link}${query === undefined ? '' : `?${query}`}`, { method, headers }),
  );
}

async function send(world: World, step: Step, { actor, via }: { actor: string; via: string }): Promise<void> {
  const page = edited.get(world) ?? (await world.page(actor, via));
  const browser = await world.browserOf(actor);
  const url = via === 'console' ? `${world.remit.url}/inbox/${world.requestId}` : world.link;
  const origin = text(step, 'origin');
  const options = { ...(origin === undefined ? {} : { origin }), ...(step['csrf'] === false ? { csrf: false } : {}) };
  await world.noteResponse(
    await browser.post({ ...page, url }, { verb: decisionOf(step), reason: 'as scripted' }, options),
  );
}

function decisionOf(step: Step): string {
  const decision = text(step, 'decision');
  if (decision !== 'approve' && decision !== 'reject') throw new NotRunError(`the decision ${decision}`);
  return decision;
}

/** `1h`, `5m`, or the time that a link or a question lives, with seconds more or less. */
function secondsOf(duration: string, answerWithin: number): number {
  const [, base = '', more = '0'] = /^(\d+[smh]|timeout|linkLifetime)([+-]\d+s)?$/.exec(duration) ?? [];
  const named: Readonly<Record<string, number>> = {
    timeout: answerWithin,
    linkLifetime: answerWithin,
  };
  const units: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3_600 };
  const seconds = named[base] ?? Number.parseInt(base, 10) * (units[base.at(-1) ?? ''] ?? Number.NaN);
  if (!Number.isFinite(seconds)) throw new NotRunError(`the time ${duration}`);
  return seconds + Number.parseInt(more, 10);
}

/** The question is put to the one who wants it, too: they must not say yes all the same. */
function letRequesterBeAsked(world: World): Promise<void> {
  const requester = world.emailOf('requester');
  return rewriteRequest(world.remit, world.requestId, (request) => ({
    ...request,
    people: [...request.people, requester],
    excluded: [requester],
  }));
}

/** A state that a person's answer leads to has another name from now on. */
function renameStates(properties: Record<string, unknown>): void {
  const renamed = String(properties['DefinitionString'])
    .replaceAll('"Wait for the answer"', '"Wait for somebody to answer"')
    .replaceAll('"Follow the answer"', '"Go where the answer leads"')
    .replaceAll('"Perform the action"', '"Perform it now"');
  properties['DefinitionString'] = renamed;
}

/** The next release of the workflow has another approver, so that this one belongs to no team of it. */
async function removeFromTeam(world: World, person: string): Promise<void> {
  const file = 'agents/lead-qualification/workflow.ts';
  await world.redeploy(await buildRelease([{ file, from: person, to: 'successor@remit.example' }]));
}
