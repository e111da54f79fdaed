import { expect, test } from 'vitest';
import { parseExamples } from './learned.ts';

test('reads one example per line and passes over empty lines', () => {
  const text = '{"id":"a","input":{},"expected":{}}\n\n{"id":"b","input":{},"expected":{}}\n';
  expect(parseExamples('agents/x/examples.jsonl', text).map(({ id }) => id)).toEqual(['a', 'b']);
});

test('names the file and the line that is not JSON', () => {
  expect(() => parseExamples('agents/x/examples.jsonl', '{"id":"a"}\n{oops\n')).toThrow(
    /^agents\/x\/examples\.jsonl, line 2 is not JSON: /,
  );
});
