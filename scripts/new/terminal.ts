import { createInterface } from 'node:readline';
import type { Terminal } from './ask.ts';

/** A terminal of lines as they come: several that are typed or pasted ahead of their questions are kept for them. */
export function terminalOn(
  input: NodeJS.ReadableStream,
  output: NodeJS.WritableStream,
): Terminal & { readonly close: () => void } {
  const reader = createInterface({ input, output });
  const lines: string[] = [];
  let isOver = false;
  let wake = (): void => {};
  reader.on('line', (line) => {
    lines.push(line);
    wake();
  });
  reader.once('close', () => {
    isOver = true;
    wake();
  });
  return {
    async ask(question) {
      output.write(question);
      while (lines.length === 0 && !isOver) await new Promise<void>((resolve) => (wake = resolve));
      return lines.shift() ?? null;
    },
    say: (text) => {
      output.write(`${text}\n`);
    },
    close: () => reader.close(),
  };
}
