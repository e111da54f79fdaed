import { execFile, spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { DynamoDBClient, ListTablesCommand } from '@aws-sdk/client-dynamodb';
import { ListQueuesCommand, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { afterAll, describe, expect, it } from 'vitest';
import { CaseStory } from '../../scripts/runtime/case-story.ts';
import { chainVerdict } from '../../scripts/verify.ts';
import { DynamoBatchStore } from '../../shared/aws/dynamo-batch-store.ts';
import { CaseId } from '../../shared/contracts/index.ts';
import { type CaseAnswer, deployedAssembly, people } from '../support/deployment.ts';
import { freePort } from '../support/free-port.ts';
import { APPROVER, sampleLead, WORKFLOW } from '../support/leads.ts';
import { RuntimeProcess } from '../support/runtime-process.ts';
import { START, START_MS } from '../support/start-of-time.ts';

const HOT = sampleLead('hot-lead');
const ADA = {
  ...HOT,
  name: 'Adalinde Quistorp',
  email: 'Adalinde.Quistorp@havenlicht.example',
  message: `${HOT.message} Our zebrafinch terminals are waiting for it.`,
};
/** What only the erased person said and is called. */
const WORDS = ['adalinde', 'quistorp', 'zebrafinch'];
const BEN = { ...HOT, name: 'Benedikt Ovel', email: 'benedikt@havenlicht.example' };
const KEPT_DAYS = 5;
const BATCH = CaseId.parse('b'.repeat(32));

const assembly = deployedAssembly(({ Resources }) => {
  for (const { Properties } of Object.values(Resources)) {
    const { Variables: variables } = (Properties?.['Environment'] ?? {}) as { Variables?: Record<string, unknown> };
    if (variables?.['REMIT_RETENTION_DAYS'] !== undefined) variables['REMIT_RETENTION_DAYS'] = String(KEPT_DAYS);
  }
});
const home = mkdtempSync(join(tmpdir(), 'remit-erase-'));
const runtime = new RuntimeProcess(assembly, home);

afterAll(async () => {
  await runtime.kill();
  rmSync(home, { recursive: true, force: true });
  rmSync(assembly, { recursive: true, force: true });
});

const isAsked = ({ state }: CaseAnswer): boolean => state === 'waiting';
const isClosed = ({ state }: CaseAnswer): boolean => state === 'closed';

describe('a person is erased', () => {
  it('from everything that is kept, though the runtime is killed in the middle', { timeout: 240_000 }, async () => {
    // given: two people of one company, and a third case that waits
    const port = await freePort();
    const remit = people(`http://127.0.0.1:${port}`);
    await runtime.start(port);
    const ada = await approved(remit, ADA);
    const { link } = ada;
    const ben = await approved(remit, BEN);
    const benBefore = await story(remit, ben.caseId);
    const { caseId: open } = await remit.trigger(WORKFLOW, { ...ADA, message: `${ADA.message} Again.` });
    await remit.waitFor(open, isAsked);
    const waiting = await leftBehind(port);
    expect(Object.keys(found())).toContain('dynamodb_items');
    // What Step Functions keeps nobody can erase: she is not in it to begin with.
    expect(Object.keys(found()).filter((table) => table.startsWith('states_'))).toEqual([]);

    // when: what waits is in the way; then it is ended, the work is killed, and the same command is given again
    const args = ['--subject', 'adalinde.quistorp@HAVENLICHT.example', '--reason', 'She asked for it.'];
    const looked = await erase(port, args);
    expect(looked.said).toContain('2 cases are about this person');
    expect(looked.said).toContain('beside cases, of expense-categorisation: waiting-files 1');
    expect(looked.said).toContain('beside cases, of lead-qualification: dead-letters 1');
    expect(looked.said).toContain('Nothing was removed.');
    expect(leaks(looked.said)).toEqual([]);
    expect(await erase(port, [...args, '--yes'])).toMatchObject({
      code: 1,
      said: expect.stringContaining('--also-open'),
    });
    const broken = erase(port, [...args, '--yes', '--also-open']);
    await remit
      .waitFor(ada.caseId, ({ ledger }) => ledger?.at(-1)?.event.type === 'subject-erased')
      .catch(() => undefined);
    await runtime.kill();
    await broken;
    await runtime.start(port);
    expect(await erase(port, [...args, '--yes', '--also-open'])).toMatchObject({ code: 0 });
    expect((await erase(port, args)).said).toContain('Nothing is kept of this person');

    // then: nothing is left of her, not in the logs either, and everything of him
    expect(found()).toEqual({});
    const logs = readdirSync(join(home, 'logs'), { recursive: true, withFileTypes: true }).filter((one) =>
      one.isFile(),
    );
    expect(logs.length).toBeGreaterThan(5);
    for (const log of logs) expect(leaks(readFileSync(join(log.parentPath, log.name), 'utf8'))).toEqual([]);
    expect(await story(remit, ben.caseId)).toEqual(benBefore);
    expect((await waiting.get(BATCH))?.brought?.source).toEqual({
      file: expect.stringMatching(/^id,of\n1,ben\n\x7f+\n3,cleo\n$/),
    });
    for (const caseId of [ada.caseId, open]) {
      const after = await story(remit, caseId);
      expect(CaseStory.safeParse(after).success).toBe(true);
      expect(chainVerdict(after)).toMatchObject({ isWhole: true });
      expect(after.ledger?.at(-1)?.event).toMatchObject({ type: 'subject-erased', reason: 'She asked for it.' });
    }
    const answers = (await story(remit, ada.caseId)).requests.map(({ answer }) => answer);
    expect(answers.at(-1)).toMatchObject({ verb: 'approve', by: APPROVER });

    // and: people can read what is left, and an auditor can check it offline
    const page = await (await fetch(link)).text();
    expect(page).toContain('erased');
    expect(leaks(page)).toEqual([]);
    const told = await run(port, 'scripts/case.ts', [ada.caseId]);
    expect(told).toMatchObject({ code: 0, said: expect.stringContaining('operator@example.com had it erased') });
    expect(leaks(told.said)).toEqual([]);
    const pack = join(home, 'pack');
    const day = START.slice(0, 10);
    const days = ['--from', '2020-01-01', '--to', day, '--out', pack];
    expect(await run(port, 'scripts/evidence.ts', [WORKFLOW, ...days])).toMatchObject({ code: 0 });
    const verified = spawnSync(process.execPath, [join(pack, 'verify.mjs')], { encoding: 'utf8', env: {} });
    expect(verified.stdout).toContain('each whole and unchanged');
    expect(leaks(readFileSync(join(pack, 'cases', `${ada.caseId}.json`), 'utf8'))).toEqual([]);

    // and: what is personal of the others goes by itself when its time is over, and not before
    expect(JSON.stringify(await story(remit, ben.caseId))).toContain('Benedikt');
    await remit.advance((KEPT_DAYS + 1) * 86_400);
    const gone = await remit.waitFor(ben.caseId, ({ ledger }) => ledger?.at(-1)?.event.type === 'subject-erased');
    expect(gone.ledger?.at(-1)?.event).toMatchObject({ by: 'remit', because: 'retention' });
    await remit.waitFor(ben.caseId, (now) => !JSON.stringify(now).includes('Benedikt'));
    expect(chainVerdict(await story(remit, ben.caseId))).toMatchObject({ isWhole: true });
  });
});

async function approved(remit: ReturnType<typeof people>, lead: typeof ADA): Promise<{ caseId: string; link: string }> {
  const { caseId } = await remit.trigger(WORKFLOW, lead);
  let link = '';
  for (let asked = 0; ; ) {
    const isDue = (now: CaseAnswer): boolean => isClosed(now) || (isAsked(now) && now.requests.length > asked);
    const now = await remit.waitFor(caseId, isDue);
    if (isClosed(now)) return { caseId, link };
    const mail = await remit.questionMail(APPROVER, lead.name);
    link = mail.link;
    await remit.answer(mail, { verb: 'approve' });
    asked = now.requests.length;
  }
}

/** What stands there when things went wrong: a file whose machine failed, and a trigger that no function could take. */
async function leftBehind(port: number): Promise<DynamoBatchStore> {
  const credentials = { accessKeyId: 'operator', secretAccessKey: 'operator' };
  const settings = { endpoint: `http://127.0.0.1:${port}`, region: 'us-east-1', credentials };
  const [dynamoDb, sqs] = [new DynamoDBClient(settings), new SQSClient(settings)];
  const { TableNames: tables = [] } = await dynamoDb.send(new ListTablesCommand({}));
  const store = new DynamoBatchStore(dynamoDb, tables.find((name) => name.includes('Cases')) ?? '', () => START_MS);
  const receivedAt = START;
  const file = `id,of\n1,ben\n2,"the dinner with ${ADA.email}"\n3,cleo\n`;
  const about = { workflow: 'expense-categorisation', trigger: 'card-file', receivedAt };
  await store.begin({ batchId: BATCH, ...about, brought: { eventId: 'msg_file', source: { file } } });
  const { QueueUrls: queues = [] } = await sqs.send(new ListQueuesCommand({}));
  const QueueUrl = queues.find((name) => name.includes('DeadLetters'));
  const letter = { workflow: WORKFLOW, trigger: 'contact-form', eventId: 'msg_dead', receivedAt, body: ADA };
  await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: JSON.stringify(letter) }));
  return store;
}

