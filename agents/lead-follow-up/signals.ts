import type { Conversation } from './conversation.ts';

const INTEREST =
  /\b(happy to|glad to|would love|keen|let'?s (talk|meet|do|set)|works for (me|us)|suits (me|us)|free (on|at)|available|call me|book(ed)?|slot|demo|sounds (good|great|interesting)|interested|gerne?|passt|termin|interess\w*|volontiers|intéress\w*|rendez-vous|avec plaisir|disponible|me interesa|encantad\w*|agendemos|graag|afspraak|prima|volentieri|interessat\w*|com prazer|chętnie)\b/i;
const QUESTION =
  /\?|\b(how|what|which|does|do you|can (it|you|we)|is there|wie|was|welche|können|gibt es|combien|comment|quel(le)?s?|est-ce|cuánto|cómo|qué|hoe|wat|kan|quanto|come)\b/i;
const LATER =
  /\b(later|not (now|right now|yet|at the moment|this (year|quarter|month))|next (year|quarter|month|spring|autumn)|busy|come back|circle back|get back to you|ping me|budget|after (the )?\w+|in q[1-4]|no (time|capacity)|später|momentan|derzeit|zurzeit|nächstes|erst (im|nach|ab)|plus tard|pour l'instant|en ce moment|prochaine?|más adelante|ahora no|de momento|próximo|nu niet|voorlopig|volgend|per ora|più avanti|por enquanto)\b/i;
const NO =
  /\b(no thanks?|no thank you|not interested|not a fit|not for us|unsubscribe|stop (writing|mailing|contacting)|remove me|take me off|do not contact|decided (against|on another|for)|went with|signed with|already (have|chose|signed|picked)|kein(en|e)? (interesse|bedarf)|nicht interessiert|abgelehnt|entschieden|pas intéress\w*|désinscri\w*|ne (plus|souhait\w*)|no (me |nos )?interesa|no, gracias|geen interesse|niet geïnteresseerd|uitschrijven|non (sono|siamo) interessat\w*|não temos interesse)\b/i;
const OTHER_PERSON =
  /\b(not (me|my|the right person|in charge|responsible)|wrong (person|address)|colleague|responsible|(no longer|don'?t) (work|handle|look after)|left the company|contact (my|our|mr|ms|mrs)|speak (to|with)|get in touch with|forward(ed|ing)? (this|your|it)|in charge|zuständig\w*|kolleg\w*|ansprechpartner\w*|collègue|responsable|chargée?|adressez|compañer\w*|encargad\w*|collega|verantwoordelijk|collega|responsabile)\b/i;
const AWAY =
  /\b(out of (the )?office|automatic reply|auto-?reply|away (until|from)|on (annual |parental |maternity )?leave|on vacation|on holiday|limited access|abwesen\w*|abwesenheit\w*|nicht im (büro|haus)|automatische antwort|urlaub|absente?|absence|réponse automatique|congés?|fuera de la oficina|respuesta automática|vacaciones|afwezig\w*|automatisch antwoord|fuori (sede|ufficio)|risposta automatica|ferie|ausente|férias)\b/i;
const ORDERS =
  /\b(ignore|disregard|forget) (all |any |the |your )?(previous|prior|above|earlier|other)?\s?(instructions|rules|prompts?)|\b(system prompt|you are now|as an ai|mark (this|me|it) as|skip (the|every) approval)\b/i;
const GRIEVANCE =
  /\b(gdpr|dsgvo|rgpd|data protection|datenschutz\w*|lawyer|attorney|anwalt|avocat|abogad\w*|legal action|spam|harass\w*|complain\w*|beschwer\w*|report you|abmahn\w*)\b/i;

/** What is plain to see in a reply; the models weigh it, and the rules ask a person by the last two. */
export function replySignals({ reply }: Conversation): Record<string, boolean | string> {
  const says = {
    interest: INTEREST.test(reply),
    question: QUESTION.test(reply),
    later: LATER.test(reply),
    no: NO.test(reply),
    otherPerson: OTHER_PERSON.test(reply),
    away: AWAY.test(reply),
  };
  const said = Object.entries(says).flatMap(([what, holds]) => (holds ? [what] : []));
  return {
    ...says,
    together: reply.trim() === '' ? 'silence' : said.join(' and ') || 'nothing plain',
    isSilent: reply.trim() === '',
    isShort: reply.trim().split(/\s+/).length <= 6,
    ordersGiven: ORDERS.test(reply),
    grievanceNamed: GRIEVANCE.test(reply),
  };
}
