import { readFileSync } from 'node:fs';
import * as z from 'zod';
import { type BacktestWanted, backtestOptions } from './backtest/options.ts';
import { BacktestAnswer, backtestReport } from './backtest/report.ts';
import { Problem } from './command/problem.ts';
import { runCommand } from './command/run-command.ts';
import { say } from './command/say.ts';
import { problemIn, RuntimeClient } from './runtime/client.ts';

/** `npm run backtest -- <workflow> --confidence 0.7`: what a change of a rule would have meant for past cases. */
async function backtest(args: readonly string[]): Promise<number> {
  const wanted = backtestOptions(args, (file) => readFileSync(file, 'utf8'));
  const answer = await asked(new RuntimeClient(), wanted);
  if (wanted.isJson) console.log(JSON.stringify(answer, null, 2));
  else say(backtestReport(answer).join('\n'));
  return 0;
}

async function asked(runtime: RuntimeClient, { workflow, change, days }: BacktestWanted): Promise<BacktestAnswer> {
  const answer = await runtime.postAsOperator(`/api/workflows/${encodeURIComponent(workflow)}/back-test`, {
    change,
    days,
  });
  if (answer.status !== 200) throw new Problem(`The change could not be tested: ${problemIn(answer)}`);
  const parsed = BacktestAnswer.safeParse(answer.body);
  if (!parsed.success) throw new Problem(`The answer is not understood:\n${z.prettifyError(parsed.error)}`);
  return parsed.data;
}

if (import.meta.main) await runCommand(backtest);
