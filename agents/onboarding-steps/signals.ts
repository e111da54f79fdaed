import type { Step } from './step.ts';

type Words = Readonly<Record<string, RegExp>>;

/** How far it is, by the words of a note in the languages that they come in; the first kind that stands there counts. */
const PROGRESS: Words = {
  trouble:
    /(?<![\p{L}])(refus\w*|reject\w*|will not|won't|cannot|can't|must not|stolen|lost|lehnt|verweiger\w*|rechaza|objects?|decides?|decision|what (now|next|shall)|que faire|was (jetzt|nun)|wat nu|which (one )?(counts|is right)|blocked|sold out|forged|void|nobody|no idea|up to (his|her|the)|stop asking)(?![\p{L}])/iu,
  partly:
    /(?<![\p{L}])(except|nearly|almost|half|but|i think|only|missing|fehlt|manque|falta|still|not by|unreadable|broken)(?![\p{L}])/iu,
  later:
    /(?<![\p{L}])(not (yet|started|done|begun)|pas encore|noch (nicht|nichts)|todavía no|ainda não|jeszcze nie|nog niet|will (do|ask|build)|i'll|later|forgot|holidays?|urlaub|vacation|on my (list|pile)|kommt noch|heute noch|no time|busy|haven't|not in my|not my)(?![\p{L}])/iu,
  finished:
    /(?<![\p{L}])(done|finished|complete[d]?|erledigt|fertig|fait|hecho|feito|gedaan|zrobione|gotowe|all (set|fine|there|good|in order)|ready|signed|unterschrieben|signé|firmado|received|erhalten|reçu|recibid[ao]|arrived|angekommen|delivered|checked|confirm(ed|ad[ao]|ation|ée)|on file|in the file|is in|works|boots|met|talked|talk|close)(?![\p{L}])/iu,
};

/** Whose turn it is. */
const TURN: Words = {
  newHire:
    /(?<![\p{L}])(asked (him|her)|told (him|her)|reminded (him|her)|waiting for (his|her|him)|from (him|her)|she|he|he'll|she'll|hers|elle|il|ella|él|sie|ihr|hij|zij|ela|ele|on[a]?)(?![\p{L}])/iu,
  outside:
    /(?<![\p{L}])(ordered|supplier|carrier|customs|parcel|courier|warehouse|vendor|provider|reseller|shop|maker|trainer|bank|authority|amt|finanzamt|portal|post|ups|dhl|office|doctor|arzt|médecin|médico|appointment|insurer|kasse|krankenkasse|caisse|court|lawyer|delivery|lieferung|livraison|dostawa|entrega)(?![\p{L}])/iu,
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
