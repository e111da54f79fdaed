import { deployedAssembly, type Template } from './deployment.ts';
import { assemblyWith } from './other-workflows.ts';

/** The deployed stack, whose agents ask Claude at another address. */
export function assemblyThatAsks(url: string): string {
  return deployedAssembly((template) => askAt(template, url));
}

/** The same with the workflows of a module that stands in for agents/index.ts. */
export function workflowsThatAsk(url: string, module: string): Promise<string> {
  return assemblyWith(module, (template) => askAt(template, url));
}

/** Has the agents of a stack ask Claude at another address. */
export function askAt({ Resources }: Template, url: string): void {
  const runTurn = Object.values(Resources).find(
    ({ Type, Properties }) => Type === 'AWS::Lambda::Function' && Properties['Description'] === 'run-turn',
  );
  const environment = runTurn?.Properties['Environment'] as { Variables: Record<string, unknown> } | undefined;
  if (environment === undefined) throw new Error('The stack has no function run-turn with an environment');
  environment.Variables['REMIT_ANTHROPIC_BASE_URL'] = url;
}
