import { Slug, Tier } from '../../shared/contracts/index.ts';
import type {
  ActionAnswer,
  DecisionAnswer,
  DecisionIs,
  FieldAnswer,
  RuleAnswer,
  SourceAnswer,
  TriggerAnswer,
} from './answers.ts';
import { ACTIONS, SOURCES } from './connectors.ts';

/** What was wrong with a line, and what to write instead. */
export class LineError extends Error {
  override readonly name = 'LineError';
  readonly fix: string;

  constructor(problem: string, fix: string) {
    super(problem);
    this.fix = fix;
  }
}

/** Fewer words than this say nothing about when exactly, or why. */
const FEWEST_WORDS = 4;
const LONGEST_ACTION_NAME = 32;
const NAME = /^[a-z][a-zA-Z0-9]{0,39}$/;

export const FORMS = {
  field: 'amount number: Amount in euro',
  trigger: 'webhook returns-form: A customer sends the form on the /returns page',
  event: 'event order-sent from shop / Order sent: The shop hands a parcel to the carrier',
  mail: 'mail returns-mail to returns: A customer writes to the address for returns',
  byHand: 'by-hand told-by-phone: A customer calls and a colleague writes it down',
  schedule:
    'schedule open-ones at cron(0 8 ? * MON-FRI *) in Europe/Berlin of sandbox.crm/open-leads: Every working day at 8 for what is left open',
  source: 'crm by crm-history: What we know of the customer',
  decision: 'urgency low|normal|high: How soon does somebody have to look at it?',
  action: 'tell-team autonomous by post-to-channel when urgency is high: Tell the team',
  rule: 'lawyer when text mentions lawyer, court: It may become a legal matter',
} as const;

/** `<what> : <why>`; the part behind the first colon that is followed by a space. */
function halves(line: string, form: string): { head: string; tail: string } {
  const at = /:\s/.exec(line)?.index ?? -1;
  const [head, tail] = at < 0 ? [line.trim(), ''] : [line.slice(0, at).trim(), line.slice(at + 1).trim()];
  if (head === '') throw new LineError('it is empty', `write for example "${form}"`);
  return { head, tail };
}

function slug(id: string, form: string): string {
  if (Slug.safeParse(id).success) return id;
  throw new LineError(`"${id}" is not a usable name`, `write lower-case words joined by hyphens, as in "${form}"`);
}

function sentence(text: string, what: string, form: string, fewest = FEWEST_WORDS): string {
  const words = text.split(/\s+/).filter((word) => word !== '').length;
  if (words >= fewest && !/\p{Cc}/u.test(text)) return text;
  const problem = words === 0 ? `it does not say ${what}` : `"${text}" is too vague to say ${what}`;
  throw new LineError(problem, `say it behind a colon, as in "${form}"`);
}

export function parseField(line: string): FieldAnswer {
  const { head, tail } = halves(line, FORMS.field);
  const [, name = '', type = ''] = /^(\S+)\s+(text|number|yes-no)$/.exec(head) ?? [];
  if (!NAME.test(name)) throw new LineError(`"${head}" is no field`, `write name and type, as in "${FORMS.field}"`);
  return { name, type: type as FieldAnswer['type'], label: tail || name };
}

type TriggerKind = TriggerAnswer['kind'];

const FORM_OF: Readonly<Record<TriggerKind, string>> = {
  webhook: FORMS.trigger,
  event: FORMS.event,
  schedule: FORMS.schedule,
  mail: FORMS.mail,
  'by-hand': FORMS.byHand,
};

function isKind(kind: string): kind is TriggerKind {
  return Object.hasOwn(FORM_OF, kind);
}

