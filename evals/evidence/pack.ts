import type { LedgerEntry } from '../../shared/contracts/index.ts';
import { sha256 } from '../../shared/domain/digest.ts';
import { type ReceiptWorkflow, receiptOf } from './receipt.ts';

const EVIDENCE_FORMAT = 'remit evidence 1';

/** A case as the API answers it, with its ledger; whatever else it holds is kept as it came. */
export interface PackedCase {
  readonly caseId: string;
  readonly chain: { readonly seq: number; readonly hash: string };
  readonly ledger: readonly LedgerEntry[];
}

export interface EvidenceInput {
  readonly workflow: string;
  /** Days, as `2026-11-01`; both are in it. */
  readonly from: string;
  readonly to: string;
  readonly madeAtMs: number;
  /** The cases of these days, and the workflow's own ledger, in which every change of its limits stands. */
  readonly cases: readonly PackedCase[];
  /** What the workflow is called to the people whom it is about, and whom they write to; without it they get no receipts. */
  readonly receipts?: ReceiptWorkflow;
  /** What belongs to it and is not a case: instructions, rules, how the numbers stood; by path. */
  readonly texts: Readonly<Record<string, string>>;
  /** The verifier, as it lies beside this file. */
  readonly verifier: string;
}

/** All files of a pack, by path. `manifest.json` comes last and names the digest of every other one. */
export function packFiles(input: EvidenceInput): ReadonlyMap<string, string> {
  const { workflow, from, to, madeAtMs, cases, texts, verifier, receipts } = input;
  const ordered = [...cases].sort((a, b) => (a.caseId < b.caseId ? -1 : 1));
  const files = new Map<string, string>([
    ['README.txt', readme(input)],
    ['verify.mjs', verifier],
    ['figures.json', jsonText(figuresOfLedgers(ordered))],
    ['versions.json', jsonText(versionsIn(ordered))],
    ...Object.entries(texts),
    ...ordered.map((one): [string, string] => [`cases/${one.caseId}.json`, jsonText(one)]),
    ...(receipts === undefined ? [] : ordered.filter(isOfPerson).map((one) => receiptFile(one, receipts))),
  ]);
  const manifest = {
    ...{ format: EVIDENCE_FORMAT, workflow, from, to, madeAtMs },
    cases: ordered.map(({ caseId, chain }) => ({ caseId, ...chain })),
    files: [...files].map(([path, text]) => ({ path, sha256: sha256(text) })),
  };
  return files.set('manifest.json', jsonText(manifest));
}

function receiptFile(one: PackedCase, receipts: NonNullable<EvidenceInput['receipts']>): [string, string] {
  return [`receipts/${one.caseId}.txt`, receiptOf(one, receipts)];
}

/** The workflow's own ledger, in which changes of its limits stand, is about nobody. */
function isOfPerson({ ledger }: PackedCase): boolean {
  return ledger.some(({ event }) => event.type === 'case-opened');
}

/** What is to be kept elsewhere, so that a pack that was made anew shows. */
export function manifestDigest(files: ReadonlyMap<string, string>): string {
  return sha256(files.get('manifest.json') ?? '');
}

/** Counted from the ledgers alone. */
export interface LedgerFigures {
  readonly cases: number;
  readonly entries: number;
  readonly modelUsd: number;
  /** Decisions by verdict, all rounds. */
  readonly verdicts: Readonly<Record<string, number>>;
  /** People's answers by verb. */
  readonly answers: Readonly<Record<string, number>>;
  readonly expired: number;
  readonly actionsDone: number;
  readonly overturned: number;
}

export function figuresOfLedgers(cases: readonly PackedCase[]): LedgerFigures {
  const events = cases.flatMap(({ ledger }) => ledger.map(({ event }) => event));
  const countOf = (type: string): number => events.filter((event) => event.type === type).length;
  const verdicts = events.flatMap((event) => (event.type === 'decision-made' ? [event.verdict.kind] : []));
  const answers = events.flatMap((event) => (event.type === 'request-answered' ? [event.answer.verb] : []));
  const spent = events.map((event) => (event.type === 'turn-finished' ? event.turn.usage.costUsd : 0));
  return {
    ...{ cases: cases.length, entries: events.length, modelUsd: spent.reduce((sum, usd) => sum + usd, 0) },
    ...{ verdicts: tally(verdicts), answers: tally(answers), expired: countOf('request-expired') },
    ...{ actionsDone: countOf('action-done'), overturned: countOf('decision-overturned') },
  };
}

function tally(words: readonly string[]): Record<string, number> {
  return Object.fromEntries([...Map.groupBy(words, (word) => word)].map(([word, own]) => [word, own.length]));
}

/** Under which versions of workflow, code and models the cases were decided. */
function versionsIn(cases: readonly PackedCase[]): object {
  const events = cases.flatMap(({ ledger }) => ledger.map(({ event }) => event));
  const opened = events.flatMap((event) => (event.type === 'case-opened' ? [event.versions] : []));
  const models = events.flatMap((event) => (event.type === 'turn-finished' ? [event.turn.model] : []));
  const pairs = Map.groupBy(opened, ({ workflow, code }) => `${workflow} ${code}`);
  return {
    versions: [...pairs.values()].map((own) => ({ ...own[0], cases: own.length })),
    models: tally(models),
  };
}

function readme({ workflow, from, to, cases }: EvidenceInput): string {
  return `Evidence: ${workflow}, ${from} to ${to}

${cases.length} ledgers: what came in, what every source said, what the agents answered with their confidence and reasons, what governance
made of it, who was asked, who answered what and how they proved who they are, and what was done. It holds personal data.

  cases/          one file for each case; its "ledger" is the record, each entry with the hash of the one before
  receipts/       the same in plain words, for the person whom a case is about
  figures.json    counts, made of the ledgers alone
  versions.json   versions of workflow, code and models under which they were decided
  workflow/       the rules and instructions as they were when this pack was made
  autonomy.json   how much the workflow might do by itself then, and by which numbers
  manifest.json   the digest of every file, and where each ledger ends

To check it, with Node and nothing else, and without a network:

  node verify.mjs --manifest <the digest that was given to you apart from this folder>
`;
}

function jsonText(value: unknown): string {
  return `${JSON.stringify(value, null, 1)}\n`;
}
