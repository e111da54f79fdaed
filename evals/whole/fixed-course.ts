import { Company, Found } from '../../agents/partner-research/company.ts';
import type { Json, JsonObject, Reading } from '../../shared/contracts/index.ts';
import { NO_USAGE } from '../../shared/domain/usage.ts';
import { failedAnswer, type Tier, type TierAnswer } from '../../shared/models/answer.ts';
import type { Question } from '../../shared/ports/index.ts';

/** Stands wherever the model of a turn is named. */
export const COURSE_MODEL = 'scripted (no model: the fixed course of an evaluation)';

/** As many as the assessor is handed at once. */
const MOST_FOUND = 6;

/**
 * Planner, researcher and drafter where no model is configured: the same course for every request, and the same sentences. It
 * searches in the words of the request that say something, takes whatever companies are found, has all of them assessed and reports those that fit.
 * It knows no label, and is no measure of what a model would plan or write. Null for any agent that it does not stand for.
 */
export const fixedCourse: Tier = async (question) => {
  switch (question.agent.id) {
    case 'planner':
      return said(question, planned(question));
    case 'researcher':
      return said(question, await researched(question), ['web-search', 'company-register', 'crm-history']);
    case 'drafter':
      return said(question, drafted(question));
    default:
      return null;
  }
};

/** Sure of nothing, as every script: it never decides alone. */
function said({ agent }: Question, judgement: JsonObject, cites: readonly string[] | null = null): TierAnswer {
  const parsed = agent.judgement.safeParse(judgement);
  if (!parsed.success) return failedAnswer('scripted', COURSE_MODEL, `The fixed course does not fit ${agent.title}.`);
  return {
    ...{ status: 'answered', tier: 'scripted', model: COURSE_MODEL, judgement: parsed.data, confidence: 0 },
    fields: Object.keys(parsed.data).map((field) => ({ field, confidence: 0, threshold: null, because: [] })),
    reasons: ['So goes the fixed course.'],
    doubts: [`${agent.title}: no model was asked; a fixed course was followed.`],
    ...{ usage: NO_USAGE, cites: cites === null ? null : [...cites], attempts: [], cap: null },
  };
}

function planned({ input, handOver }: Question): JsonObject {
  const results = listOf(handOver?.['results']).map((one) => objectOf(objectOf(one)['judgement']));
  const text = String(input['text']);
  const found = results.flatMap(({ companies }) => listOf(companies)).map((one) => Found.parse(one));
  const assessments = results.flatMap((one) => listOf(one['assessments'])).map(objectOf);
  const drafts = results.flatMap((one) => listOf(one['drafts'])).map(objectOf);
  const fitting = found
    .filter(({ domain }) =>
      assessments.some((one) => one['domain'] === domain && one['fit'] === 'yes' && one['conflict'] === 'none'),
    )
    .slice(0, Number(input['wanted']));
  const kindOf = (domain: string): Json => assessments.find((one) => one['domain'] === domain)?.['kind'] ?? 'none';
  if (results.length === 0)
    return delegated('researcher', { look: searchWords(text), sought: soughtIn(text), known: [] });
  if (assessments.length === 0 && found.length > 0) {
    return delegated('assessor', { companies: found.map((one) => Company.parse(companyOf(one))) });
  }
  if (drafts.length === 0 && fitting.length > 0) {
    const companies = fitting.map(({ name, domain, claims }) => ({
      ...{ name, domain, kind: kindOf(domain), known: claims.map(({ claim }) => claim) },
    }));
    return delegated('drafter', { companies });
  }
  const partners = fitting.map(({ name, domain, claims, contact }) => {
    const draft = drafts.find((one) => one['domain'] === domain);
    const mail = { subject: draft?.['subject'] ?? '', text: draft?.['text'] ?? '' };
    return { name, domain, kind: kindOf(domain), claims, contact, ...mail };
  });
  const left = found.filter(({ domain }) => !fitting.some((one) => one.domain === domain));
  const passedOver = left.map(({ name }) => ({ name, because: 'It does not fit, or is more than was wanted.' }));
  const summary = `Looked at ${found.length} companies, by a fixed course and not by a model.`;
  return { next: 'decide', judgement: { summary, partners, passedOver } } as JsonObject;
}

