import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { Browser } from 'playwright-core';
import { afterAll, describe, expect, it, onTestFinished } from 'vitest';
import * as z from 'zod';
import { attackFile, attackFolder } from '../support/attacks.ts';
import { openBrowser } from '../support/browser-session.ts';
import { type Deployment, startDeployment } from '../support/deployment.ts';
import { check } from './approval/assertions.ts';
import { pressEverything } from './approval/browser-steps.ts';
import { runWithFault } from './approval/faults.ts';
import { Row } from './approval/row.ts';
import { act } from './approval/steps.ts';
import { World } from './approval/world.ts';

const FILE = 'own/approval-link-cases.json';
const rows = z.array(Row).parse(attackFile(FILE) ?? []);

let opened: Promise<Browser> | null = null;
const browser = (): Promise<Browser> => {
  opened ??= openBrowser();
  return opened;
};
afterAll(async () => (await opened)?.close());

let deployed: Promise<Deployment> | null = null;
const shared = (): Promise<Deployment> => {
  deployed ??= startDeployment();
  return deployed;
};
afterAll(async () => (await deployed)?.stop());

async function worldOf(row: Row): Promise<World> {
  const world = await World.open(row, { shared, browser });
  onTestFinished(() => world.close());
  return world;
}

describe.skipIf(rows.length === 0)('an attack on an approval', () => {
  it('is one of a collection that is whole', () => {
    const folder = attackFolder('.') ?? '';
    const manifest = JSON.parse(readFileSync(`${folder}/manifest.json`, 'utf8')) as {
      files: { path: string; rows?: number; sha256: string }[];
    };
    const known = manifest.files.find(({ path }) => path === FILE);
    const found = createHash('sha256')
      .update(readFileSync(`${folder}/${FILE}`))
      .digest('hex');
    expect([found, rows.length]).toEqual([known?.sha256, known?.rows]);
  });

  it.each(rows)(
    '$name: $expect',
    async (row) => {
      if (row.script.some((step) => step.do === 'fail')) return runWithFault(row);
      const world = await worldOf(row);
      for (const step of row.script) await act(world, step);
      await check(world, row.assert);
      expect(await world.isAlive()).toBe(true);
    },
    300_000,
  );
});

describe('a scanner that opens the link, runs scripts and presses every button', () => {
  it('decides nothing, and leaves the link as it was', async () => {
    const row = Row.parse({
      name: 'scanner-presses-everything',
      class: 'scanner',
      steps: [],
      expect: '',
      script: [{ do: 'get' }],
      assert: {},
    });
    const world = await worldOf(row);
    await pressEverything(world);
    await check(world, {
      effects: 0,
      decisions: 0,
      execution: 'waiting',
      link: 'usable',
      dialogs: 0,
      outsideRequests: 0,
    });
    const { ledger = [] } = await world.case();
    expect(ledger.map(({ event }) => event.type)).not.toContain('answer-refused');
  }, 180_000);
});
