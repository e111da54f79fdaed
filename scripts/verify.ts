import { Cursor, type LedgerEntry } from '../shared/contracts/index.ts';
import { verifyChain } from '../shared/domain/ledger.ts';
import { Problem } from './command/problem.ts';
import { runCommand } from './command/run-command.ts';
import { say } from './command/say.ts';
import { caseIdFrom, fetchCase } from './runtime/case-story.ts';
import { isRecord, RuntimeClient } from './runtime/client.ts';

/** `npm run verify -- <id>`: whether the record of a case is whole and unchanged. Exit code 1 when it is not. */
async function verify(args: readonly string[]): Promise<number> {
  const caseId = caseIdFrom(args, 'verify');
  const runtime = new RuntimeClient();
  const found = await fetchCase(runtime, caseId);
  if (!isRecord(found)) throw new Problem(`There is no case ${caseId} at ${runtime.address.url}.`);
  const verdict = chainVerdict(found);
  if (!verdict.isWhole) throw new Problem(`Case ${caseId}: ${verdict.sentence}`);
  say(`Case ${caseId}: ${verdict.sentence}`);
  return 0;
}

/** Checks the entries as they came, unknown fields and all: what is not in the contract must not slip past the hash. */
export function chainVerdict(found: Readonly<Record<string, unknown>>): { isWhole: boolean; sentence: string } {
  const entries = found['ledger'];
  if (!Array.isArray(entries) || entries.length === 0) return { isWhole: false, sentence: 'its ledger is empty.' };
  const stranger = entries.find((entry) => !isRecord(entry) || entry['caseId'] !== found['caseId']);
  if (stranger !== undefined) return { isWhole: false, sentence: 'its ledger holds an entry of another case.' };
  const result = verifyChain(entries as LedgerEntry[], headOf(found));
  if (!result.ok)
    return { isWhole: false, sentence: `the ledger is broken at entry ${result.seq}: ${result.problem}.` };
  return {
    isWhole: true,
    sentence: `${result.entries} ledger entries, each linked to the one before; nothing was changed.`,
  };
}

/** Where the case itself says that its ledger ends; entries cut off the end show against it. */
function headOf(found: Readonly<Record<string, unknown>>): Cursor | undefined {
  const head = Cursor.safeParse(found['chain']);
  return head.success ? head.data : undefined;
}

if (import.meta.main) await runCommand(verify);
