import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { EventPattern, PatternError } from './index.ts';

const Verdict = z.tuple([z.json(), z.record(z.string(), z.json()), z.enum(['matches', 'differs', 'refused'])]);

/** What AWS's own matcher, event-ruler 2.0.1, said of patterns and events made at random. */
const verdicts = readFileSync(join(import.meta.dirname, 'ruler-verdicts.jsonl'), 'utf8')
  .trim()
  .split('\n')
  .map((line) => Verdict.parse(JSON.parse(line)));

describe('an event pattern is judged as by AWS', () => {
  it.each(verdicts.map(([pattern, event, verdict]) => [JSON.stringify(pattern), JSON.stringify(event), verdict]))(
    '%s of %s %s',
    (pattern, event, verdict) => expect(judge(pattern, event)).toBe(verdict),
  );
});

function judge(pattern: string, event: string): string {
  try {
    return new EventPattern(JSON.parse(pattern)).matches(JSON.parse(event)) ? 'matches' : 'differs';
  } catch (error) {
    if (error instanceof PatternError) return 'refused';
    throw error;
  }
}
