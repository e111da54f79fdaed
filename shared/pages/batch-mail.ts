import type { Money } from '../contracts/index.ts';
import { amountWords } from './amounts.ts';
import { type Mail, mail, oneLine } from './mail-layout.ts';
import { fullMoment } from './when.ts';

export type BatchParts = {
  readonly workflow: { readonly title: string; readonly team: string; readonly timeZone?: string };
  readonly receivedAtMs: number;
  readonly lines: {
    readonly all: number;
    /** The same line again in the same file. */
    readonly repeated: number;
    /** Their cases began before the file came. */
    readonly known: number;
    readonly unreadable: number;
    readonly undecided: number;
  };
  readonly sums: readonly { readonly title: string; readonly lines: number; readonly amounts: readonly Money[] }[];
};

/** Tells the owner of a workflow what became of a file of many lines, in money. There is nothing to press. */
export function batchMail({ workflow, receivedAtMs, lines, sums }: BatchParts): Mail {
  return mail({
    subject: `${lines.all} lines: ${oneLine(workflow.title, 80)}`,
    heading: `What was found in ${lines.all} ${lines.all === 1 ? 'line' : 'lines'}`,
    isShadow: false,
    paragraphs: paragraphsOf(lines),
    facts: [
      ...sums.map(({ title, lines: count, amounts }) => [title, sumWords(count, amounts)] as const),
      ['Lines', linesWords(lines)],
      ['File came', fullMoment(receivedAtMs, workflow.timeZone ?? 'UTC')],
      ['Workflow', `${workflow.title}, ${workflow.team}`],
    ],
    link: null,
    code: null,
    small: `Sent to you because you own this workflow. Questions about single lines come in mails of their own.`,
  });
}

function paragraphsOf({ all, repeated, known, unreadable, undecided }: BatchParts['lines']): string[] {
  const isRepeat = all > 0 && known + repeated === all;
  return [
    isRepeat
      ? 'Every line had come before. Nothing was begun or done again; this is how they stand.'
      : 'Each line is a case of its own. This is how they stand.',
    ...(unreadable > 0 ? [`${count(unreadable)} could not be read. A person is asked about each.`] : []),
    ...(undecided > 0 ? [`${count(undecided)} not decided yet, and counted in no sum that needs a decision.`] : []),
  ];
}

function count(lines: number): string {
  return lines === 1 ? '1 line' : `${lines} lines`;
}

function linesWords({ all, repeated, known, unreadable, undecided }: BatchParts['lines']): string {
  const parts: [number, string][] = [
    [all - repeated - known, 'new'],
    [known, 'had come before'],
    [repeated, 'twice in the file'],
    [unreadable, 'not readable'],
    [undecided, 'not decided yet'],
  ];
  const named = parts.filter(([number]) => number > 0).map(([number, what]) => `${number} ${what}`);
  return `${all}${named.length === 0 ? '' : `: ${named.join(', ')}`}`;
}

function sumWords(lines: number, amounts: readonly Money[]): string {
  if (lines === 0) return 'nothing';
  return `${amounts.map(amountWords).join(', ')} (${count(lines)})`;
}
