import { globSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import {
  type AttributeValue,
  DynamoDBClient,
  ListTablesCommand,
  QueryCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { type Labelled, parseLabelled } from '../../evals/run/labelled.ts';
import { setDigest, setPath } from '../../evals/run/scored-set.ts';
import type { EvaluationOutcome } from '../../shared/contracts/index.ts';
import type { Deployment } from './deployment.ts';
import { patiently } from './patiently.ts';

export const EXPENSES = 'expense-categorisation';
export const FINANCE = 'finance-manager@remit.example';

/** What `GET /api/evaluations/{id}` answers, as far as tests look at it. */
export interface EvaluationAnswer {
  readonly id: string;
  readonly state: string;
  readonly attempt: number;
  readonly outcome: EvaluationOutcome | null;
  readonly progress: { readonly done: number; readonly left: number };
}

/** The examples of a workflow, as its builder wrote them. */
export function examplesOf(workflow: string): Labelled[] {
  const path = setPath(workflow, 'examples');
  return parseLabelled(path, readFileSync(path, 'utf8'));
}

/** Puts a labelled set into a synthesized stack, as a build does with a file in the folder `sets` of the workflow. */
export function deploySet(assembly: string, workflow: string, name: string, examples: readonly Labelled[]): void {
  for (const folder of assetsWith(assembly, setPath(workflow, 'examples'))) {
    const file = join(folder, setPath(workflow, name));
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, examples.map((example) => `${JSON.stringify(example)}\n`).join(''));
  }
  for (const folder of assetsWith(assembly, `agents/${workflow}/sets.json`)) {
    const list = join(folder, `agents/${workflow}/sets.json`);
    const known: unknown[] = JSON.parse(readFileSync(list, 'utf8'));
    const added = { name, digest: setDigest(examples), examples: examples.length };
    writeFileSync(list, JSON.stringify([...known, added]));
  }
}

/** Makes the first slice of every evaluation fail as long as the file `fails` is there: once, where it says so. */
export function breakFirstSlice(assembly: string, fails: string): void {
  const handler = `
    import { existsSync, readFileSync, rmSync } from 'node:fs';
    import { handler as measures } from './measures.mjs';
    const fails = ${JSON.stringify(fails)};
    export const handler = async (event, context) => {
      if (event.step === 'slice' && event.slice === 0 && existsSync(fails)) {
        if (readFileSync(fails, 'utf8') === 'once') rmSync(fails);
        throw new Error('the machine under it went away');
      }
      return measures(event, context);
    };`;
  for (const folder of assetsWith(assembly, setPath(EXPENSES, 'examples'))) {
    renameSync(join(folder, 'index.mjs'), join(folder, 'measures.mjs'));
    writeFileSync(join(folder, 'index.mjs'), handler);
  }
}

/** Folders of the code of a function, by a file that it alone has; those of earlier builds may lie there too. */
function assetsWith(assembly: string, file: string): string[] {
  const found = globSync(`asset.*/${file}`, { cwd: assembly });
  if (found.length === 0) throw new Error(`no function was deployed with ${file}`);
  return found.map((path) => join(assembly, path.split('/')[0] ?? ''));
}

export async function startEvaluation(
  remit: Pick<Deployment, 'api'>,
  wish: Readonly<Record<string, unknown>>,
  by = FINANCE,
): Promise<{ readonly status: number; readonly evaluationId: string; readonly message?: string }> {
  const response = await remit.api('/api/evaluations', { method: 'POST', body: JSON.stringify(wish) }, by);
  return { status: response.status, ...JSON.parse(await response.text()) };
}

export async function evaluationAt(
  remit: Pick<Deployment, 'api'>,
  id: string,
  by = FINANCE,
): Promise<EvaluationAnswer> {
  const response = await remit.api(`/api/evaluations/${id}`, {}, by);
  return JSON.parse(await response.text());
}

/** The evaluation when it has ended. */
export function endedEvaluation(remit: Pick<Deployment, 'api'>, id: string, by = FINANCE): Promise<EvaluationAnswer> {
  const hasEnded = ({ state }: EvaluationAnswer): boolean => state !== 'running';
  return patiently(() => evaluationAt(remit, id, by), hasEnded, {
    ...{ what: 'an evaluation', forMs: 300_000, everyMs: 250 },
  });
}

/** A row of an evaluation, as it lies in its table. */
export interface RowItem {
  readonly key: Readonly<Record<string, AttributeValue>>;
  readonly example: string;
  readonly body: string;
}

/** The rows that are kept of an evaluation. */
export async function rowsAt(url: string, id: string): Promise<readonly RowItem[]> {
  const { Items = [] } = await dynamoAt(url).send(
    new QueryCommand({
      TableName: await tableAt(url),
      KeyConditionExpression: 'pk = :pk AND begins_with(sk, :rows)',
      ExpressionAttributeValues: { ':pk': { S: `evaluation#${id}` }, ':rows': { S: 'result#' } },
    }),
  );
  return Items.map(({ pk, sk, example, body }) => ({
    ...{ key: { pk: pk ?? { S: '' }, sk: sk ?? { S: '' } }, example: example?.S ?? '', body: body?.S ?? '' },
  }));
}

/** Writes a row as somebody would who has the table, past all that Remit does. */
export async function writeRow(url: string, { key, body }: RowItem): Promise<void> {
  await dynamoAt(url).send(
    new UpdateItemCommand({
      ...{ TableName: await tableAt(url), Key: { ...key }, UpdateExpression: 'SET body = :body' },
      ExpressionAttributeValues: { ':body': { S: body } },
    }),
  );
}

async function tableAt(url: string): Promise<string> {
  const { TableNames = [] } = await dynamoAt(url).send(new ListTablesCommand({}));
  const found = TableNames.find((name) => name.includes('Evaluations'));
  if (found === undefined) throw new Error(`no table of evaluations among ${TableNames.join(', ')}`);
  return found;
}

function dynamoAt(endpoint: string): DynamoDBClient {
  const credentials = { accessKeyId: 'operator', secretAccessKey: 'operator' };
  return new DynamoDBClient({ endpoint, region: 'us-east-1', credentials });
}
