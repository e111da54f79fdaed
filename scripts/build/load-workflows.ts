import { existsSync, readFileSync } from 'node:fs';
import { repliesAcross, type Workflow, WorkflowError } from '../../shared/authoring/index.ts';
import { connectorsOf } from '../../shared/connectors/bind-connectors.ts';
import { Problem } from '../command/problem.ts';
import { inProject } from '../command/project.ts';
import { lineOfProblem } from './problem-line.ts';

/** The workflows of agents/index.ts; a Problem in the builder's terms when one cannot be used, or not beside the others. */
export async function loadWorkflows(): Promise<readonly Workflow[]> {
  try {
    const { workflows } = await import('../../agents/index.ts');
    checkTogether(workflows);
    return workflows;
  } catch (error) {
    throw new Problem(workflowProblem(error), { cause: error });
  }
}

/** What no workflow can see of itself alone. @throws WorkflowError for the first that does not go with the others */
function checkTogether(workflows: readonly Workflow[]): void {
  connectorsOf(workflows);
  const problems = repliesAcross(workflows);
  const [first] = problems;
  if (first === undefined) return;
  const own = problems.filter(({ workflow }) => workflow === first.workflow).map(({ problem }) => problem);
  throw new WorkflowError(first.workflow, own);
}

/** What a `WorkflowError` found, each with its line; anything else is told with the place in agents/ where it happened. */
export function workflowProblem(error: unknown, readSource: (file: string) => string | null = readFile): string {
  if (!(error instanceof Error)) return `The workflows cannot be loaded: ${String(error)}`;
  if (isWorkflowError(error)) return withLines(error, readSource);
  const place = /agents\/[\w./-]+:\d+/.exec(error.stack ?? '')?.[0];
  return `The workflows cannot be loaded${place === undefined ? '' : ` (${place})`}: ${error.message}`;
}

type Unusable = Error & { readonly workflow: string; readonly problems: readonly string[] };

/** By its name: the class of the built one may be another than ours. */
function isWorkflowError(error: Error): error is Unusable {
  return error.name === 'WorkflowError';
}

function withLines({ workflow, problems }: Unusable, readSource: (file: string) => string | null): string {
  const file = `agents/${workflow}/workflow.ts`;
  const source = readSource(file);
  const lines = problems.map((problem) => {
    const line = source === null ? null : lineOfProblem(problem, source);
    return `  - ${line === null ? '' : `${file}:${line}: `}${problem}`;
  });
  return `Workflow ${workflow} cannot be used:\n${lines.join('\n')}`;
}

function readFile(file: string): string | null {
  return existsSync(inProject(file)) ? readFileSync(inProject(file), 'utf8') : null;
}
