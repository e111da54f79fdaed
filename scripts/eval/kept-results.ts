import { appendFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import * as z from 'zod';
import { CaseResult } from '../../evals/run/result.ts';

const Head = z.object({ run: z.string() });

/**
 * The results of a run, line by line as they come: what is on disk when it breaks off need not be run, or paid for, again.
 * The first line says of which run they are; those of another one are not taken up.
 */
export class KeptResults {
  readonly #file: string;
  readonly results: CaseResult[];

  constructor(file: string, run: string, isResumed: boolean) {
    this.#file = file;
    this.results = isResumed && existsSync(file) ? readResults(readFileSync(file, 'utf8'), run) : [];
    mkdirSync(dirname(file), { recursive: true });
    const lines = [{ run }, ...this.results].map((line) => JSON.stringify(line));
    writeFileSync(file, `${lines.join('\n')}\n`);
  }

  add(result: CaseResult): void {
    this.results.push(result);
    appendFileSync(this.#file, `${JSON.stringify(result)}\n`);
  }
}

/** The results of that run; none where they are another's. A line that was cut off is left out. */
function readResults(text: string, run: string): CaseResult[] {
  const [head, ...lines] = text.split('\n');
  const known = Head.safeParse(jsonOrNull(head ?? ''));
  if (!known.success || known.data.run !== run) return [];
  return lines.flatMap((line) => {
    const parsed = CaseResult.safeParse(jsonOrNull(line));
    return parsed.success ? [parsed.data] : [];
  });
}

function jsonOrNull(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
