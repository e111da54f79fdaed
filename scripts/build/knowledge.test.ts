import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { packKnowledge, readArticles } from './knowledge.ts';

const folder = mkdtempSync(join(tmpdir(), 'remit-knowledge-'));
afterAll(() => rmSync(folder, { recursive: true }));

function articles(name: string, files: Record<string, string>): string {
  const path = join(folder, name);
  mkdirSync(path);
  for (const [file, text] of Object.entries(files)) writeFileSync(join(path, file), text);
  return path;
}

test('reads all articles of a folder in the order of file names, and nothing else', () => {
  const path = articles('two', {
    'b.md': '## two: Two\n\nText.',
    'a.md': '## one: One\n\nText.',
    'notes.txt': '## three: Three\n\nText.',
  });
  expect(readArticles(path)?.map(({ id }) => id)).toEqual(['one', 'two']);
});

test('refuses one id in two files, by the file', () => {
  const path = articles('twice', { 'a.md': '## one: One\n\nText.', 'b.md': '## one: Again\n\nText.' });
  expect(() => readArticles(path)).toThrow('b.md: the article "one" is there twice');
});

test('packs nothing for a workflow without a knowledge base', () => {
  expect(packKnowledge('expense-categorisation')).toBeNull();
  expect(readArticles(join(folder, 'none'))).toBeNull();
  expect(packKnowledge('support-triage')).toContain('"move-a-booking"');
});