export function parseTrigger(line: string): TriggerAnswer {
  const { head, tail } = halves(line, FORMS.trigger);
  const [kind = '', id = '', ...rest] = head.split(/\s+/);
  if (!isKind(kind)) {
    const fix = `begin with webhook, event, schedule, mail or by-hand, as in "${FORMS.trigger}"`;
    throw new LineError(`"${kind}" is no way to start`, fix);
  }
  const form = FORM_OF[kind];
  const named = { id: slug(id, form), when: sentence(tail, 'when exactly it starts', form) };
  if (kind === 'webhook' || kind === 'by-hand') {
    if (rest.length === 0) return { kind, ...named };
    throw new LineError(`"${rest.join(' ')}" does not belong there`, `write it as in "${form}"`);
  }
  if (kind === 'mail') {
    const [, to = ''] = /^to ([a-z0-9]+(?:[._-][a-z0-9]+)*)$/.exec(rest.join(' ')) ?? [];
    if (to !== '') return { kind, ...named, to };
    throw new LineError('the mail has no address', `write what stands before the @, as in "${form}"`);
  }
  const where = rest.join(' ');
  if (kind === 'event') {
    const [, source = '', detailType = ''] = /^from\s+(\S.*?)\s+\/\s+(\S.*)$/.exec(where) ?? [];
    if (source === '')
      throw new LineError('the event has no source', `write from whom and of which type, as in "${form}"`);
    return { kind, ...named, source, detailType };
  }
  const [, cron = '', timezone = '', connector = '', list = ''] =
    /^at\s+(cron\([^)]*\))\s+in\s+(\S+)\s+of\s+([^\s/]+)\/(\S+)$/.exec(where) ?? [];
  if (cron === '') {
    throw new LineError(
      'the schedule has no source',
      `write when, in which time zone and what is listed, as in "${form}"`,
    );
  }
  return { kind, ...named, cron, timezone, connector, list };
}

export function parseSource(line: string): SourceAnswer {
  const { head, tail } = halves(line, FORMS.source);
  const [, id = '', connector = '', optional] = /^(\S+)\s+by\s+(\S+)(\s+optional)?$/.exec(head) ?? [];
  if (id === '') throw new LineError(`"${head}" does not say by what it is read`, `write it as in "${FORMS.source}"`);
  if (!Object.hasOwn(SOURCES, connector)) {
    throw new LineError(`there is no source "${connector}"`, oneOf(SOURCES));
  }
  const title = sentence(tail, 'what it tells', FORMS.source, 1);
  return { id: slug(id, FORMS.source), connector, isRequired: optional === undefined, title };
}

function oneOf(table: Readonly<Record<string, unknown>>): string {
  return `choose one of ${Object.keys(table).join(', ')}, or declare it in workflow.ts later (docs/connectors.md)`;
}

export function parseDecision(line: string): DecisionAnswer {
  const { head, tail } = halves(line, FORMS.decision);
  const [, name = '', type = ''] = /^(\S+)\s+(\S+)$/.exec(head) ?? [];
  if (!NAME.test(name))
    throw new LineError(`"${head}" is no decision`, `write name and values, as in "${FORMS.decision}"`);
  const options = type === 'yes-no' ? [] : type.split('|');
  if (options.length === 1 || options.some((option) => !Slug.safeParse(option).success)) {
    throw new LineError(
      `"${type}" are no values`,
      `write yes-no, or two or more joined by |, as in "${FORMS.decision}"`,
    );
  }
  return { name, options, question: sentence(tail, 'what is judged', FORMS.decision) };
}

