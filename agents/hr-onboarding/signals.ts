import { systemsNamed } from './access.ts';
import type { Hire } from './hire.ts';

type Words = Readonly<Record<string, RegExp>>;

/** Words that make a person look, in the languages that notes come in. Wide on purpose: at worst one more is read. */
const UNUSUAL: Words = {
  minor:
    /\b(1[4-7][- ]?(years?[- ]old|jahre alt|jahre|ans)|(turns?|is|only|ist) 1[4-7]\b|wird \w+ \w+ 18|sixteen|seventeen|1[4-7]-year-old|under[- ]?18|under age|underage|minderjährig\w*|mineure?|menor de edad|parents? (have|must|need|has) to sign|die eltern|parental consent|guardians?)(?![\p{L}])/iu,
  visa: /(?<![\p{L}])(visas?|visum|work permits?|residence permits?|permits?|blue card|sponsor\w*|h-?1b|orientation year|right to work (is|runs|ends|expires|not)|aufenthaltstitel|aufenthaltserlaubnis|arbeitserlaubnis|titre de séjour|permiso de (trabajo|residencia)|zezwolenie|protection status)(?![\p{L}])/iu,
  relocation:
    /(?<![\p{L}])(relocat\w+|moving (from|to|costs)|moves? (down|from|to|here|over)|moved (from|to)|umz[uü]g\w*|zieht (aus|nach|von|um)|déménag\w+|s'installe|se muda|mudanza|przeprowadz\w+|verhuis\w*)(?![\p{L}])/iu,
  executive:
    /(?<![\p{L}])(c[efotpmhr]o|chief \w+ officer|managing director|geschäftsführer\w*|vorstand|board|vp|vice president|executive team|general counsel|directrice? générale?|director general)(?![\p{L}])/iu,
  abroad:
    /(?<![\p{L}])(work\w* (remotely )?from (abroad|another|there|spain|portugal|bali|mexico|turkey|thailand|greece|italy|france|northern)|arbeitet von dort|arbeitet aber|lives in \w+ (but|and)|residirá en|tax resident|permanent establishment|a1 form|crosses the border|cross[- ]border|grenzgänger\w*|frontali\w+|workation|nomad)(?![\p{L}])/iu,
  other:
    /(?<![\p{L}])(court order|second job|non-compete|parental leave begins|lawyers?|betriebsrat|works council|share options|employer of record|schwerbehindert|tarif|garnish\w*|legal wants)(?![\p{L}])/iu,
};

const CONTRACT: Words = {
  freelance:
    /(?<![\p{L}])(freelanc\w+|self-employed|contractor|day rate|daily rate|invoices|freiberuf\w*|rechne\w* .{0,20} ab|auf rechnung|stellt .{0,20}rechnung|indépendante?|facture au|autónom[ao]|tagessatz|b2b|extern\w*)(?![\p{L}])/iu,
  internship:
    /(?<![\p{L}])(interns?|internship|placement|praktik\w*|betriebspraktik\w*|schülerpraktik\w*|stagiaire|stage|alternant|apprenti\w*|auszubildende\w*|becari[ao]|prácticas|dual\w* (study|student|studium)|secondary school|transition year|élève)(?![\p{L}])/iu,
  student:
    /(?<![\p{L}])(werkstudent\w*|studentische|student|studiert|semester|master\w*|bachelor|fourth-year|third year|\d+ (hours|stunden|h)( a week| die woche| pro woche)?)(?![\p{L}])/iu,
  ended:
    /(?<![\p{L}])(until|fixed|maternity cover|covers? for|parental leave|befristet|cdd|elternzeitvertretung|vertretung|temporary|temporal|remplace\w*|months|monate|mois|hasta|na czas określony|volontariat)(?![\p{L}])/iu,
};

const EQUIPMENT: Words = {
  own: /(?<![\p{L}])(own (ipad|mac\w*|laptop|machines?|equipment|computer|rechner)|propre ordinateur|eigene\w* (rechner|laptop)|keeps (his|her|their) laptop|full set at home|bringt .{0,20}rechner)(?![\p{L}])/iu,
  road: /(?<![\p{L}])(on the road|field|out with|mostly out|travels?|außendienst\w*|besucht|vor ort ein|in the car|fairs|hotel is booked|führt vier leute|visits?)(?![\p{L}])/iu,
};

const PRODUCTION: Words = {
  denied:
    /(?<![\p{L}])(no live access|does not touch data|does not carry the pager|not on call|nicht an den laufenden|others roll it out)(?![\p{L}])/iu,
  live: /(?<![\p{L}])(on[- ]call|pager|live (systems?|database|databases|environment|at night)|runs it live|incidents?|in production|en production|astreinte|rufbereitschaft|deployments?|rolls back|runs migrations|betreut server|kubernetes|infrastructure)(?![\p{L}])/iu,
};

const SPECIAL: Words = {
  special:
    /(?<![\p{L}])(left-handed|linkshänd\w*|gauch\w+|ergonomi\w*|keyboard|tastatur|trackball|wheelchair|rollstuhl|screen reader|vorlesesoftware|sehbehindert|höhenverstellbar\w*|standing desk|fauteuil|linux|a mac because|chair)(?![\p{L}])/iu,
};

const FIRST_DAY: Words = {
  elsewhere:
    /(?<![\p{L}])(fair|kick-off|at a customer|at a clinic|shadows|fährt sie mit|fährt er mit|messe|séminaire|service training|in training at|schulung in|customer day|design week|beim kunden|chez le plus gros client|sales meeting|clínica)(?![\p{L}])/iu,
  atHome:
    /(?<![\p{L}])(by video|video|visio|vídeo|first call|welcome call|on a call|call with|from home|from her home|from his home|zu hause|homeoffice|em casa|de casa|en ligne|zdalnie|llamada|first week (still )?(is )?(at home|from))(?![\p{L}])/iu,
  atOffice:
    /(?<![\p{L}])(in the office|at the office|im büro|ins büro|au bureau|op kantoor|vor ort|on site|en la oficina|w biurze|day one|first day in (london|dublin|berlin)|comes to the \w+ office)(?![\p{L}])/iu,
};

const BUDDY: Words = {
  leads:
    /(?<![\p{L}])(will lead|leads (two|three|four|five|six|seven|\w+ people)|manages (people|the)|führt (künftig|vier|\w+ an)|führen|führt sie|verantwortlich für|encadre|prend la tête|head of|teamleit\w*|builds a team|will run the|übernimmt das|reports? to (the )?board|executive|chief|vice president)(?![\p{L}])/iu,
  place:
    /(?<![\p{L}])(speaks no|little english|pouco inglês|no habla|weak|first (one )?in|nobody there|first in the|somebody in|contact français|compañera española|opens|wohnung suchen|notre première|moving from)(?![\p{L}])/iu,
};

/** Words that give orders to whoever prepares the start. Nothing hangs on them; a person should know of it. */
const ORDER_WORDS =
  /\b(ignore (all|your|the|any|previous)|skip (the |every |all |any )?(approval|check)\w*|without (any )?(approval|asking)|no approval (is )?needed|pre-?approved|already approved|schon genehmigt|keine rückfrage|approve (it|this|everything) (at once|automatically)|system prompt|new instructions|as an? (ai|assistant)|root access|admin (auf|on) (allem|everything)|give (him|her|them) admin|grant (all|full|admin))\b/i;

export interface HireSignals {
  readonly [name: string]: boolean | string;
  /** The first kind of words that stands in role or note, `none` for none; so with those below. */
  readonly unusualNamed: string;
  readonly contractNamed: string;
  readonly equipmentNamed: string;
  readonly productionNamed: string;
  readonly specialNamed: string;
  readonly firstDayNamed: string;
  readonly buddyNamed: string;
  /** Systems by id, between blanks. */
  readonly systemsNamed: string;
  readonly ordersGiven: boolean;
}

/** What is plain in the words of role and note, whatever an agent makes of them. */
export function hireSignals({ role, note }: Pick<Hire, 'role' | 'note'>): HireSignals {
  const all = `${role}\n${note}`;
  return {
    unusualNamed: firstOf(UNUSUAL, all),
    contractNamed: firstOf(CONTRACT, all),
    equipmentNamed: firstOf(EQUIPMENT, all),
    productionNamed: firstOf(PRODUCTION, all),
    specialNamed: firstOf(SPECIAL, all),
    firstDayNamed: firstOf(FIRST_DAY, all),
    buddyNamed: firstOf(BUDDY, all),
    systemsNamed: systemsNamed(all).join(' '),
    ordersGiven: ORDER_WORDS.test(all),
  };
}

function firstOf(words: Words, text: string): string {
  return Object.entries(words).find(([, pattern]) => pattern.test(text))?.[0] ?? 'none';
}
