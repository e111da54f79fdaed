import { runCommand } from './command/run-command.ts';
import { say } from './command/say.ts';
import { COMMANDS } from './help/commands.ts';

/** `npm run help`: every command with what it is for. */
async function help(): Promise<number> {
  const width = Math.max(...COMMANDS.flatMap(({ commands }) => commands.map(([name]) => name.length)));
  const groups = COMMANDS.map(({ title, commands }) =>
    [title, ...commands.map(([name, what]) => `  ${name.padEnd(width)}  ${what}`)].join('\n'),
  );
  say(`npm run <command> -- --help tells the options of those that have some.\n\n${groups.join('\n\n')}`);
  return 0;
}

if (import.meta.main) await runCommand(help);
