/** Words for planning people, vehicles and machines, in the languages that leads write in. */
const PLANNING =
  /\b(crews?|crewing|shifts?|rosters?|rotas?|dispatch\w*|route planning|routes?|schedul(e|es|er|ers|ing) (of |for )?(crews?|teams?|staff|guards|technicians?|system|tools?|software|visits?)|new scheduling|planner|planning|fatigue|duty[- ]time|overtime|absence|subcontractors?|technician|field engineers?|caregivers?|carers?|drivers?|einsatzpl\w*|dienstpl\w*|schicht\w*|disposition|tourenplan\w*|wegzeit\w*|wartungen|planen|plantafel|monteure?|planifi\w*|tournées?|équipes?|turnos?|rutas?|cuadrillas?|equipos? de|ploegen|inplannen|rooster\w*|routes|planning|agenda por equipe|vakter|skift)\b/i;

/** Words for appointments that customers make. */
const BOOKING =
  /\b(book(s|ed|ing|ings)?|bookable|appointments?|no[- ]shows?|walk-?ins?|slots?|diary|reservations?|self[- ]service|waitlists?|reminders?|double[- ]book\w*|calendar|termin(e|en|vergabe|buchung|buchungen)?|online-termin\w*|buchung\w*|buchen|rendez-vous|rdv|réservations?|réserver|créneaux?|citas?|reservas?|reservar|agendar|marcações|marcar|prenotazion\w*|appuntament\w*|afspra\w*|tijdvak\w*|boeken|bokning\w*|time ?slots?|wizyt\w*|patient portal|class(es)?)\b(?!\s+(a|me|the|us|an?) (demo|call|meeting|time|date))/i;

/** Words for invoices and getting paid. Whoever wants an invoice of ours is told apart by the models. */
const BILLING =
  /\b(bill(s|ed|ing|able)?|invoic\w+|dunning|retainers?|refunds?|direct debit|credit notes?|reconcil\w*|statements?|progress payments?|recurring (fees?|payments?)|accounts receivable|vat|sales tax|gst|e-?invoices?|fees?|arrears|mobile money|rechnung\w*|abrechn\w*|faktur\w*|mahn\w*|factur\w*|tiers payant|cobran\w*|cfdi|boleto|pix|nota fiscal|notas?|fattur\w*|e-fatura|ksef|facturatie|factureren|faktura|fakturer\w*|kvitton|egenandel)\b/i;

/** Words for how systems fit together, and for what protects data. */
const SYSTEMS =
  /\b(api|sso|saml|scim|single sign-on|webhooks?|audit log|encryption|encrypted|data residency|where (is )?(the )?data|data (is|are) (stored|hosted)|soc ?2|iso ?27001|hipaa|dpa|sub-?processors?|whitepaper|integrat\w+|connectors?|schnittstelle\w*|koppeling|intégrations?|integracion\w*|integrazion\w*|migrat\w+|sandbox|snowflake|jira|backups?|data location|datos|hébergement|server(s)?)\b/i;

const RIVALS = {
  booking: ['slotterly', 'kalendrix', 'bookavanti'],
  planning: ['rotaplume'],
  billing: ['invoquist', 'billowick', 'duepenny'],
  both: ['plannaquill'],
} as const;

/** What a message seems to be about; the models weigh it, and nothing is decided by it. `joined` is its letters alone. */
export function needSignals(message: string, joined: string): Record<string, boolean> {
  const has = (names: readonly string[]): boolean => names.some((name) => joined.includes(name));
  return {
    planningNamed: PLANNING.test(message),
    bookingNamed: BOOKING.test(message),
    billingNamed: BILLING.test(message),
    systemsNamed: SYSTEMS.test(message),
    rivalBooks: has(RIVALS.booking),
    rivalPlans: has(RIVALS.planning),
    rivalBills: has(RIVALS.billing),
    rivalDoesBoth: has(RIVALS.both),
  };
}
