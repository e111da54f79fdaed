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

/** Has the agents of a stack ask Claude at another address: in cases, or in whatever other function asks. */
export function askAt({ Resources }: Template, url: string, asker = 'run-turn'): void {
  const asks = Object.values(Resources).find(
    ({ Type, Properties }) => Type === 'AWS::Lambda::Function' && Properties['Description'] === asker,
  );
  const environment = asks?.Properties['Environment'] as { Variables: Record<string, unknown> } | undefined;
  if (environment === undefined) throw new Error(`The stack has no function ${asker} with an environment`);
  environment.Variables['REMIT_ANTHROPIC_BASE_URL'] = url;
}
