import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { beforeEach, expect, it } from 'vitest';
import { KeptCode } from './kept-code.ts';

let folder: string;
let code: KeptCode;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'kept-'));
  code = new KeptCode(join(folder, 'code'));
});

/** A folder with these files, in a place of its own. */
function bundle(files: Readonly<Record<string, string>>): string {
  const made = mkdtempSync(join(folder, 'bundle-'));
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(made, path)), { recursive: true });
    writeFileSync(join(made, path), text);
  }
  return made;
}

it('keeps all files of a folder, also when that is deleted', () => {
  const from = bundle({ 'index.mjs': 'code', 'agents/lead/learned.bin': 'model' });
  const kept = code.keep(from);
  rmSync(from, { recursive: true });
  expect(readFileSync(join(kept, 'index.mjs'), 'utf8')).toBe('code');
  expect(readFileSync(join(kept, 'agents/lead/learned.bin'), 'utf8')).toBe('model');
});

it('keeps the same code once, and any other beside it', () => {
  const first = code.keep(bundle({ 'index.mjs': 'code', 'a/b': 'c' }));
  expect(code.keep(bundle({ 'index.mjs': 'code', 'a/b': 'c' }))).toBe(first);
  const others = [
    { 'index.mjs': 'other', 'a/b': 'c' },
    { 'index.mjs': 'code', 'a/c': 'b' },
    { 'index.mjs': 'code', a: 'bc' },
    { 'index.mjs': 'code' },
  ];
  const kept = new Set([first, ...others.map((files) => code.keep(bundle(files)))]);
  expect(kept.size).toBe(5);
  expect(readdirSync(join(folder, 'code'))).toHaveLength(5);
});

it('keeps what a link leads to', () => {
  const target = bundle({ 'library.mjs': 'library' });
  const from = bundle({ 'index.mjs': 'code' });
  symlinkSync(target, join(from, 'linked'));
  const kept = code.keep(from);
  rmSync(target, { recursive: true });
  expect(readFileSync(join(kept, 'linked', 'library.mjs'), 'utf8')).toBe('library');
});

it('takes nothing that was left half kept for whole', () => {
  const from = bundle({ 'index.mjs': 'code' });
  const kept = code.keep(from);
  rmSync(kept, { recursive: true });
  mkdirSync(`${kept}.${process.pid}`, { recursive: true });
  writeFileSync(join(`${kept}.${process.pid}`, 'rest'), '');
  expect(readdirSync(code.keep(from))).toEqual(['index.mjs']);
});

it('removes all but what is still needed', () => {
  const [needed, other] = [code.keep(bundle({ 'index.mjs': 'needed' })), code.keep(bundle({ 'index.mjs': 'other' }))];
  code.removeOthers(new Set([code.idOf(needed)]));
  expect([existsSync(needed), existsSync(other)]).toEqual([true, false]);
});
