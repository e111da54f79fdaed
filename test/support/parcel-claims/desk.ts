import { appendFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type CaseAnswer, type Deployment, people } from '../deployment.ts';
import { freePort } from '../free-port.ts';
import { copyProject, type Ran, type Running } from '../project-copy.ts';
import { START } from '../start-of-time.ts';
import { type Claim, labelledClaims } from './claims.ts';

export const CLAIMS = 'parcel-claims';
export const PARCEL_LEAD = 'parcel-lead@remit.example';
/** Shorter than most would have it: on this machine a day passes in the time that its schedules take. */
export const COOL_DOWN_DAYS = 2;
const EXAMPLES = `agents/${CLAIMS}/examples.jsonl`;

/** No other workflow: it is built and booted the faster. */
const INDEX = `import { parcelClaimsWorkflow } from './parcel-claims/workflow.ts';
export const workflows = [parcelClaimsWorkflow];
export function findWorkflow(id: string) {
  return workflows.find((workflow) => workflow.id === id) ?? null;
}
`;

/** A workflow in a copy of the project, written, built, trained, deployed and spoken to by the commands of the project. */
export interface ClaimsDesk extends Omit<Deployment, 'runtime' | 'home' | 'stop'> {
  /** Builds and trains what the copy holds, and runs it on the data from before. */
  readonly deploy: () => Promise<void>;
  /** `npm run <command> -- parcel-claims <args>` against what runs. */
  readonly command: (command: string, ...args: readonly string[]) => Promise<Ran>;
  readonly addExamples: (lines: string) => void;
  /** Sends them, some at a time, and resolves once each is closed or waits for somebody. */
  readonly send: (claims: readonly Claim[]) => Promise<CaseAnswer[]>;
  /** What the API answers the owner. @throws where it is not 200. */
  readonly read: <T>(path: string) => Promise<T>;
  /** As the owner. @returns the status */
  readonly post: (path: string, body: object) => Promise<number>;
  readonly remove: () => Promise<void>;
}

export async function claimsDesk(): Promise<ClaimsDesk> {
  const copy = copyProject();
  const environment = {
    REMIT_PORT: String(await freePort()),
    REMIT_HOME: join(copy.root, 'home'),
    REMIT_NOT_BEFORE: START,
  };
  const remit = people(`http://127.0.0.1:${environment.REMIT_PORT}`);
  const answers = join(process.cwd(), 'test', 'support', CLAIMS, 'answers.json');
  const written = await copy.run('scripts/new.ts', ['workflow', CLAIMS, '--answers', answers]);
  if (written.exitCode !== 0) throw new Error(written.output);
  writeFileSync(join(copy.root, 'agents', 'index.ts'), INDEX);
  writeFileSync(join(copy.root, EXAMPLES), labelledClaims());
  const workflow = join(copy.root, 'agents', CLAIMS, 'workflow.ts');
  const rollout = `phase: 'shadow', stepBack: { coolDownDays: ${COOL_DOWN_DAYS} }`;
  writeFileSync(workflow, readFileSync(workflow, 'utf8').replace("phase: 'shadow'", rollout));
  let running: Running | null = null;
  return {
    ...remit,
    deploy: async () => {
      await running?.stop();
      running = await copy.start('scripts/start.ts', 'Remit runs on', environment);
    },
    command: (command, ...args) => copy.run(`scripts/${command}.ts`, [CLAIMS, ...args], environment),
    addExamples: (lines) => appendFileSync(join(copy.root, EXAMPLES), lines),
    send: (claims) => sendAll(remit, claims),
    read: async (path) => {
      const answer = await remit.api(path, {}, PARCEL_LEAD);
      if (answer.status !== 200) throw new Error(`${path} answered ${answer.status}: ${await answer.text()}`);
      return JSON.parse(await answer.text());
    },
    post: async (path, body) =>
      (await remit.api(path, { method: 'POST', body: JSON.stringify(body) }, PARCEL_LEAD)).status,
    remove: copy.remove,
  };
}

const AT_A_TIME = 4;

async function sendAll(
  remit: Pick<Deployment, 'trigger' | 'waitFor'>,
  claims: readonly Claim[],
): Promise<CaseAnswer[]> {
  const settled = async (claim: Claim): Promise<CaseAnswer> => {
    const { caseId } = await remit.trigger(CLAIMS, claim);
    return remit.waitFor(caseId, ({ state, requests }) => state === 'closed' || requests.length > 0);
  };
  const all: CaseAnswer[] = [];
  for (let from = 0; from < claims.length; from += AT_A_TIME)
    all.push(...(await Promise.all(claims.slice(from, from + AT_A_TIME).map(settled))));
  return all;
}
