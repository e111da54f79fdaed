import type { Action, RequestKind, Verb } from '../contracts/index.ts';

/** A verb as it stands on the page: its button, a note on the button, and what follows. The first one stands out. */
export type VerbView = {
  readonly verb: Verb;
  readonly button: string;
  readonly note: string;
  readonly consequence: string;
};

type Consequences = Readonly<Partial<Record<Verb | 'deadline', string>>>;

type Words = {
  readonly kind: RequestKind;
  readonly effect: 'carried-out' | 'nothing';
  readonly action: Action | null;
  readonly consequences: Consequences;
};

/** The verbs that a request permits, in the order in which they are read, and what its deadline does. */
export function verbViews(verbs: readonly Verb[], words: Words): { verbs: VerbView[]; atDeadline: string } {
  const ours = words.effect === 'nothing' ? reviewed(words.kind) : carriedOut(words);
  const text = (of: Verb | 'deadline'): string =>
    (words.effect === 'nothing' ? ours[of] : words.consequences[of]) ?? ours[of];
  const buttons = buttonsOf(words.kind);
  return {
    verbs: (ORDERS[words.kind] ?? approvalFirst)
      .filter((verb) => verbs.includes(verb))
      .map((verb) => ({ verb, button: buttons[verb], note: noteOf(verb, words.effect), consequence: text(verb) })),
    atDeadline: text('deadline'),
  };
}

const approvalFirst: readonly Verb[] = ['approve', 'edit', 'reject', 'respond', 'take-over'];
const formFirst: readonly Verb[] = ['edit', 'approve', 'reject', 'respond', 'take-over'];
/** It happens, or has happened, anyway. */
const noFirst: readonly Verb[] = ['reject', 'approve'];

const ORDERS: Readonly<Partial<Record<RequestKind, readonly Verb[]>>> = {
  'decide-case': formFirst,
  'hold-action': noFirst,
  'undo-action': noFirst,
};

/** A button that looks as if it did something says that it does not. */
function noteOf(verb: Verb, effect: Words['effect']): string {
  return effect === 'nothing' && (verb === 'approve' || verb === 'edit') ? 'executes nothing' : '';
}

function buttonsOf(kind: RequestKind): Record<Verb, string> {
  const usual = {
    approve: 'Approve',
    edit: 'Edit and approve',
    reject: 'Reject',
    respond: 'Answer the agent',
    'take-over': 'I do it by hand',
  };
  switch (kind) {
    case 'approve-action':
      return usual;
    case 'decide-case':
      return {
        ...usual,
        approve: 'The draft is right',
        edit: 'Decide as in the form',
        reject: 'Close without deciding',
      };
    case 'review-decision':
    case 'spot-check':
      return { ...usual, approve: 'Agree', edit: 'Give the right decision', reject: 'Disagree', respond: 'Comment' };
    case 'second-review':
      return { ...usual, edit: 'This is my decision' };
    case 'hold-action':
      return { ...usual, approve: 'Send it now', reject: 'Stop it' };
    case 'undo-action':
      return { ...usual, approve: 'Leave it done', reject: 'Take it back' };
    case 'change-phase':
      return { ...usual, approve: 'Give it more freedom', reject: 'Leave it as it is' };
  }
}

type Following = Record<Verb | 'deadline', string>;

function carriedOut({ kind, action }: Words): Following {
  const target = action === null ? 'the same target' : action.intent.target;
  const usual = {
    approve: 'Done once, exactly as shown here.',
    edit: 'Your version is checked again and done in place of this one.',
    reject: `Not done, and nothing else in this case does the same to ${target}.`,
    respond: 'Not done. Your words go to the agents as a fact, and they try again.',
    'take-over': 'Not done. The case is yours, and is closed here as left to you.',
    deadline: 'it is not done',
  };
  switch (kind) {
    case 'approve-action':
    case 'review-decision':
    case 'spot-check':
    case 'second-review':
      return usual;
    case 'decide-case':
      return {
        approve: 'The draft becomes the decision. What follows from it keeps its own rules.',
        edit: 'What stands in the form becomes the decision. What follows from it keeps its own rules.',
        reject: 'The case is closed without a decision. Nothing is done.',
        respond: 'Nothing is decided yet. Your words go to the agents as a fact, and they try again.',
        'take-over': 'Nothing is done here. The case is yours, and is closed as left to you.',
        deadline: 'nothing is decided and nothing is done',
      };
    case 'hold-action':
      return {
        ...usual,
        approve: 'It is checked once more and goes out at once.',
        reject: `It does not go out, and nothing else in this case does the same to ${target}.`,
        deadline: 'it goes out, once',
      };
    case 'undo-action':
      return {
        ...usual,
        approve: 'It stays as it is.',
        reject: `What takes it back is done, once, and nothing in this case does it to ${target} again.`,
        deadline: 'it stays done',
      };
    case 'change-phase':
      return {
        ...usual,
        approve: 'New cases are treated in the new phase.',
        reject: 'Nothing changes.',
        deadline: 'nothing changes',
      };
  }
}

function reviewed(kind: RequestKind): Following {
  if (kind === 'spot-check') return lookedBack;
  const what = kind === 'approve-action' ? 'the action' : 'the decision';
  return {
    approve: `Recorded: you agree with ${what}. Nothing is executed.`,
    edit: 'Recorded: your version is the right one. Nothing is executed.',
    reject: `Recorded: you disagree with ${what}. Nothing is executed.`,
    respond: 'Your words are recorded. Nothing is executed.',
    'take-over': 'Recorded: the case is yours. Nothing is executed.',
    deadline: 'the review is left out, and nothing is executed',
  };
}

/** What was done is done: only what is known of the agents changes. */
const lookedBack: Following = {
  approve: 'Recorded: it was right. Nothing is executed.',
  edit: 'Recorded: yours is right, and it counts against the agents, who learn from it. What was done stays done; you may overturn it afterwards.',
  reject:
    'Recorded: it was wrong, and it counts against the agents. What was done stays done; you may overturn it afterwards.',
  respond: 'Your words are recorded. Nothing is executed.',
  'take-over': 'Recorded. Nothing is executed.',
  deadline: 'it is left out, and counts for neither side',
};
