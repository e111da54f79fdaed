import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { workflows } from '../../agents/index.ts';
import { freePort } from '../support/free-port.ts';

/** A morning over all workflows takes a minute on a quiet machine. */
const PATIENCE_MS = 400_000;

it(
  'a morning comes to rest: decided, done, asked and refused are told, and nothing forged was let in',
  async () => {
    const home = mkdtempSync(join(tmpdir(), 'remit-demo-'));
    const env = { ...process.env, REMIT_HOME: home, REMIT_PORT: String(await freePort()) };
    try {
      const { code, output } = await run(['scripts/demo.ts', '--exit'], env);
      expect([code, output]).toEqual([0, expect.stringContaining('actions done')]);
      for (const { title } of workflows) expect(output).toMatch(new RegExp(`^${title} +[1-9]`, 'm'));
      expect(output).toContain('with a signature that is not of the sender: turned away');
      expect(output).toContain('came a second time');
      expect(output).toMatch(/Charged twice: +\d/);
      expect(output).toMatch(/Answered by mail\n +case [0-9a-f]{8} follows from [a-z0-9-]+ of case [0-9a-f]{8}/);
      expect(output).toContain('written turns in place of a model');
      expect(output).not.toContain('SHOULD NOT HAVE BEEN');
    } finally {
      rmSync(home, { recursive: true, force: true });
    }
  },
  PATIENCE_MS,
);

function run(args: readonly string[], env: NodeJS.ProcessEnv): Promise<{ code: number | null; output: string }> {
  const child = spawn(process.execPath, args, { env, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  child.stdout.on('data', (text) => (output += String(text)));
  child.stderr.on('data', (text) => (output += String(text)));
  return new Promise((resolve) => child.once('exit', (code) => resolve({ code, output })));
}
