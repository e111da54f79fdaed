import type { Conversation } from './conversation.ts';

/** What a reply may say, by words in the languages that prospects write in. */
const WORDS = {
  /** Wants to talk, to see it or to go ahead. */
  interest:
    /\b(yes|happy to|glad to|would (love|like)|keen|let'?s (talk|meet|do)|let us meet|let's|works for (me|us)|is good for|free on|call me|speak today|book(ed)? a|picked|invite|join|demo|demonstration|walkthrough|sounds (good|great)|i'?m in|interested and|i am interested|go ahead and|want to (see|go ahead)|prepare an offer|gern(e)?|ja|mir passt|rufen sie|vorführung|terminvorschl\w*|wir möchten|wir wollen|haben interesse|volontiers|oui|avec plaisir|convient|voulons bien|on se voit|démonstration|sí|me interesa|me gustaría|agendamos|adelante|podemos|graag|afspraak|bel me|lijkt me goed|volentieri|certo|va bene|fissiamo|com prazer|chętnie)\b|👍/i,
  /** Names a day or an hour. */
  time: /\b((mon|tues|wednes|thurs|fri)day|(montag|dienstag|mittwoch|donnerstag|freitag)|lundi|mardi|mercredi|jeudi|vendredi|lunes|martes|miércoles|jueves|viernes|maandag|dinsdag|woensdag|donderdag|vrijdag\w*|martedì|giovedì|quinta|\d{1,2}[:.]\d\d|\d{1,2} ?(h|uhr|am|pm)|at (two|three|four|\d)|tomorrow|today|next week|minutes|kw \d+)\b/i,
  asks: /[?？]/,
  questionWords:
    /\b(how|what|which|whats|who else|do you|does|is there|can (it|the|customers)|is (it|my|training|this)|wo|wie|was|welche|können|könnten|gibt es|läuft|combien|comment|quel(le)?s?|est-ce|existe|cuánto|cómo|se conecta|hoe|kan|quanto|esiste|quais|czy|cost|price list|tell me more|interested to know)\b/i,
  later:
    /\b(later|not (now|right now|yet|at the moment|this (year|quarter|month)|before|a priority)|at the moment|next (year|quarter|spring|autumn)|too busy|swamped|come back to me|circle back|get back to you|ping me|again (in|next|when)|ask (me )?again|budget|in q[1-4]|no (time|capacity)|park this|on hold|half a year|in (two|three|six) (weeks|months)|hire a|first|maybe (next|in)|some day|season|harvest|später|momentan|im moment|derzeit|zurzeit|nächstes jahr|erst nach|im (herbst|frühjahr|frühling)|nach dem (sommer|jahresabschluss)|pour l'instant|plus tard|l'année prochaine|mois prochain|dans (deux|trois|six) mois|más adelante|ahora no|de momento|próximo año|en otoño|nu even niet|op dit moment|volgend (jaar|kwartaal)|per ora|al momento|prossimo anno|dopo la stagione|por enquanto|próximo ano)\b/i,
  refuses:
    /\b(no thanks?|no,? thank you|not interested|not (be )?a? ?fit|decided against|will not go ahead|went with|signed with|chose(n)? (a|another)|another (supplier|solution|product)|different product|already have|happy with|all set|no use to us|has said no|hated it|came third|kein(en|e)? (interesse|bedarf)|nein danke|nicht interessiert|(anderen|andere) (anbieter|lösung) entschieden|pas intéress\w*|non merci|ne nous intéresse pas|autre solution|no,? gracias|no nos interesa|otro proveedor|geen interesse|nee,? dank|non siamo interessat\w*|no,? grazie|altro sistema|não temos interesse|nie,? dziękuję)\b|\bno\.$/i,
  wantsNoMail:
    /\b(unsubscribe|stop|remove (me|my)|take me off|do not (write|contact)|delete my|mailing list|schreiben sie mir nicht|löschen sie|verteiler|désinscri\w*|me relancer|uitschrijven|spam)\b/i,
  otherPerson:
    /\b(not (my|the right person|in charge|mine|responsible)|isn'?t mine|wrong (person|company)|only do|responsible|in charge of|(no longer|don'?t) (work|handle|look after)|someone else|took over|looks after|i left|please (direct|contact|speak|ask)|you (should|need to) (speak|talk)|one to talk to|forwarded|passed on|head office|nobody (here|in)|i'?m just|moved to|zuständig|ansprechpartner\w*|wenden sie sich an unsere|weitergeleitet|in rente|adressez-vous|bonne personne|n'est pas moi|personne ici|responsable|no soy|no llevo|compañer[oa]|encargad\w*|niet de juiste|daar ga ik niet|gaat hierover|non sono io|non me ne occupo|responsabile|não sou eu|fale com)\b/i,
  away: /\b(out of (the )?office|away (until|from)|i am away|back on|i am back|return(s)? on|(on|currently on) (annual |parental |maternity )?leave|on vacation|on holiday|off hiking|travelling this week|limited access|no access to my mail|office is closed|abwesen\w*|nicht im (büro|haus)|urlaub|absente?|en congés?|fuera de la oficina|vacaciones|afwezig\w*|met vakantie|fuori (sede|ufficio)|in ferie|ausente|em férias|na urlopie)\b/i,
  machine:
    /\b(automatic reply|auto-?reply|automated message|automatische(s)? antwort|abwesenheitsnotiz|réponse automatique|respuesta automática|automatisch antwoord|risposta automatica|ticket received|has the number|within (one|two|three) working days|in urgent cases|for urgent matters|in dringenden fällen|en cas d'urgence|per urgenze)\b/i,
} as const;

const ORDERS =
  /\b(ignore|disregard|forget) (all |any |the |your )?(previous|prior|above|earlier|other)?\s?(instructions|rules|prompts?)|\b(system prompt|you are now|as an ai|mark (this|me|it) as|skip (the|every) approval)\b/i;
const GRIEVANCE =
  /\b(gdpr|dsgvo|rgpd|data protection|datenschutz\w*|lawyer|attorney|anwalt|avocat|abogad\w*|legal action|spam|harass\w*|complain\w*|beschwer\w*|report you|abmahn\w*)\b/i;

/** What is plain to see in a reply; the models weigh it, and the rules ask a person by the last two. */
export function replySignals({ reply }: Conversation): Record<string, boolean | string> {
  const says = Object.entries(WORDS).map(([what, words]) => [what, words.test(reply)] as const);
  const said = says.flatMap(([what, holds]) => (holds ? [what] : []));
  const isSilent = reply.trim() === '';
  return {
    ...Object.fromEntries(says),
    // Together they say more than each by itself.
    together: isSilent ? 'silence' : said.filter((what) => what !== 'time').join(' and ') || 'nothing plain',
    gist: isSilent ? 'silence' : gistOf(said),
    ordersGiven: ORDERS.test(reply),
    grievanceNamed: GRIEVANCE.test(reply),
  };
}

/** The gravest of what is said; a guess for the models, which know better where words mislead. */
function gistOf(said: readonly string[]): string {
  const order = [
    'wantsNoMail',
    'machine',
    'away',
    'refuses',
    'otherPerson',
    'later',
    'interest',
    'asks',
    'questionWords',
  ];
  return order.find((what) => said.includes(what)) ?? 'nothing plain';
}