function delegated(agent: string, handOver: object): JsonObject {
  return { next: 'delegate', turns: [{ agent, handOver }] } as JsonObject;
}

function companyOf({ claims: _claims, contact: _contact, ...company }: Found): Company {
  return company;
}

/** The request without the words that stand in every one. */
function searchWords(text: string): string {
  const words = (text.match(/[a-z]+/gi) ?? []).filter((word) => !COMMON.has(word.toLowerCase()));
  return (words.length === 0 ? text : words.join(' ')).slice(0, 200);
}

const COMMON: ReadonlySet<string> = new Set(
  'find me us one two three four five partner partners company companies industry who that could would we our us with of for in the a an to at and or not is it its be'.split(
    ' ',
  ),
);

/** The word before "industry" or after "in", "at" or "for"; else the longest. */
function soughtIn(text: string): string {
  const named = /\b([a-z]+)\s+industry\b/i.exec(text)?.[1] ?? /\b(?:in|at|for)\s+([a-z]+)/i.exec(text)?.[1];
  const words = text.match(/[a-z]+/gi) ?? [];
  return (named ?? words.toSorted((a, b) => b.length - a.length)[0] ?? 'any').toLowerCase();
}

interface Page {
  readonly title: string;
  readonly url: string;
  readonly text: string;
}

/** One search; of each page that is a company's own, what the register and the CRM say, and what others wrote of it. */
async function researched({ handOver, lookUp }: Question): Promise<JsonObject> {
  const [search] = await lookUp.read([{ source: 'web-search', asked: { query: String(handOver?.['look']) } }]);
  const pages = listOf(dataOf(search)['results']) as unknown as Page[];
  const own = pages.flatMap((page) => {
    const domain = new URL(page.url).hostname;
    const contact = /[\w.+-]+@[\w-]+(?:\.[\w-]+)*\w/.exec(page.text)?.[0]?.toLowerCase() ?? '';
    return contact.endsWith(`@${domain}`) ? [{ page, domain, contact }] : [];
  });
  const some = own.slice(0, MOST_FOUND);
  const register = await lookUp.read(some.map(({ domain }) => ({ source: 'company-register', asked: { domain } })));
  const crm = await lookUp.read(some.map(({ contact }) => ({ source: 'crm-history', asked: { email: contact } })));
  const companies = some.map(({ page, domain, contact }, at) => {
    const entry = dataOf(register[at]);
    const name = page.title.split(/[:,]/)[0]?.trim() ?? domain;
    const others = pages.filter((one) => one !== page && one.text.includes(name)).map(({ text }) => text);
    const [quote = page.text] = page.text.split(/(?<=\.)\s/);
    const read = { claim: `It says of itself: ${quote}`.slice(0, 300), source: 'web-search', ref: page.url, quote };
    const industry = String(entry['industry'] ?? '');
    const listed = {
      claim: `The register has it under ${industry}.`,
      source: 'company-register',
      ref: domain,
      quote: industry,
    };
    return {
      ...{ name, domain, sought: String(handOver?.['sought']), offers: page.text, industry },
      ...{ country: String(entry['country'] ?? ''), employees: entry['employees'] ?? null },
      ...{ isRegistered: entry['found'] === true, crmStage: dataOf(crm[at])['stage'] ?? 'none' },
      ...{ news: others.join('\n').slice(0, 2_000), claims: industry === '' ? [read] : [read, listed], contact },
    };
  });
  return { companies } as JsonObject;
}

function drafted({ handOver }: Question): JsonObject {
  const drafts = listOf(handOver?.['companies'])
    .map(objectOf)
    .map(({ name, domain }) => ({
      domain: domain ?? '',
      subject: `Working together? ${String(name)} and us`.slice(0, 150),
      text: `Hello,\n\nwe make a platform for scheduling and billing, and read of ${String(name)}. Would you have half an hour?`,
    }));
  return { drafts };
}

function dataOf(reading: Reading | null | undefined): JsonObject {
  return reading === null || reading === undefined || reading.status === 'failed' ? {} : objectOf(reading.data);
}

function objectOf(value: Json | undefined): JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : {};
}

function listOf(value: Json | undefined): readonly Json[] {
  return Array.isArray(value) ? value : [];
}
