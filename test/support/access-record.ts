import { randomUUID } from 'node:crypto';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { ACCESS_OF_TESTS } from '../../scripts/access/of-tests.ts';

/** Keeps what each role of a deployment used and did not, for `npm run access -- --tests`. */
export async function keepAccess(url: string): Promise<void> {
  const found = await (await fetch(`${url}/_local/access`)).text();
  mkdirSync(ACCESS_OF_TESTS, { recursive: true });
  writeFileSync(`${ACCESS_OF_TESTS}/${randomUUID()}.json`, found);
}

/** Before a run of tests: what an earlier run used counts no longer. */
export function forgetAccess(): void {
  rmSync(ACCESS_OF_TESTS, { recursive: true, force: true });
}
