import { isSamePerson } from '../people.ts';
import type { Handling, Item, RuleChange } from './change.ts';

/** What would have been otherwise, in words: "41 of 90 would have run by themselves; you rejected 2 of them." */
export function summaryOf(kind: RuleChange['kind'], items: readonly Item[], reader: string | null): string {
  const changed = items.filter(({ before, after }) => before !== after);
  if (items.length === 0) return 'Nothing in this time is of the kind that the change is about.';
  if (changed.length === 0) return `None of ${items.length} would have been treated otherwise.`;
  const parts = ORDER.flatMap((handling) => {
    const those = changed.filter(({ after }) => after === handling);
    if (those.length === 0) return [];
    return [`${those.length} of ${items.length} ${wordsFor(kind, handling)}${saidWords(those, reader)}`];
  });
  return `${parts.join('. ')}.`;
}

const ORDER: readonly Handling[] = ['by-itself', 'held', 'asked', 'reviewed', 'refused', 'capped', 'nothing'];

function wordsFor(kind: RuleChange['kind'], handling: Handling): string {
  const isDecision = kind === 'confidence' || kind === 'escalation';
  switch (handling) {
    case 'by-itself':
      return isDecision ? 'would have been decided without asking' : 'would have run by themselves';
    case 'held':
      return 'would have been held for people to stop, and then gone out';
    case 'asked':
      return 'would have been asked';
    case 'reviewed':
      return 'would have been reviewed only';
    case 'refused':
      return 'would have been refused without asking';
    case 'capped':
      return 'would have been stopped by the cap';
    case 'nothing':
      return 'would have ended without an action';
  }
}

function saidWords(items: readonly Item[], reader: string | null): string {
  const said = (verb: string): Item[] => items.filter((item) => item.said?.verb === verb);
  const parts = [
    ...verbWords('approved', said('approve'), reader),
    ...verbWords('changed', said('edit'), reader),
    ...verbWords('rejected', said('reject'), reader),
  ];
  return parts.length === 0 ? '' : `; ${parts.join(', ')}`;
}

function verbWords(word: string, items: readonly Item[], reader: string | null): string[] {
  if (items.length === 0) return [];
  const isReader = items.every(({ said }) => reader !== null && isSamePerson(said?.by ?? '', reader));
  return [`${isReader ? 'you' : 'people'} ${word} ${items.length} of them`];
}
