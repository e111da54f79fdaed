import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { leadQualification } from '../../agents/lead-qualification/workflow.ts';
import type { CaseEvent, CaseId, Json, LedgerEntry } from '../../shared/contracts/index.ts';
import { caseIdOf } from '../../shared/domain/case-id.ts';
import { sha256 } from '../../shared/domain/digest.ts';
import { personalParts } from '../../shared/domain/erasure/erased-form.ts';
import { chain, cursorAfter, EMPTY_LEDGER } from '../../shared/domain/ledger.ts';
import { erase } from '../../shared/domain/salted-tree.ts';
import { defaultSettings } from '../../shared/operations/current-settings.ts';
import { aTurn } from '../../test/support/domain-examples.ts';
import { figuresOfLedgers, manifestDigest, type PackedCase, packFiles } from './pack.ts';

const root = mkdtempSync(join(tmpdir(), 'remit-evidence-'));
afterAll(() => rmSync(root, { recursive: true }));

const SALT = 'b'.repeat(32);
const INPUT = { name: 'Ada', note: 'Grüße — 10 €', tags: ['a', 'b'], empty: null };
const CASES = ['one', 'two', 'three'].map(packedCase);

/** A case that was asked about and done, with its head as the API has it. */
function packedCase(eventId: string): PackedCase & Record<string, unknown> {
  const caseId = caseIdOf({ workflow: 'desk', trigger: 'form', eventId });
  const entries = chain(caseId, EMPTY_LEDGER, eventsOf(eventId), 1_000, () => SALT);
  const decision = { queue: 'billing', eventId };
  return {
    caseId,
    input: INPUT,
    decision,
    decidedBy: 'desk (learned)',
    chain: cursorAfter(EMPTY_LEDGER, entries),
    ledger: entries,
  };
}

function eventsOf(eventId: string): CaseEvent[] {
  const versions = { workflow: 'w1', code: 'c1' };
  const usage = { ...aTurn().usage, costUsd: 0.002 };
  return [
    {
      ...{ type: 'case-opened', workflow: 'desk', trigger: 'form', eventId, input: INPUT, problems: [], versions },
      settings: defaultSettings(leadQualification),
    },
    { type: 'turn-finished', round: 1, turn: aTurn({ usage }) },
    {
      ...{ type: 'decision-made', round: 1, by: 'desk (learned)', decision: { queue: 'billing', eventId } },
      ...{ confidence: 0.9, actions: [], segment: null, phase: 'partial', occasion: 'agents' },
      verdict: { kind: 'act', reasons: [] },
    },
    { type: 'action-done', actionId: 'post#1', digest: 'd', result: {}, tookMs: 5 },
    { type: 'case-closed', outcome: 'done', costUsd: 0.002, tookMs: 10, personAsked: false },
  ];
}

let folder = '';
let digest = '';
beforeEach(() => {
  folder = mkdtempSync(join(root, 'pack-'));
  digest = write(CASES);
});

function write(cases: readonly PackedCase[]): string {
  const files = packFiles({
    ...{ workflow: 'desk', from: '2026-03-01', to: '2026-03-31', madeAtMs: 1_000, cases },
    texts: { 'workflow/desk.md': 'Judge the queue.', 'autonomy.json': '{}' },
    verifier: readFileSync(new URL('./verify.mjs', import.meta.url), 'utf8'),
  });
  for (const [path, text] of files) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  return manifestDigest(files);
}

/** Runs the verifier of the pack itself, with nothing of ours around it. */
function verified(...more: readonly string[]): { code: number | null; said: string } {
  const program = spawnSync(process.execPath, [join(folder, 'verify.mjs'), ...more], {
    cwd: root,
    encoding: 'utf8',
    env: {},
  });
  return { code: program.status, said: program.stdout + program.stderr };
}

const pathOf = (at: number): string => join(folder, 'cases', `${CASES[at]?.caseId}.json`);

function change(at: number, edit: (story: { ledger: LedgerEntry[] } & Record<string, unknown>) => void): void {
  const story = JSON.parse(readFileSync(pathOf(at), 'utf8'));
  edit(story);
  writeFileSync(pathOf(at), `${JSON.stringify(story, null, 1)}\n`);
}

/** As somebody would who makes the manifest anew after a change. */
function rewriteManifest(): void {
  const path = join(folder, 'manifest.json');
  const manifest = JSON.parse(readFileSync(path, 'utf8'));
  const hash = (file: string): string => sha256(readFileSync(join(folder, file), 'utf8'));
  manifest.files = manifest.files.map((file: { path: string }) => ({ ...file, sha256: hash(file.path) }));
  writeFileSync(path, `${JSON.stringify(manifest, null, 1)}\n`);
}

test('a pack as it was made is verified, from any folder and without an environment', () => {
  expect(verified('--manifest', digest)).toEqual({
    code: 0,
    said: 'desk, 2026-03-01 to 2026-03-31: 3 ledgers, each whole and unchanged; the figures follow from them.\n',
  });
  expect(verified().said).toContain(`--manifest ${digest}`);
});