export function parseAction(line: string, decisions: readonly DecisionAnswer[]): ActionAnswer {
  const { head, tail } = halves(line, FORMS.action);
  const [, id = '', tierWord, connector = '', condition] =
    /^(\S+)(?:\s+(?!by\s)(\S+))?\s+by\s+(\S+)(?:\s+when\s+(.+))?$/.exec(head) ?? [];
  if (id === '') throw new LineError(`"${head}" does not say by what it is done`, `write it as in "${FORMS.action}"`);
  const tier = Tier.safeParse(tierWord);
  if (!tier.success) {
    const problem = tierWord === undefined ? `action "${id}" has no tier` : `"${tierWord}" is no tier`;
    throw new LineError(problem, `write autonomous, notify or approve behind its name, as in "${FORMS.action}"`);
  }
  const known = Object.hasOwn(ACTIONS, connector) ? ACTIONS[connector] : undefined;
  if (known === undefined) {
    throw new LineError(`there is no action "${connector}"`, oneOf(ACTIONS));
  }
  if (known.definition.effect === 'irreversible' && tier.data !== 'approve') {
    const fix = `write "${id} approve by ${connector}"`;
    throw new LineError(`what ${connector} does cannot be taken back, and "${tier.data}" asks nobody before`, fix);
  }
  if (id.length > LONGEST_ACTION_NAME)
    throw new LineError(`"${id}" is too long`, `take at most ${LONGEST_ACTION_NAME} characters`);
  const when = condition === undefined ? null : parseIs(condition, decisions, FORMS.action);
  const title = sentence(tail, 'what is done', FORMS.action, 1);
  return { id: slug(id, FORMS.action), tier: tier.data, connector, when, title };
}

export function parseRule(
  line: string,
  { decisions, fields }: { decisions: readonly DecisionAnswer[]; fields: readonly FieldAnswer[] },
): RuleAnswer {
  const { head, tail } = halves(line, FORMS.rule);
  const [, id = '', condition = ''] = /^(\S+)\s+when\s+(.+)$/.exec(head) ?? [];
  if (id === '') throw new LineError(`"${head}" does not say when it holds`, `write it as in "${FORMS.rule}"`);
  const because = sentence(tail, 'why a person has to decide', FORMS.rule, 3);
  return { id: slug(id, FORMS.rule), when: parseCondition(condition, decisions, fields), because };
}

function parseCondition(
  condition: string,
  decisions: readonly DecisionAnswer[],
  fields: readonly FieldAnswer[],
): RuleAnswer['when'] {
  const [, field = '', how = '', what = ''] = /^(\S+)\s+(mentions|over)\s+(.+)$/.exec(condition) ?? [];
  if (how === '') return { kind: 'is', ...parseIs(condition, decisions, FORMS.rule) };
  const wanted = how === 'over' ? 'number' : 'text';
  if (!fields.some(({ name, type }) => name === field && type === wanted)) {
    const known = fields.filter(({ type }) => type === wanted).map(({ name }) => name);
    const fix = known.length === 0 ? `declare it with "${FORMS.field}"` : `choose one of ${known.join(', ')}`;
    throw new LineError(`there is no ${wanted} field "${field}"`, fix);
  }
  if (how === 'mentions') {
    const words = what.split(',').flatMap((word) => (word.trim() === '' ? [] : [word.trim().toLowerCase()]));
    return { kind: 'mentions', field, words };
  }
  const limit = Number(what);
  if (Number.isFinite(limit)) return { kind: 'over', field, limit };
  throw new LineError(`"${what}" is no number`, `write it as in "big when ${field} over 500: …"`);
}

function parseIs(condition: string, decisions: readonly DecisionAnswer[], form: string): DecisionIs {
  const [, name = '', value = ''] = /^(\S+)\s+is\s+(\S+)$/.exec(condition) ?? [];
  const decision = decisions.find((one) => one.name === name);
  if (decision === undefined) {
    const known = decisions.map((one) => one.name).join(', ') || 'none yet';
    throw new LineError(`"${condition}" names no decision`, `name one of ${known}, as in "${form}"`);
  }
  const isYesNo = decision.options.length === 0;
  const options = isYesNo ? ['yes', 'no'] : decision.options;
  if (!options.includes(value))
    throw new LineError(`"${value}" is no value of ${name}`, `choose one of ${options.join(', ')}`);
  return { decision: name, value: isYesNo ? value === 'yes' : value };
}
