import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { findChromium } from './chromium.ts';

const folder = mkdtempSync(join(tmpdir(), 'remit-chromium-'));
afterAll(() => rmSync(folder, { recursive: true }));
const browser = join(folder, 'google-chrome');
writeFileSync(browser, '#!/bin/sh\n');
chmodSync(browser, 0o755);

test('takes the browser that REMIT_CHROMIUM names, and no other when that is not there', () => {
  expect(findChromium({ REMIT_CHROMIUM: browser, PATH: '' })).toBe(browser);
  expect(findChromium({ REMIT_CHROMIUM: join(folder, 'gone'), PATH: folder })).toBeNull();
});

test('looks along PATH', () => {
  expect(findChromium({ PATH: `/nowhere:${folder}` })).toBe(browser);
  expect(findChromium({ PATH: '/nowhere' })).toBeNull();
});