/** A case from which what is personal was taken, head and ledger. */
function erasedCase(whole: PackedCase & Record<string, unknown>): PackedCase & Record<string, unknown> {
  const eraser = personalParts(['Ada']);
  const ledger = whole.ledger.map((entry) => {
    const { value, salts } = erase(entry.event as unknown as Json, entry.salts ?? '', eraser);
    return { ...entry, event: value as unknown as CaseEvent, salts };
  });
  return { ...whole, input: { erased: true }, decision: { erased: true }, ledger };
}

describe('a pack with a case that was erased', () => {
  const [first, ...others] = CASES as [(typeof CASES)[number], ...(typeof CASES)[number][]];

  test('holds nothing of the person and is verified', () => {
    write([erasedCase(first), ...others.map(erasedCase)]);
    expect(verified()).toMatchObject({ code: 0 });
    expect(readFileSync(pathOf(0), 'utf8')).not.toContain('Ada');
  });

  test('has the figures that it had before', () => {
    expect(figuresOfLedgers(CASES.map(erasedCase))).toEqual(figuresOfLedgers(CASES));
  });

  test('does not take a part that was put in later for one that was there', () => {
    write([erasedCase(first), ...others]);
    change(0, ({ ledger }) => Object.assign((ledger[0] as unknown as { event: object }).event, { trigger: 'other' }));
    rewriteManifest();
    expect(verified()).toMatchObject({ code: 1 });
    expect(verified().said).toMatch(/entry 1 was changed/);
  });
});

test('the figures are counted from the ledgers', () => {
  expect(figuresOfLedgers(CASES)).toMatchObject({
    ...{ cases: 3, entries: 15, verdicts: { act: 3 }, answers: {}, expired: 0, actionsDone: 3, overturned: 0 },
  });
  expect(figuresOfLedgers(CASES).modelUsd).toBeCloseTo(0.006, 10);
});

describe('tampering shows, and is named', () => {
  test.each<[string, () => void, RegExp]>([
    [
      'a file that is changed',
      () => writeFileSync(join(folder, 'workflow/desk.md'), 'Judge nothing.'),
      /desk\.md: it was changed/,
    ],
    ['a file that is dropped', () => rmSync(pathOf(1)), /cases\/\w+\.json: it is missing/],
    [
      'a file that is put in',
      () => writeFileSync(join(folder, 'cases/more.json'), '{}'),
      /more\.json: it was put in later/,
    ],
    ['a manifest that cannot be read', () => writeFileSync(join(folder, 'manifest.json'), '{'), /manifest\.json: /],
  ])('%s', (_what, tamper, named) => {
    tamper();
    const { code, said } = verified('--manifest', digest);
    expect(code).toBe(1);
    expect(said).toMatch(named);
  });
});

describe('so it does where the manifest is made anew', () => {
  const id = CASES[0]?.caseId as CaseId;

  test.each<[string, (story: { ledger: LedgerEntry[] } & Record<string, unknown>) => void, RegExp]>([
    [
      'a flipped answer in an entry',
      ({ ledger }) =>
        Object.assign((ledger[2] as unknown as { event: { confidence: number } }).event, { confidence: 0.1 }),
      /entry 3 was changed/,
    ],
    ['an entry that is dropped', ({ ledger }) => ledger.splice(2, 1), /entry 3 is missing/],
    ['the last entry that is dropped', ({ ledger }) => ledger.pop(), /does not end at entry 5/],
    [
      'entries that are swapped',
      ({ ledger }) => ledger.splice(1, 2, ...ledger.slice(1, 3).reverse()),
      /entry 2 is missing/,
    ],
    [
      'another decision on the head',
      (story) => Object.assign(story, { decision: { queue: 'access' } }),
      /not one that is on record/,
    ],
    ['another input on the head', (story) => Object.assign(story, { input: {} }), /input is not the one on record/],
    ['another who decided', (story) => Object.assign(story, { decidedBy: 'somebody' }), /another decided it/],
  ])('%s', (_what, edit, named) => {
    change(0, edit);
    rewriteManifest();
    const { code, said } = verified();
    expect(code).toBe(1);
    expect(said).toContain(`cases/${id}.json`);
    expect(said).toMatch(named);
  });

  test('figures that were bettered', () => {
    const path = join(folder, 'figures.json');
    writeFileSync(path, readFileSync(path, 'utf8').replace('"actionsDone": 3', '"actionsDone": 30'));
    rewriteManifest();
    expect(verified()).toMatchObject({ code: 1 });
    expect(verified().said).toContain('figures.json: actionsDone is not what the ledgers say');
  });

  test('a whole chain that was made anew shows against the digest that was kept apart', () => {
    const before = digest;
    const [first, ...others] = CASES as [(typeof CASES)[number], ...(typeof CASES)[number][]];
    const events = first.ledger.map(({ event }) =>
      event.type === 'decision-made' ? { ...event, confidence: 0.1 } : event,
    );
    const ledger = chain(first.caseId as CaseId, EMPTY_LEDGER, events, 1_000);
    write([{ ...first, ledger, chain: cursorAfter(EMPTY_LEDGER, ledger) }, ...others]);
    expect(verified().code).toBe(0);
    expect(verified('--manifest', before)).toMatchObject({ code: 1 });
  });
});
