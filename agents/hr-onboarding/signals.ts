import { systemsNamed } from './access.ts';
import type { Hire } from './hire.ts';

/** Words that make a person look, in the languages that notes come in. Wide on purpose: at worst one more is read. */
const WORDS = {
  minor:
    /\b(1[4-7][- ]?(years?[- ]old|jahre alt|ans)|(turns?|is|only) 1[4-7]\b|1[4-7]-year-old|under[- ]?18|under age|underage|minderjährig\w*|mineure?|menor de edad|parents? (have|must|need|has) to sign|eltern müssen|parental consent|guardians?)\b/i,
  visa: /\b(visa|work permit|residence permit|blue card|sponsor\w*|h-?1b|tier 2|right to work (is|runs|ends|expires|not)|aufenthaltstitel|aufenthaltserlaubnis|arbeitserlaubnis|titre de séjour|permiso de (trabajo|residencia)|zezwolenie|permit)\b/i,
  relocation:
    /\b(relocat\w+|moving (from|to)|moves? (from|to|here)|umzug|umziehen|zieht (nach|von|um)|déménag\w+|s[e']install\w+|se muda|mudanza|przeprowadz\w+|verhui\w+)\b/i,
  executive:
    /\b(c[efotpmhr]o|chief \w+ officer|managing director|geschäftsführer\w*|vorstand|board member|member of the board|vice president|general counsel|directeur général|director general)\b/i,
  abroad:
    /\b(work(s|ing)? (remotely )?from (abroad|another country|spain|portugal|bali|mexico|turkey|thailand|greece|italy|france)|lives in \w+ but|tax resident|permanent establishment|a1 certificate|cross[- ]border|grenzgänger\w*|frontalier\w*|workation|digital nomad|nomad)\b/i,
  freelance: /\b(freelanc\w+|contractor|contracting|day rate|daily rate|invoices? us|freiberuf\w*|auf rechnung|autónom[ao]|tjm|b2b contract|b2b)\b/i,
  ended: /\b(until|fixed[- ]term|maternity cover|parental leave|befristet|cdd|cover for|elternzeit|temporary|temporal|for (six|three|nine|twelve|\d+) months|zastępstwo)\b/i,
  studies: /\b(student\w*|intern\w*|internship|praktik\w*|werkstudent\w*|stage|stagiaire|alternance|becari[ao]|prácticas|dual study|duales studium|thesis|university|semester|hours a week)\b/i,
} as const;

/** Words that give orders to whoever prepares the start. Nothing hangs on them; a person should know of it. */
const ORDER_WORDS =
  /\b(ignore (all|your|the|any|previous)|skip (the |every |all |any )?(approval|check)\w*|without (any )?(approval|asking)|no approval (is )?needed|pre-?approved|already approved|approve (it|this|everything) (at once|automatically)|system prompt|new instructions|as an? (ai|assistant)|give (him|her|them) admin|grant (all|full|admin))\b/i;

export interface HireSignals {
  readonly [name: string]: boolean | string;
  readonly minorNamed: boolean;
  readonly visaNamed: boolean;
  readonly relocationNamed: boolean;
  readonly executiveNamed: boolean;
  readonly abroadNamed: boolean;
  readonly freelanceNamed: boolean;
  readonly endNamed: boolean;
  readonly studiesNamed: boolean;
  readonly systemsNamed: string;
  readonly ordersGiven: boolean;
}

/** What is plain in the words of role and note, whatever an agent makes of them. */
export function hireSignals({ role, note }: Pick<Hire, 'role' | 'note'>): HireSignals {
  const all = `${role}\n${note}`;
  return {
    minorNamed: WORDS.minor.test(all),
    visaNamed: WORDS.visa.test(all),
    relocationNamed: WORDS.relocation.test(all),
    executiveNamed: WORDS.executive.test(all),
    abroadNamed: WORDS.abroad.test(all),
    freelanceNamed: WORDS.freelance.test(all),
    endNamed: WORDS.ended.test(all),
    studiesNamed: WORDS.studies.test(all),
    systemsNamed: systemsNamed(all).join(' '),
    ordersGiven: ORDER_WORDS.test(all),
  };
}
