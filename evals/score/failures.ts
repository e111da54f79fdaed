import { isDeepStrictEqual } from 'node:util';
import type { Json } from '../../shared/contracts/index.ts';
import { type Share, shareOf } from '../../shared/domain/agreement.ts';
import type { Labelled } from '../run/labelled.ts';
import type { CaseResult } from '../run/result.ts';

export type FailureKind = 'wrong-field' | 'invalid' | 'unsure' | 'rule' | 'missing-source' | 'other';

/** Cases that went wrong, or to a person though the agents were right, for one reason. */
export interface FailureGroup {
  readonly kind: FailureKind;
  /** The field, rule, source or reason that it is about. */
  readonly about: string;
  readonly title: string;
  /** Of all cases. */
  readonly cases: Share;
  /** Of those asked about: how many would be decided alone if it were not for this. */
  readonly onlyReason: number;
  readonly proposal: string;
  /** What to run to learn more; null for nothing. */
  readonly command: string | null;
  /** Ids, the worst first. */
  readonly ids: readonly string[];
}

/** What the training of the learned model knows of a field. */
export interface FieldHint {
  readonly missingExamples: number | null;
  /** Points of accuracy (0 to 1) that the last doubling of the examples brought; null where not known. */
  readonly lastGain: number | null;
}

export interface FailureContext {
  readonly workflowId: string;
  readonly training: readonly Labelled[];
  readonly hints: Readonly<Record<string, FieldHint>>;
}

/** Something went wrong, where others only went to a person. */
export function isHarm({ kind }: Pick<FailureGroup, 'kind'>): boolean {
  return kind === 'wrong-field' || kind === 'invalid';
}

/** Failures by kind, those that do harm first, then the most frequent: what is wrong, and which examples or rules would help. */
export function failureGroups(results: readonly CaseResult[], context: FailureContext): FailureGroup[] {
  const groups = [
    ...wrongFieldGroups(results, context),
    ...invalidGroups(results),
    ...unsureGroups(results, context),
    ...reasonGroups(results, context),
  ];
  return groups
    .filter(({ cases }) => cases.agreed > 0)
    .toSorted((a, b) => Number(isHarm(b)) - Number(isHarm(a)) || b.cases.agreed - a.cases.agreed);
}

/** Decided alone and wrong, the surest first: what a person would have had to find out. */
export function worstFailures(results: readonly CaseResult[]): CaseResult[] {
  return results
    .filter(({ isAlone, isRight }) => isAlone && !isRight)
    .toSorted((a, b) => b.confidence - a.confidence || (a.id < b.id ? -1 : 1));
}

function wrongFieldGroups(results: readonly CaseResult[], { training }: FailureContext): FailureGroup[] {
  const wrong = worstFailures(results);
  return [...new Set(wrong.flatMap(({ wrongJudged }) => wrongJudged))].map((field) => {
    const own = wrong.filter(({ wrongJudged }) => wrongJudged.includes(field));
    const [expected, given, times] = mostConfused(own, field);
    const known = training.filter((example) => isDeepStrictEqual(example.expected[field], expected)).length;
    const likeness = own
      .filter((one) => isDeepStrictEqual(one.expected[field], expected))
      .slice(0, 3)
      .map(({ id }) => id);
    return group(results, own, {
      ...{ kind: 'wrong-field', about: field, title: `${field} is wrong, and nobody was asked` },
      proposal:
        `Mostly “${wordOf(given)}” where “${wordOf(expected)}” is right (${times} of ${own.length}). ` +
        `Add examples of “${wordOf(expected)}” like ${likeness.join(', ')} (${known} are known), ` +
        `or say in the instructions what tells the two apart.`,
    });
  });
}

/** The pair of right and given value that stands behind most of these, and how often. */
function mostConfused(own: readonly CaseResult[], field: string): readonly [Json, Json, number] {
  const pairs = Map.groupBy(own, ({ expected, judgement }) =>
    JSON.stringify([expected[field] ?? null, judgement?.[field] ?? null]),
  );
  const [pair = '[null,null]', cases = []] = [...pairs].toSorted(([, a], [, b]) => b.length - a.length)[0] ?? [];
  const [expected, given] = JSON.parse(pair) as [Json, Json];
  return [expected, given, cases.length];
}

