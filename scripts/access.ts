import * as z from 'zod';
import { type FunctionAccess, neverUsed } from './access/never-used.ts';
import { Problem } from './command/problem.ts';
import { runCommand } from './command/run-command.ts';
import { table } from './report/table.ts';
import { problemIn, RuntimeClient } from './runtime/client.ts';

/** `npm run access [-- --json]`: what each function's role allows and no call of it has used since its data folder began. */
async function access(args: readonly string[]): Promise<number> {
  const found = await fetchAccess(new RuntimeClient());
  console.log(args.includes('--json') ? JSON.stringify(found, null, 2) : accessTable(found).join('\n'));
  return 0;
}

export async function fetchAccess(runtime: RuntimeClient): Promise<readonly FunctionAccess[]> {
  const answer = await runtime.get('/_local/access');
  const roles = Roles.safeParse(answer.body);
  if (!roles.success) throw new Problem(`The roles could not be read: ${problemIn(answer)}`);
  return neverUsed(roles.data);
}

export function accessTable(found: readonly FunctionAccess[]): readonly string[] {
  const rows = found.flatMap(({ name, used, neverUsed: unused }) => {
    const actions = unused.length === 0 ? ['(all that it may do, it has done)'] : unused;
    return actions.map((action, at) => (at === 0 ? [name, String(used.length), action] : ['', '', action]));
  });
  return [
    'Allowed but never used since the data folder began',
    '',
    ...table(['function or state machine', 'actions used', 'never used'], rows),
    '',
    'Left out: logs:* and xray:*, which Lambda itself uses. What only a failure or a rare request needs is here until it happens.',
  ];
}

const Roles = z.array(
  z.object({
    roleArn: z.string(),
    principals: z.array(z.string()),
    used: z.array(z.string()),
    neverUsed: z.array(z.string()),
  }),
);

if (import.meta.main) await runCommand(access);
