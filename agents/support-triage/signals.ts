import type { Ticket } from './ticket.ts';

/** Words that tell of lost or deleted data, whoever deleted it. Wide on purpose: at worst a person reads one more. */
const LOSS_WORDS =
  /\b(deleted|deletes|did you delete|lost|loses|losing|gone|disappear\w*|vanish\w*|wiped|eras(ed|es)|overwr\w*|corrupt\w*|destroyed|blank fields?|are blank|is empty|has nobody on it|no longer (there|here)|not (there|here) (today|any ?more)|all (my|our) \w+ (is|are) (gone|empty)|data loss|data (is|are) missing|missing after|(hours|invoices|bookings|notes|clients|appointments|template|entries|data) (\w+ ){0,4}(is|are) missing|by (mistake|accident)|accidentally|wrong (client|user|record|two|mr|mrs)|file (not found|corrupt)|cannot find (my|our|messages)|removed about|a backup|bring (it|him|her|them) back|verschwunden|gelöscht|weg|disparu\w*|supprim\w*|borrad\w*|perdid\w*|verwijderd|verdwenen)\b/i;
const SECURITY_WORDS =
  /\b(security|hack\w*|breach\w*|leak\w*|phish\w*|compromised|stolen|unauthori[sz]ed|vulnerab\w*|exploit\w*|someone else('s)? (can|could|has|is|was|logged|data|account)|(somebody|someone|anybody) (else|reads|read|used|made)|other (company|customer|people)'?s? (data|names|clients|invoices|bookings)|others' (data|bookings|invoices)|(wrong|another|other) (company|client|customer)'s|names another|strangers?|fraud\w*|fake|malware|ransom\w*|(ex-|former |dismissed |old )(employee|colleague|staff|worker)\w*|sign-?in (with my name|to my account|from)|logged in from|still signed in|sign out all|bypass\w*|without the second step|plain text|never heard of|nobody (knows|of us knows|here did)|none of us knows|public (calendar|repository)|search engine shows|details were changed|sees? (the|our|all|somebody|others)\b.{0,40}(pay|salar\w*|stranger|somebody else)|everybody sees|soc ?2|iso ?27001|left my (laptop|phone|tablet))\b/i;
const LEGAL_WORDS =
  /\b(law|legal\w*|lawyers?|solicitors?|attorneys?|lawsuit|sue|suing|court|damages|liab\w+|gdpr|data protection|data processing agreement|regulator\w*|authority|inspector|ombudsman|subpoena|compensation|breach of contract|dpa|trading standards|small claims|anwalt\w*|rechtlich\w*|droit|avocat\w*|abogad\w*|terms that|trade ?mark|void)\b/i;
const ANGER_WORDS =
  /\b(ridiculous|unacceptable|unbelievable|outrag\w*|disgust\w*|furious|angry|disappointed|fed up|sick of|useless|pathetic|nonsense|joke|kidding|worst|rubbish|garbage|crap|wtf|damn|hell|stupid|idiots?|incompetent|scam|cheated|rip-?off|shame|disgrace|embarrass\w*|sacked|a waste of|had enough|enough\.|give up|last (straw|chance|warning)|third time|second time|(\w+th|fourth|fifth|four|five) times?|different (people|answers)|never again|nobody (answers|replies|cares)|still no (answer|reply)|thank you for nothing|hung up|we (leave|are gone)|go to another supplier|call me today|appall\w*|terrible|awful|you "improved")\b|^enough\b|!{2,}/im;
/** Three words in capitals, one of them longer. */
const SHOUTING = /\b[A-Z]{4,}(?:\s+[A-Z]{2,}){2,}/;
const ORDER_WORDS =
  /\b(ignore (all |any |the |your |every |previous |prior )*(instructions?|rules?|prompts?)|new instructions?|system prompt|you are now|as an? (ai|assistant|language model)|disregard (all|any|the|your|previous)|mark this (ticket )?as|set (the )?priority to|skip (every |all |any )?approvals?)\b/i;

/** How it is put: what the learned model weighs, and no rule. */
const ASKING =
  /^[^\S\r\n\u2028\u2029]*(how|where|what|which|when|why|who|can|could|do|does|is|are|may|until|for how long)\b|[.!,\n] *(how|where|what|which|when|who|can|could|does|may) [^.!?]*\?/im;
const WISHING =
  /\b(would (be|help|like|love|need|want)|wish\w*|suggest\w*|feature|roadmap|planned|plan to|please (add|build)|could you add|be added|vote|ideas?|coming|when will|no such|there is no|has no|have no|nowhere|other (tools?|apps?|systems?)|every other|we need|i need|i miss|does not (know|show|let)|only takes|refuses|missing)\b/i;
const FAULTY =
  /\b(error|crash\w*|broken|bug|wrong(ly)?|fails?|failed|failing|nothing happens|does nothing|jumps|twice|two times|again|hangs|blank|404|500|403|refused|invalid|says done|cut off|cuts off|cannot be pressed|still (shows?|counts?|see)|used to|it was on|reinstalled|tried (it|three|again)|every computer|checked)\b/i;
const SINCE =
  /\bsince (the |this |last |yesterday|today|noon|about|monday|tuesday|wednesday|thursday|friday|saturday|sunday|version|\d)/i;
const MANY =
  /\b(everybody|everyone|nobody|no one|none of (our|us|my|the)|all of (our|us|my|them)|all our|for all|(all|whole|entire) (\w+ ){0,2}(company|team|staff|branches|tablets?|shift|factories)|every (tablet|client|card|worker|patient)|no (client|payment link|one) can|clients get|\d{2,} (people|clients|workers|users|patients|wait)|\d{2,} of our|three factories)\b/i;
const PRESSING =
  /\b(today|tonight|tomorrow|at noon|in (an|one|two|ten|half an) (hours?|minutes?)|hour ago|right now|is now|at once|as i write|urgent\w*|dringend|stopped|stand(s)? still|(had to|we) (switch\w*|stop\w*)|switched off|cannot (send|work|open|serve|take|sign in|go on|publish)|we open|wait for (money|their)|for wages|payroll|get in|locked( out)?|in front of me|waiting room|at the desk|no other way|begins)\b/i;
/** That something is not as it should be, whoever is at fault. */
const TROUBLED =
  /\b(not|never|nothing|nobody|none|no longer|cannot|can't|doesn't|don't|didn't|isn't|won't|stopped|silent|stays|stuck|refused|declined|expired|locked|grey|white|behind|says|shows)\b/i;
const OUR_BILL =
  /\b(subscription|contract|your (bill|invoice|price|last invoice|plan)s?|bills? (that you|from you)|we pay you|you (took|charged|raised)|charged (us|me|for)|our (company )?card|plan|seats?|upgrade|downgrade|discount|yearly|purchase order|direct debit)\b/i;

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
  readonly asks: boolean;
  readonly wishes: boolean;
  readonly reportsFault: boolean;
  readonly tellsTrouble: boolean;
  readonly sinceWhen: boolean;
  readonly manyHit: boolean;
  readonly presses: boolean;
  readonly ourBill: boolean;
} {
  const all = `${subject}\n${text}`;
  return {
    lossNamed: LOSS_WORDS.test(all),
    securityNamed: SECURITY_WORDS.test(all),
    legalNamed: LEGAL_WORDS.test(all),
    angerNamed: ANGER_WORDS.test(all) || SHOUTING.test(all),
    ordersGiven: ORDER_WORDS.test(all),
    otherLanguage: isOtherLanguage(text.trim() === '' ? subject : text),
    saysNothing: !/\p{L}{2}/u.test(text),
    asks: ASKING.test(text),
    wishes: WISHING.test(all),
    reportsFault: FAULTY.test(all),
    tellsTrouble: TROUBLED.test(text),
    sinceWhen: SINCE.test(all),
    manyHit: MANY.test(all),
    presses: PRESSING.test(all),
    ourBill: OUR_BILL.test(all),
  };
}

function isOtherLanguage(text: string): boolean {
  const words = text.toLowerCase().match(/[\p{L}'’]+/gu) ?? [];
  if (words.length < FEWEST_WORDS) return false;
  return words.filter((word) => ENGLISH.has(word)).length / words.length < LEAST_ENGLISH;
}