function wordOf(value: Json): string {
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function invalidGroups(results: readonly CaseResult[]): FailureGroup[] {
  const broken = results.filter(({ status }) => status !== 'answered');
  const says = (result: CaseResult): string => `${result.status}: ${result.reasons[0]?.text ?? 'no reason was given'}`;
  return [...Map.groupBy(broken, says)].map(([said, own]) =>
    group(results, own, {
      ...{ kind: 'invalid', about: own[0]?.status ?? 'failed', title: 'No answer that could be used' },
      proposal: `${said} Look at the instructions and at the schema of the answer; a case like these goes to a person.`,
    }),
  );
}

/** A field below its threshold, or for which there is none, though the whole is right. */
function unsureGroups(results: readonly CaseResult[], { hints }: FailureContext): FailureGroup[] {
  const asked = results.filter(({ isAlone, isRight }) => !isAlone && isRight);
  const doubted = asked.filter(({ reasons }) => reasons.some(({ code }) => UNSURE.has(code)));
  const named = new Set(doubted.flatMap(unsureFields));
  const byField = [...named].map((field) => {
    const own = doubted.filter((result) => unsureFields(result).includes(field));
    return group(results, own, {
      ...{ kind: 'unsure', about: field, title: `Right, but not sure enough of ${field}` },
      proposal: moreExamples(field, hints[field]),
    });
  });
  const whole = doubted.filter((result) => unsureFields(result).length === 0);
  const about = group(results, whole, {
    ...{ kind: 'unsure', about: 'the whole', title: 'Right, and each part sure, but not the whole' },
    proposal:
      'Small doubts add up over the fields. Better the weakest field above, or see what another threshold gives.',
  });
  return [...byField, about];
}

const UNSURE: ReadonlySet<string> = new Set(['low-confidence', 'model-doubt']);

function unsureFields({ fields }: CaseResult): string[] {
  return fields
    .filter(({ confidence, threshold }) => threshold === null || confidence < threshold)
    .map(({ field }) => field);
}

function moreExamples(field: string, hint: FieldHint | undefined): string {
  if (hint === undefined) return `Add examples that show what ${field} depends on, or let a stronger model judge it.`;
  const gain = hint.lastGain === null ? '' : ` The last doubling of examples brought ${points(hint.lastGain)}.`;
  if (hint.missingExamples !== null) return `About ${hint.missingExamples} more examples are missing.${gain}`;
  if ((hint.lastGain ?? 0) >= 0.01) return `More examples of the kind help.${gain}`;
  return `More of the same examples would hardly help.${gain} Look for a fact that decides ${field}, or let a stronger model judge it.`;
}

function points(gain: number): string {
  return `${(gain * 100).toFixed(1)} points`;
}

/** Right, and sent to a person by a rule, a source or a limit. */
function reasonGroups(results: readonly CaseResult[], { workflowId }: FailureContext): FailureGroup[] {
  const asked = results.filter(({ isAlone, status }) => !isAlone && status === 'answered');
  const codes = [...new Set(asked.flatMap(({ reasons }) => reasons.map(({ code }) => code)))];
  return codes
    .filter((code) => !UNSURE.has(code))
    .map((code) => {
      const sent = asked.filter(({ reasons }) => reasons.some((reason) => reason.code === code));
      const right = sent.filter(({ isRight }) => isRight);
      const text = sent[0]?.reasons.find((reason) => reason.code === code)?.text ?? code;
      const [prefix = '', about = code] = code.split(':');
      const kind = prefix === 'rule' || prefix === 'missing-source' ? prefix : 'other';
      const were = `The agents were right in ${right.length} of the ${sent.length} cases that went to a person for it.`;
      const command = kind === 'rule' ? `npm run backtest -- ${workflowId} --without-rule ${about}` : null;
      const proposal = `${were} ${REASON_PROPOSALS[kind]}`.trim();
      return group(results, right, { kind, about, title: `Right, but: ${text}`, proposal, command });
    });
}

const REASON_PROPOSALS = {
  rule: 'What past cases had come to without the rule:',
  'missing-source': 'Complete the source, or say isRequired: false where the decision does not rest on it.',
  other: '',
} as const;

function group(
  results: readonly CaseResult[],
  own: readonly CaseResult[],
  named: Pick<FailureGroup, 'kind' | 'about' | 'title' | 'proposal'> & { readonly command?: string | null },
): FailureGroup {
  const onlyReason = own.filter((result) => isOnly(result, named)).length;
  const ids = own.toSorted((a, b) => b.confidence - a.confidence).map(({ id }) => id);
  return { command: null, ...named, cases: shareOf(own.length, results.length), onlyReason, ids };
}

/** Nothing else sent it to a person. */
function isOnly(result: CaseResult, { kind, about }: Pick<FailureGroup, 'kind' | 'about'>): boolean {
  if (result.isAlone) return false;
  const codes = new Set(result.reasons.map(({ code }) => code));
  if (kind === 'unsure') {
    const fields = unsureFields(result);
    const isAboutIt = fields.length === 0 ? about === 'the whole' : isDeepStrictEqual(fields, [about]);
    return isAboutIt && [...codes].every((code) => UNSURE.has(code));
  }
  return codes.size === 1;
}
