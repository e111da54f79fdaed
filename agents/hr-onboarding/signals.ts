import { systemsNamed } from './access.ts';
import type { Hire } from './hire.ts';

type Words = Readonly<Record<string, RegExp>>;

/** Words that make a person look, in the languages that notes come in. Wide on purpose: at worst one more is read. */
const UNUSUAL: Words = {
  minor:
    /(?<![\p{L}])(1[4-7] ?(years?|jahre|ans|años|anos|jaar|lat)|1[4-7]-year-old|(is|ist|turns?|aged?) 1[4-7]|fourteen|fifteen|sixteen|seventeen|turns eighteen|wird .{0,12}(18|achtzehn)|under[- ]?(18|age)|underage|minors?|minderjährig\w*|mineure?s?|menor(es)? de edad|parents?|eltern|parental consent|guardians?|school leaver|secondary school|schüler\w*)(?![\p{L}])/iu,
  visa: /(?<![\p{L}])(visas?|visum|(work|residence|skills) permits?|permits?|blue card|sponsor\w*|h-?1b|immigration|right to work|aufenthalt\w*|arbeitserlaubnis|titre de séjour|permiso de (trabajo|residencia)|zezwolenie|protection status|leave to remain)(?![\p{L}])/iu,
  relocation:
    /(?<![\p{L}])(relocat\w+|mov(es?|ed|ing|ers)|umz[uü]g\w*|zieht|umziehen|déménag\w+|s'installe|traslad[ao]|se muda|mudanza|mudança|przeprowadz\w+|verhui\w+|comes over from)(?![\p{L}])/iu,
  executive:
    /(?<![\p{L}])(c[efotpmhr]o|chief \w+( \w+)? officer|managing director|geschäftsführ\w*|vorstand|board|vp|vice president|(executive|management) team|general counsel|directrice? générale?|director general|diretor-geral)(?![\p{L}])/iu,
  abroad:
    /(?<![\p{L}])(abroad|another country|ausland|à l'étranger|extranjero|grenzgänger\w*|frontali\w+|cross[- ]border|crosses the border|tax resident|permanent establishment|a1|workation|nomad|lives? (there|in)|residirá|summers? (in|with)|winters? in|(works?|working|work|arbeitet) (remotely )?(from|von) (there|dort|portugal|spain|italy|france|greece|turkey|austria))(?![\p{L}])/iu,
  other:
    /(?<![\p{L}])(court|second job|nebenjob|non-compete|parental leave|maternity leave|lawyers?|betriebsrat|works council|share options|employer of record|schwerbehindert|deduction|garnish\w*|legal)(?![\p{L}])/iu,
};

const CONTRACT: Words = {
  freelance:
    /(?<![\p{L}])(freelanc\w+|self-employed|contractor|(day|daily) rate|invoices?|bills|freiberuf\w*|rechnung\w*|honorar|indépendante?|facture|autónom[ao]|tagessatz|b2b|extern\w*)(?![\p{L}])/iu,
  internship:
    /(?<![\p{L}])(interns?|internship|placement|\w*praktik\w*|stagiaire|stage|alternant\w*|apprenti\w*|auszubildende\w*|azubi|becari[ao]|prácticas|estági\w+|stażyst\w+|dua[al]l?\w* (study|student|studium))(?![\p{L}])/iu,
  student:
    /(?<![\p{L}])(werkstudent\w*|student\w*|studiert|studium|uni|semester|bachelor|étudiante?|estudiante)(?![\p{L}])/iu,
  ended:
    /(?<![\p{L}])(until|fixed[- ]term|cover(s|ing)?|befristet|cdd|\w*vertretung|temporary|temporal|remplace\w*|remplacement|(\d+|two|three|four|six|eight|nine|twelve) (months|monate|mois|meses|miesięcy)|bis (ende|zum)|hasta|jusqu'\w+|na czas określony|volontariat)(?![\p{L}])/iu,
};

const EQUIPMENT: Words = {
  own: /(?<![\p{L}])((his|her|their) own|own (mac\w*|laptop|machines?|equipment|computer)|propre ordinateur|eigene\w*|keeps|has all|full set|brings)(?![\p{L}])/iu,
  road: /(?<![\p{L}])(on the road|field|terrain|travels?|außendienst\w*|visits?|besucht|fairs|out with|mostly out|on site|days (a|in|of) (the )?week (out|at customers))(?![\p{L}])/iu,
};

const PRODUCTION: Words = {
  denied: /(?<![\p{L}])(no live access|not on call|does not (need|touch|carry)|nicht an|kein\w* zugriff)(?![\p{L}])/iu,
  live: /(?<![\p{L}])(on[- ]call|pager|live|incidents?|production|prod|astreinte|rufbereitschaft|guardias?|deploy\w*|clusters?|kubernetes|infrastructure|servers?|nights?|sre|devops)(?![\p{L}])/iu,
};

const SPECIAL: Words = {
  special:
    /(?<![\p{L}])(left-handed|linkshänd\w*|gauch\w+|zurd[ao]|ergonomi\w*|keyboard|tastatur|trackball|wheelchair|rollstuhl|screen reader|\w*software nur|(seh|hör|geh)behindert|malentendante?|hearing aid|magnif\w+|höhenverstellbar\w*|standing desk|fauteuil|linux|mac because|windows|casque adapté|doctor)(?![\p{L}])/iu,
};

const FIRST_DAY: Words = {
  elsewhere:
    /(?<![\p{L}])(fair|trade show|messe|salon|feria|kick-off|(at|beim|chez) (a|the|an|kunden|customer|clinic|un|le)( \w+)? (customer|clinic|client)|customer day|off-?site|séminaire|seminar|training in|schulung in|design week|meeting in|stand|train is booked|hotel)(?![\p{L}])/iu,
  atHome:
    /(?<![\p{L}])(video|visio|vídeo|zoom|call|online|en ligne|zu hause|daheim|homeoffice|from home|em casa|de casa|zdalnie|llamada|at the screen|first week is at home)(?![\p{L}])/iu,
  atOffice:
    /(?<![\p{L}])(in the office|at the office|im büro|ins büro|im haus|au bureau|op kantoor|vor ort|sur place|on site|oficina|escritório|w biurze|day one|at (his|her|the) desk)(?![\p{L}])/iu,
};

const BUDDY: Words = {
  leads:
    /(?<![\p{L}])((will )?leads? (a|the|two|three|four|five|six|\d+)|manages?|heads?|(führt|leitet|verantwortlich)( \w+)*|führen|encadre|dirige|lidera|prend la tête|head of|team ?leit\w*|team lead|engineering manager|responsable de l'équipe|builds a team|(\w+) (people|leute|personas|pessoas|personnes) unter sich|executive|chief|vice president|director)(?![\p{L}])/iu,
  nobody:
    /(?<![\p{L}])(without people|leads nobody|nobody reports|ohne personalverantwortung|n'encadre personne)(?![\p{L}])/iu,
  place:
    /(?<![\p{L}])(speaks no|(little|no|weak) (english|german|dutch)|não fala|pouco inglês|no habla|kein englisch|(our|the) first|first (one )?(in|of)|notre première|nuestr[ao] primer[ao]|nobody (there|else)|somebody in)(?![\p{L}])/iu,
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
