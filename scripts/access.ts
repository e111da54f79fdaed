import { type FunctionAccess, neverUsed, RolesAccess } from './access/never-used.ts';
import { accessOfTests } from './access/of-tests.ts';
import { Problem } from './command/problem.ts';
import { runCommand } from './command/run-command.ts';
import { say } from './command/say.ts';
import { table } from './report/table.ts';
import { problemIn, RuntimeClient } from './runtime/client.ts';

/**
 * `npm run access [-- --tests] [--json]`: what each function's role allows and no call of it has used, since the data
 * folder of the running runtime began or in the last run of the tests.
 */
async function access(args: readonly string[]): Promise<number> {
  const ofTests = args.includes('--tests');
  const found = ofTests ? neverUsed(accessOfTests()) : await fetchAccess(new RuntimeClient());
  const since = ofTests ? 'in the last run of the tests' : 'since the data folder began';
  if (args.includes('--json')) console.log(JSON.stringify(found, null, 2));
  else say(accessTable(found, since).join('\n'));
  return 0;
}

export async function fetchAccess(runtime: RuntimeClient): Promise<readonly FunctionAccess[]> {
  const answer = await runtime.get('/_local/access');
  const roles = RolesAccess.safeParse(answer.body);
  if (!roles.success) throw new Problem(`The roles could not be read: ${problemIn(answer)}`);
  return neverUsed(roles.data);
}

export function accessTable(found: readonly FunctionAccess[], since: string): readonly string[] {
  const rows = found.flatMap(({ name, used, neverUsed: unused }) => {
    const actions = unused.length === 0 ? ['(all that it may do, it has done)'] : unused;
    return actions.map((action, at) => (at === 0 ? [name, String(used.length), action] : ['', '', action]));
  });
  return [
    `Allowed but never used ${since}`,
    '',
    ...table(['function or state machine', 'actions used', 'never used'], rows),
    '',
    'Left out: logs:* and xray:*, which Lambda itself uses. What only a failure or a rare request needs is here until it happens.',
  ];
}

if (import.meta.main) await runCommand(access);