async function story(remit: ReturnType<typeof people>, caseId: string): Promise<CaseAnswer & Record<string, unknown>> {
  return (await remit.waitFor(caseId, () => true)) as CaseAnswer & Record<string, unknown>;
}

function leaks(text: string): string[] {
  return WORDS.filter((word) => text.toLowerCase().includes(word));
}

/** Tables of the runtime in which a word of hers stands, with the first such value, cut. */
function found(): Record<string, string> {
  const db = new DatabaseSync(join(home, 'data.sqlite'), { readOnly: true });
  const tables = db.prepare("SELECT name FROM sqlite_master WHERE type = 'table'").all();
  const places = tables.flatMap(({ name }) => {
    const rows = db.prepare(`SELECT * FROM "${name}"`).all();
    const values = rows.flatMap((row) => Object.values(row).map(textOf));
    const value = values.find((text) => leaks(text).length > 0);
    return value === undefined ? [] : [[String(name), value.slice(0, 200)] as const];
  });
  db.close();
  return Object.fromEntries(places);
}

function textOf(value: unknown): string {
  return value instanceof Uint8Array ? Buffer.from(value).toString() : String(value);
}

interface Ran {
  readonly code: number;
  readonly said: string;
}

function erase(port: number, args: readonly string[]): Promise<Ran> {
  return run(port, 'scripts/erase.ts', args);
}

function run(port: number, script: string, args: readonly string[]): Promise<Ran> {
  const env = { ...process.env, REMIT_PORT: String(port), REMIT_HOME: home };
  return new Promise((resolve) => {
    execFile(process.execPath, [script, ...args], { env }, (error, stdout, stderr) => {
      resolve({ code: error === null ? 0 : Number(error.code ?? 1), said: stdout + stderr });
    });
  });
}
