/** A date for a talk with us, and our own bill: they speak of no need. Taken out before the words below are looked for. */
const ABOUT_US = [
  /\b(book|schedule|plan|arrange|set up|fix|agendar|agendemos|reservar|planifier|planen|vereinbaren|inplannen|fissare|marcar)\b[^.?!]{0,40}?\b(demo\w*|demonstra\w*|démonstration|call|meeting|presentation|training|kick-?off|onboarding|visit|vorführung\w*|termin|reunión|réunion|capacitación|riunione|opleiding)\b/gi,
  /\b(demo|démonstration|vorführung|demonstração|demostración)\w*\b[^.?!]{0,30}?\b(buchen|vereinbaren|agendar|planifier|inplannen|plannen|planen|termin\w*)\b/gi,
  /\btermin(e|vorschlag)? (für|zur|zu einer) (die |eine |der )?(demo|vorführung|schulung)\w*/gi,
  /\b(send|issue|direct|mandar?|envi\w+|schick\w*|stuur)\b[^.?!]{0,30}?\b(invoice|proforma|pro forma|rechnung|factura|facture|factuur|fattura)\b/gi,
  /\b(payment|pay) (link|details)|billing (details|data)|dati di fatturazione|\b(annual|yearly) (billing|payment)|pro[- ]?rated invoice|prepay\w*/gi,
  /\b(setup|yearly|annual|monthly|extra|licen[cs]e|hidden) (fee|fees|cost|costs)\b/gi,
] as const;

/** Words for planning people, vehicles and machines, in the languages that leads write in. */
const PLANNING =
  /\b(crews?|crewing|gangs?|shifts?|rosters?|rostering|rotas?|dispatch\w*|rout(e|es|ing)|scheduler|schedulers|reschedul\w*|(visit|staff|crew|dock|workforce|job|shift|maintenance|new|recurring) schedul\w+|schedul\w+ (system|tools?|software|of)|schedules? for|maintenance (schedule|plans?)|planners?|planning|plan (crews?|teams?|visits?|jobs?|drivers?)|plans? assembly|fatigue|duty[- ]time|rest (times?|hours?)|overtime|absences?|sick leave|substitutes?|subcontractors?|timesheets?|time clocks?|clock(s|ing)? (in|by)|whiteboard|who'?s where|einsatzpl\w*|einsatzzeit\w*|dienstpl\w*|schicht\w*|disposition|tourenplan\w*|touren|wegzeit\w*|wartungsplan\w*|einplanen|plantafel|montagezeit\w*|planifier|planification|tournées?|temps de repos|turnos?|rutas?|cuadrillas?|ploegen|inplannen|rooster\w*|roosteren|planning|escalas?|equipe e|turni|vakter|skift|pass(planering)?)\b/i;

/** Words for appointments and reservations that customers make. */
const BOOKING =
  /\b(book(s|ed|ing|ings|able)?|double[- ]book\w*|appointments?|no[- ]shows?|walk-?ins?|(time|delivery|booking|free) (slots?|windows?)|slots?|reservations?|availability|waitlists?|reminders?|viewings?|showings?|patient portal|queue|tee time|lettings?|(online )?diary|terminvergabe|(online|zähler|behandlungs)-?termin\w*|termine|buchung\w*|buchen|rendez-vous|rdv|réservations?|réserver|créneaux?|préadmissions?|citas?|reservas?|agenda|prenotazion\w*|appuntament\w*|afspra\w*|tijdvak\w*|boeken|bokning\w*|wizyt\w*|marcações|pacientes? (puede|pode)|sesiones)\b/i;

/** Words for invoices and for getting paid. */
const BILLING =
  /\b(bill(s|ed|ing|able)?|invoic\w+|dunning|refunds?|direct debit|credit notes?|reconcil\w*|settlement|statements?|progress payments?|stage payments?|retentions?|installment\w*|instalment\w*|accounts receivable|arrears|vat|gst|levy|e-?invoic\w*|fees|payment terms|mobile money|claims|detention|rechnung(en)?|anzahlungsrechnung|schlussrechnung|abrechn\w*|abgerechnet|faktur\w*|nebenkosten|mahn\w*|raten|factur(as?|amos|ar|ación)|facturation|facturer|facture|tiers payant|cobran\w*|cobro|cfdi|timbran|boleto|pix|nota fiscal|nota por|fattur\w*|e-fatura|ksef|facturatie|factureren|facturen|faktura|kvitton|egenandel|afrekenen|kas(a|ą) fiskaln\w*|two currencies)\b/i;

/** Words for how systems fit together, and for what protects data or binds in law. */
const SYSTEMS =
  /\b(apis?|grpc|sso|saml|scim|single sign-on|webhooks?|audit (logs?|certificate)|encrypt\w*|data (residency|location|centre|center|retention)|where (is )?(the )?data|data (is|are) (stored|hosted)|where data|soc ?2|iso ?27001|hipaa|dpa|sub-?processors?|whitepaper|security documentation|governing law|indemnity|liability|integrat\w+|connectors?|schnittstelle\w*|koppeling|intégrations?|integrac\w*|integrazion\w*|sandbox|tenancy|snowflake|backups?|hébergement|daten gespeichert|dove si trovano i dati|roles? and permissions?|user roles)\b/i;

const RIVALS = {
  booking: ['slotterly', 'kalendrix', 'bookavanti'],
  planning: ['rotaplume'],
  billing: ['invoquist', 'billowick', 'duepenny'],
  both: ['plannaquill'],
} as const;

/**
 * What a message seems to be about; the models weigh it, and nothing is decided by it.
 * @param joined its letters and digits alone, in small letters
 */
export function needSignals(message: string, joined: string): Record<string, boolean | string> {
  const text = ABOUT_US.reduce((rest, about) => rest.replace(about, ' '), message);
  const named = {
    planning: PLANNING.test(text),
    booking: BOOKING.test(text),
    billing: BILLING.test(text),
    systems: SYSTEMS.test(text),
  };
  const rivals = Object.entries(RIVALS).filter(([, names]) => names.some((name) => joined.includes(name)));
  const needs = Object.entries(named).flatMap(([need, isNamed]) => (isNamed ? [need] : []));
  return {
    planningNamed: named.planning,
    bookingNamed: named.booking,
    billingNamed: named.billing,
    systemsNamed: named.systems,
    // Together they say more than each by itself.
    needsNamed: needs.filter((need) => need !== 'systems').join(' and ') || (named.systems ? 'systems' : 'none'),
    rivalServes: rivals.map(([need]) => need).join(' and ') || 'none',
  };
}
