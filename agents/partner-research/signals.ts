import type { Company } from './company.ts';

/** What is plain in a company's words and worth weighing. Nothing is decided by it. */
export function companySignals({ sought, offers, industry, news, isRegistered, crmStage, employees }: Company) {
  const said = offers.toLowerCase();
  const all = `${said}\n${news.toLowerCase()}`;
  const stem = stemOf(sought);
  return {
    inRegister: isRegistered ? 'yes' : 'no',
    standing: crmStage,
    industrySought: industry.toLowerCase().includes(stem),
    speaksOfSought: all.includes(stem) || (TRADES[sought.toLowerCase()] ?? NEVER).test(all),
    sellsOurs: OURS.test(said),
    sellsOthers: RESELLS.test(said),
    makesSoftware: MAKES.test(said),
    introduces: INTRODUCES.test(said),
    recommends: RECOMMENDS.test(said),
    isGone: GONE.test(all),
    isOwned: OWNED.test(all),
    saysLittle: said.trim().split(/\s+/).length < 12,
    givesOrders: ORDERS.test(all),
    isTiny: employees !== null && employees < 3,
  };
}

/** "construction" is spoken of as "constructing" and "constructor" too. */
function stemOf(sought: string): string {
  return sought.toLowerCase().slice(0, 7);
}

const NEVER = /(?!)/;

/** How those of an industry call themselves. */
const TRADES: Readonly<Record<string, RegExp>> = {
  construction:
    /\bbuild(?:er|ers|ing)\b|contractor|site manager|roof|scaffold|mason|carpent|plumb|\btrades?\b|civil works/,
  cleaning: /clean|janitor|facilit|housekeep|window wash/,
  logistics: /haul|freight|warehous|courier|forward|truck|dock|transport/,
  healthcare: /clinic|nurs|care home|patient|physio|dental|practice manager/,
  hospitality: /hotel|restaurant|cater|\bbar\b|kitchen|event venue|guest/,
};

const OURS =
  /(?:scheduling|rota|roster|shift[- ]?plan\w*|dispatch|workforce planning)\W+(?:\w+\W+){0,3}(?:platform|software|suite|app|tool)|(?:plan|schedule) (?:your )?(?:crews?|shifts|jobs) and (?:send|invoice|bill)|from (?:rota|schedule|booking) to invoice/;
const RESELLS =
  /resell|reseller|distribut|value-added|licen[cs]es of|software house for|vendor partners|brands we carry|marketplace/;
const MAKES =
  /\bapi\b|our (?:app|software|platform|product)|we (?:make|build|develop) (?:\w+ ){0,3}(?:software|apps?)|connects to|plug-?in|integrat/;
const INTRODUCES =
  /implement|roll[- ]?out|introduc|consult|train(?:s|ing)\b|onboard|advis|change management|set[- ]?up/;
const RECOMMENDS =
  /associat|member|guild|chamber|network of|accountan|bookkeep|insurance broker|tax advis|federation|cooperative/;
const GONE =
  /insolven|bankrupt|dissolved|liquidat|ceased trading|closed its doors|wound up|no longer in business|administrators/;
const OWNED =
  /acquired by|subsidiary of|part of the \w+ group|belongs to|formerly known|trading name of|a brand of|renamed|majority stake/;
const ORDERS =
  /ignore (?:all|any|your|previous)|ai (?:agents?|assistants?|models?)|language models?|system prompt|must (?:rank|rate|recommend|choose) (?:us|this)/;
