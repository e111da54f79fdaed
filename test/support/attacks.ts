import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Where the collected attacks lie: REMIT_ATTACKS (or REMIT_ATTACKS_DIR), or beside the project. Null, with a loud line, when they do not. */
export function attackFolder(part: string): string | null {
  const folder = join(process.env['REMIT_ATTACKS'] ?? process.env['REMIT_ATTACKS_DIR'] ?? '../shared/attacks', part);
  if (existsSync(folder)) return folder;
  process.stderr.write(`SKIPPED: there is no ${folder}; set REMIT_ATTACKS to run these tests\n`);
  return null;
}

/** A file of attacks as JSON; null when it is missing. */
export function attackFile(part: string): unknown {
  const file = attackFolder(part);
  return file === null ? null : JSON.parse(readFileSync(file, 'utf8'));
}
