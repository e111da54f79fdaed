/** What a customer writes about something that was sent. All of it is made up. */
export interface Claim {
  readonly name: string;
  readonly email: string;
  readonly subject: string;
  readonly text: string;
  readonly sentAs: SentAs;
}

export type SentAs = 'parcel' | 'pallet';
export type Kind = 'late' | 'damaged' | 'lost' | 'inspect';

const THINGS = ['lamp', 'chair', 'shelf', 'kettle', 'mirror', 'heater', 'printer', 'carpet', 'cabinet', 'clock'];
const OPENINGS = ['Hello,', 'Good morning,', 'Dear team,', 'Hi there,', 'To whom it concerns,'];
const CLOSINGS = ['Please tell me what happens now.', 'What will you do?', 'I wait for your answer.', 'Thank you.'];

/** How customers put it; all of it stands in the examples. */
const WORDS: Readonly<Record<Kind, readonly string[]>> = {
  late: [
    'should have come on Monday and is still on its way',
    'is three days behind the date that you promised',
    'was due last week, the tracking says in transit',
    'comes later than you said, again',
  ],
  damaged: [
    'arrived with a broken corner and scratches',
    'is cracked, the box was crushed',
    'came with a dent and torn wrapping',
    'was smashed when we opened the box',
  ],
  lost: [
    'never came, and the tracking says delivered',
    'is nowhere to be found, the neighbours have nothing',
    'has vanished, your depot does not know it',
    'was signed for by somebody we do not know',
  ],
  inspect: [
    'smells of something and the seal was cut',
    'came with a seal of another company on it',
    'is warm to the touch, we have not opened it',
    'rattles, and the label is of somebody else',
  ],
};

/** The `at`th claim of a kind, each a little different from the one before. */
function claimOf(kind: Kind, at: number, sentAs: SentAs = 'parcel'): Claim {
  const one = (all: readonly string[], every: number): string => all[Math.floor(at / every) % all.length] ?? '';
  const thing = one(THINGS, 1);
  return {
    name: `Customer ${at}`,
    email: `${sentAs}-${kind}-${at}@customer.example`,
    subject: `The ${thing}`,
    text: `${one(OPENINGS, 3)} the ${thing} ${one(WORDS[kind], 1)}. ${one(CLOSINGS, 7)}`,
    sentAs,
  };
}

/** Pallets were rare, and none was damaged. */
const EXAMPLES: readonly { kind: Kind; count: number; palletEvery: number }[] = [
  { kind: 'late', count: 36, palletEvery: 9 },
  { kind: 'damaged', count: 36, palletEvery: Number.POSITIVE_INFINITY },
  { kind: 'lost', count: 30, palletEvery: 9 },
  { kind: 'inspect', count: 18, palletEvery: Number.POSITIVE_INFINITY },
];

/** The labelled examples of the old mix, as the text of an examples.jsonl. */
export function labelledClaims(): string {
  const lines = EXAMPLES.flatMap(({ kind, count, palletEvery }) =>
    Array.from({ length: count }, (_, at) => {
      const claim = claimOf(kind, at, at % palletEvery === palletEvery - 1 ? 'pallet' : 'parcel');
      return JSON.stringify({ id: `${kind}-${at}`, input: { input: claim, sources: {} }, expected: { claim: kind } });
    }),
  );
  return `${lines.join('\n')}\n`;
}

/** Claims that came in, mixed as in the examples; `from` counts on where others ended. */
export function oldMix(count: number, from: number): { claim: Claim; right: Kind }[] {
  const kinds: readonly Kind[] = ['late', 'damaged', 'lost', 'late', 'damaged', 'inspect', 'lost', 'damaged', 'late'];
  return Array.from({ length: count }, (_, at) => {
    const kind = kinds[at % kinds.length] ?? 'late';
    return { claim: claimOf(kind, from + at), right: kind };
  });
}

/**
 * Then a shop begins to send pallets. A pallet that comes damaged may be damaged inside as well, so people want somebody to
 * look at it: words that meant one thing mean another.
 */
export function newMix(count: number, from: number): { claim: Claim; right: Kind }[] {
  return Array.from({ length: count }, (_, at) => ({
    claim: claimOf('damaged', from + at, 'pallet'),
    right: 'inspect',
  }));
}
