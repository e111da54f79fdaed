import type { SubjectCase, Traces } from '../erase.ts';
import type { Committed } from './committed-examples.ts';

/** What is kept of a person and what of it cannot be reached from here, in lines for a terminal. */
export function erasureLines(
  cases: readonly SubjectCase[],
  committed: readonly Committed[],
  besideCases: readonly Traces[] = [],
): string[] {
  const outside = cases.flatMap(({ caseId, outside: done }) =>
    done.map(({ action, effect }) => `  ${caseId}  ${action} (${effect})`),
  );
  return [
    `${cases.length} ${cases.length === 1 ? 'case is' : 'cases are'} about this person:`,
    ...cases.map(({ caseId, workflow, waits, counts }) => {
      const open = waits ? ', waits for people' : '';
      return `  ${caseId}  ${workflow}${open}: ${wordsOf(counts)}`;
    }),
    ...besideCases.map(({ workflow, counts }) => `  beside cases, of ${workflow}: ${wordsOf(counts)}`),
    `In all: ${totalsOf([...cases, ...besideCases])}.`,
    ...(outside.length === 0
      ? []
      : ['What these actions sent or wrote elsewhere is to be removed there, by whoever has that system:', ...outside]),
    ...BEYOND,
    ...committed.map(committedWords),
  ];
}

function committedWords({ file, lines }: Committed): string {
  if (lines.length === 0) return `  ${file}: none of its examples holds this person, nor does a model learned from it`;
  return `  ${file}: lines ${lines.join(', ')} hold this person, and so may the model learned from it: take them out and build again`;
}

/** What nobody can take back, or what goes by itself. */
const BEYOND = [
  'Out of reach from here, or gone by itself:',
  '  mails that were sent are in the mailboxes of those who got them; those caught on this machine go now',
  '  backups: a table can be set back to any moment of the last 35 days',
  '  files in buckets, and the versions that they replaced: whoever keeps them has to look into them',
];

/** By place: `ledger 12, actions 3`. */
export function totalsOf(cases: readonly Pick<SubjectCase, 'counts'>[]): string {
  const totals = new Map<string, number>();
  for (const { counts } of cases) {
    for (const [place, count] of Object.entries(counts)) totals.set(place, (totals.get(place) ?? 0) + count);
  }
  return wordsOf(Object.fromEntries(totals));
}

function wordsOf(counts: Readonly<Record<string, number>>): string {
  const words = Object.entries(counts).map(([place, count]) => `${place} ${count}`);
  return words.length === 0 ? 'nothing' : words.join(', ');
}
