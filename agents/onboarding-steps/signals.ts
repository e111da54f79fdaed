import type { Step } from './step.ts';

type Words = Readonly<Record<string, RegExp>>;

/** How far it is, by the words of a note in the languages that they come in; the first kind that stands there counts. */
const PROGRESS: Words = {
  trouble:
    /(?<![\p{L}])(refus\w*|will not|not (giving|come|know)|does not (allow|answer)|cannot|stolen|lehnt ab|rechaza|objects|decides?|what now|que faire|was moet|which (one )?(counts|is right|we take)|welches|zwei|two (versions|salaries|numbers)|n'est plus|verlopen|closed|void|mistake|blocked|forged|discontinued|no free|belongs to somebody else|not in (his|her) name|already somebody|talk to|nobody in between|not fit|not what)(?![\p{L}])/iu,
  partly:
    /(?<![\p{L}])(except|nearly|half|but|i think|only|missing|first|still|not by us|is not done|was done)(?![\p{L}])/iu,
  later:
    /(?<![\p{L}])(not (yet|started|done)|pas encore|noch nicht|will (do|ask)|i'll|tomorrow\.|mañana|later|forgot|on holiday|nach dem urlaub|on my list|kommt noch|no time|no idea|haven't|schirm|seen|ok|what desk|who is|which team|nobody told|not my turn)(?![\p{L}])/iu,
  finished:
    /(?<![\p{L}])(done|finished|erledigt|all (set|fine)|ready|signed (by both|for)|received|arrived|delivered|checked|confirm(ad[ao]|ation|ée)|reçu|enregistré|gezien|aceita|przyjęte|w aktach|is in|ist drin|came (in|through)|said yes|does it|was great|talked|met|fait|fue muy bien|liegt vor|läuft|on file|encrypted|entered)(?![\p{L}])/iu,
};

/** Whose turn it is. */
const TURN: Words = {
  newHire:
    /(?<![\p{L}])(asked (him|her)|told (him|her)|reminded (him|her)|(she|he) (has to|must|looks|uploads|is|will|wants|sent|refuses|brings|gets|was|did|does|says)|he'll|waiting for (him|her)|from (him|her)|hers|elle|sie (sucht|hat)|vom neuen|hij|ella|tried to call|hospital|fever|plane|password)(?![\p{L}])/iu,
  outside:
    /(?<![\p{L}])(ordered|backordered|supplier|carrier|customs|parcel|vendor|provider|reseller|shop|maker|mover|trainer|finanzamt|portal|post|pocztą|ups|home office|dostawa|tax office|health fund|filed|office says|caisse|doctor|appointment|badania|krankenkasse|court|certificate office|arrives|sent by|days)(?![\p{L}])/iu,
};

const ORDER_WORDS =
  /\b(ignore (all|your|the|any|previous)|skip (the |every |all |any )?(approval|check)\w*|no approval (is )?needed|mark (this|it|all|every\w*) as done|tick every|new instructions|system prompt|as an? (ai|assistant)|for the assistant)\b/i;

export interface StepSignals {
  readonly [name: string]: boolean | string;
  /** The first kind of words that stands in the note; `none`, or `silent` where there is no note. */
  readonly progress: string;
  readonly turn: string;
  readonly ordersGiven: boolean;
}

export function stepSignals({ note }: Pick<Step, 'note'>): StepSignals {
  const isSilent = note.trim() === '';
  return {
    progress: isSilent ? 'silent' : firstOf(PROGRESS, note),
    turn: isSilent ? 'silent' : firstOf(TURN, note),
    ordersGiven: ORDER_WORDS.test(note),
  };
}

function firstOf(words: Words, text: string): string {
  return Object.entries(words).find(([, pattern]) => pattern.test(text))?.[0] ?? 'none';
}
