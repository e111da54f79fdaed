import type { Ticket } from './ticket.ts';

/** Words that tell of lost or deleted data, whoever deleted it. Wide on purpose: at worst a person reads one more. */
const LOSS_WORDS =
  /\b(deleted|deletes|lost|loses|losing|gone|disappeared|vanish\w*|wiped|erased|overwr\w*|corrupt\w*|missing|destroyed|empty (calendar|list|account|rota|plan)|no longer (there|here)|all (my|our) \w+ (is|are) (gone|empty)|data loss)\b/i;
const SECURITY_WORDS =
  /\b(hack\w*|breach\w*|leak\w*|phish\w*|compromised|stolen|unauthori[sz]ed|vulnerab\w*|exploit\w*|security (hole|issue|incident|problem)|someone else('s)? (can|could|has|is|was|logged|data|account)|other (company|customer|people)'?s? (data|clients|invoices|bookings)|strangers?|fraud\w*|malware|ransom\w*)\b/i;
const LEGAL_WORDS =
  /\b(lawyers?|solicitors?|attorneys?|legal (action|team|department|step|notice)|lawsuit|sue|suing|court|damages|liab\w+|gdpr|data protection (officer|authority|act|breach)|regulator\w*|ombudsman|subpoena|compensation|breach of contract|dpa|trading standards|small claims)\b/i;
const ANGER_WORDS =
  /\b(ridiculous|unacceptable|outrag\w*|disgust\w*|furious|fed up|sick of|useless|pathetic|joke|worst|rubbish|garbage|crap|wtf|damn|hell|stupid|idiots?|incompetent|scam|rip-?off|shame|disgrace|had enough|last (straw|chance)|third time|(\w+th|fourth|fifth) time|never again|speak to (a|your) manager|nobody (answers|replies|cares)|still no (answer|reply)|appall\w*|terrible|awful)\b|!{2,}|\b[A-Z]{4,}(?:\s+[A-Z]{2,}){2,}/;
const ORDER_WORDS =
  /\b(ignore (all |any |the |your |every |previous |prior )*(instructions?|rules?|prompts?)|new instructions?|system prompt|you are now|as an? (ai|assistant|language model)|disregard (all|any|the|your|previous)|mark this (ticket )?as|set (the )?priority to|skip (every |all |any )?approvals?)\b/i;

/** The commonest words of English; hardly a sentence is without. */
const ENGLISH = new Set(
  (
    'a about after again all also am an and any are as at back be because been before but by can cannot could did do does ' +
    'even every for from get had has have he her here him his how i if in into is it its just like me more my no not now of ' +
    'on one only or our out over please she so some still than thanks that the their them then there these they this to too ' +
    'up us use very want was we were what when where which who why will with would yes you your need hi hello'
  ).split(' '),
);
/** English has about four such words in ten. */
const LEAST_ENGLISH = 0.18;
const FEWEST_WORDS = 6;

/** What is plain to see in a ticket. The models weigh it, and the escalation rules hold by it whatever the models say. */
export function ticketSignals({ subject, text }: Ticket): {
  readonly lossNamed: boolean;
  readonly securityNamed: boolean;
  readonly legalNamed: boolean;
  readonly angerNamed: boolean;
  readonly ordersGiven: boolean;
  readonly otherLanguage: boolean;
  readonly saysNothing: boolean;
} {
  const all = `${subject}\n${text}`;
  return {
    lossNamed: LOSS_WORDS.test(all),
    securityNamed: SECURITY_WORDS.test(all),
    legalNamed: LEGAL_WORDS.test(all),
    angerNamed: ANGER_WORDS.test(all),
    ordersGiven: ORDER_WORDS.test(all),
    otherLanguage: isOtherLanguage(text.trim() === '' ? subject : text),
    saysNothing: !/\p{L}{2}/u.test(text),
  };
}

function isOtherLanguage(text: string): boolean {
  const words = text.toLowerCase().match(/[\p{L}'’]+/gu) ?? [];
  if (words.length < FEWEST_WORDS) return false;
  return words.filter((word) => ENGLISH.has(word)).length / words.length < LEAST_ENGLISH;
}
