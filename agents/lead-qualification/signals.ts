import type { Lead } from './lead.ts';
import { needSignals } from './need-signals.ts';

/** Products that compete with ours, made up like the rest. */
const COMPETITORS = [
  'slotterly',
  'rotaplume',
  'kalendrix',
  'bookavanti',
  'plannaquill',
  'invoquist',
  'billowick',
  'duepenny',
];

/** Words for a competitor without its name, in the languages that leads write in. */
const RIVAL_WORDS =
  /\b(competitors?|rivals?|other (vendors?|providers?|tools?|suppliers?)|another (vendor|provider|tool|supplier)|current (vendor|provider|tool|supplier|system|contract)|konkurren\w*|anbieter|wettbewerb\w*|concurren\w*|prestataires?|competencia|proveedor\w*|leverancier\w*|aanbieder\w*|shortlist\w*|incumbent)\b/i;

/** A day, a date or haste, in those languages. */
const DATE_WORDS =
  /\b(by|before|until|till|bis|vor|avant|antes|para el|voor|before the) (the )?(end|mon|tue|wed|thu|fri|sat|sun|next|this|\d|lundi|mardi|mercredi|jeudi|vendredi|montag|dienstag|mittwoch|donnerstag|freitag|vrijdag|viernes|zum|ende)|\b\d{1,2}(st|nd|rd|th|\.)? ?(of )?(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|mai|juni|juli|okt|dez|déc|août|enero|marzo|abril)/i;
const HASTE_WORDS =
  /\b(asap|urgent\w*|immediately|right away|straight away|today|tomorrow|this week|next week|this month|deadline|expires?|runs? out|lapses?|dringend\w*|sofort|umgehend|schnellstm\w*|so schnell|diese woche|frist|läuft .{0,20}aus|vite|urgence|aujourd'hui|cette semaine|cuanto antes|urgente|esta semana|hoy|mañana|spoed|zo snel|deze week|loopt af)\b/i;
const NO_HASTE_WORDS =
  /\b(no (rush|hurry|urgency)|not urgent|no deadline|whenever|keine eile|nicht eilig|pas urgent|sin prisa|geen haast)\b/i;

/** What is plain to see in a message and that the models weigh; none of it decides by itself. */
export function leadSignals({ message }: Lead): Record<string, boolean | string> {
  // Spelled apart, joined or with a stray sign between the letters, it is still the name.
  const joined = message.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');
  return {
    competitorNamed: COMPETITORS.some((name) => joined.includes(name)),
    rivalHinted: RIVAL_WORDS.test(message),
    dateNamed: DATE_WORDS.test(message),
    hasteNamed: HASTE_WORDS.test(message),
    hasteDenied: NO_HASTE_WORDS.test(message),
    ...needSignals(message, joined),
  };
}
