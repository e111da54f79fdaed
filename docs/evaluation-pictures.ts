/** `node_modules/.bin/node docs/evaluation-pictures.ts`: measures each workflow anew and takes the pictures of its report. */
import { existsSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { workflows } from '../agents/index.ts';
import { runProgram } from '../scripts/command/program.ts';
import { node } from '../scripts/command/project.ts';
import { openBrowser, openSession } from '../test/support/browser-session.ts';

const LARGEST_BYTES = 150_000;
/** Of the page: the verdict, its gates and the figures. */
const DESK = { width: 1000, height: 900 };
const PHONE = { width: 390, height: 1_200 };

const out = mkdtempSync(join(tmpdir(), 'remit-evaluation-'));
const browser = await openBrowser();
try {
  for (const { id } of workflows) if (existsSync(`agents/${id}/examples.jsonl`)) await picture(id);
} finally {
  await browser.close();
  rmSync(out, { recursive: true });
}

/** Exit code 1 says that the gates are missed: the report is there all the same. */
async function picture(workflow: string): Promise<void> {
  const folder = join(out, workflow);
  const { exitCode, output } = await runProgram(node, ['scripts/eval.ts', workflow, '--out', folder]);
  if (exitCode > 1) throw new Error(output);
  const address = pathToFileURL(resolve(folder, 'report.html')).href;
  // The report looks alike on every phone.
  const phone = workflow === workflows[0]?.id ? [['phone', PHONE] as const] : [];
  for (const [name, viewport] of [['desk', DESK] as const, ...phone]) {
    const { page, close } = await openSession(browser, { viewport, deviceScaleFactor: 1 });
    await page.goto(address);
    const path = `docs/pictures/evaluation-${workflow}-${name}.png`;
    await page.screenshot({ path });
    const { size } = statSync(path);
    console.log(`${path}  ${Math.round(size / 1000)} KB`);
    if (size > LARGEST_BYTES) throw new Error(`${path} is larger than ${LARGEST_BYTES / 1000} KB.`);
    await close();
  }
}
