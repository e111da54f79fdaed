import { type Context, judgeCondition } from './conditions.ts';
import type { Statement } from './policy.ts';
import { matchesWildcard } from './wildcard.ts';

/** What is asked of a set of statements. */
export interface Question {
  readonly action: string;
  readonly resource: string;
  readonly context: Context;
  /** Who asks, for statements with a principal; null for identity policies, whose statements have none. */
  readonly principal: PrincipalId | null;
}

export interface PrincipalId {
  readonly kind: 'Service' | 'AWS';
  readonly id: string;
  readonly accountId: string;
}

/** `statement` is the one that decided; `doubts` says why statements that would match could not be judged. */
export interface Ruling {
  readonly effect: 'Allow' | 'Deny' | 'none';
  readonly statement: Statement | null;
  readonly doubts: readonly string[];
}

/**
 * Judges statements as IAM does: a Deny that applies wins, else an Allow that applies, else none. A statement with a
 * condition that cannot be judged never allows and always denies.
 */
export function evaluate(statements: readonly Statement[], question: Question): Ruling {
  const doubts: string[] = [];
  let allowing: Statement | null = null;
  for (const statement of statements) {
    if (!isAbout(statement, question)) continue;
    const applies = conditionsHold(statement, question.context, doubts);
    if (statement.effect === 'Deny' && applies !== 'no') return { effect: 'Deny', statement, doubts };
    if (statement.effect === 'Allow' && applies === 'yes') allowing ??= statement;
  }
  return { effect: allowing === null ? 'none' : 'Allow', statement: allowing, doubts };
}

/** Actions compare without case, resources with it. */
export function matchesAction(pattern: string, action: string): boolean {
  return matchesWildcard(pattern.toLowerCase(), action.toLowerCase());
}

function isAbout(statement: Statement, question: Question): boolean {
  return (
    coversAction(statement, question.action) &&
    coversResource(statement, question.resource) &&
    coversPrincipal(statement, question.principal)
  );
}

function coversAction(statement: Statement, action: string): boolean {
  const isIn = (patterns: readonly string[]): boolean => patterns.some((pattern) => matchesAction(pattern, action));
  if (statement.notActions !== null) return !isIn(statement.notActions);
  return statement.actions !== null && isIn(statement.actions);
}

function coversResource(statement: Statement, resource: string): boolean {
  const isIn = (patterns: readonly string[]): boolean => patterns.some((pattern) => matchesWildcard(pattern, resource));
  if (statement.notResources !== null) return !isIn(statement.notResources);
  if (statement.resources === null) return statement.principals !== null;
  return isIn(statement.resources);
}

/** Whoever allows an account only lets its roles be allowed by their own policies; a Deny of it is for all of them. */
function coversPrincipal({ principals, effect }: Statement, asker: PrincipalId | null): boolean {
  if (principals === null || asker === null) return principals === null && asker === null;
  if (principals === '*') return true;
  if (principals['AWS']?.includes('*') === true) return true;
  const named = principals[asker.kind] ?? [];
  if (asker.kind === 'Service') return named.some((id) => withoutRegion(id) === asker.id);
  return named.some((id) => id === asker.id || (effect === 'Deny' && isAccount(id, asker.accountId)));
}

/** `states.eu-west-1.amazonaws.com` is the same service as `states.amazonaws.com`. */
function withoutRegion(service: string): string {
  return service.replace(/^([^.]+)\.[a-z]{2}(-[a-z]+)+-\d\.amazonaws\.com$/, '$1.amazonaws.com');
}

function isAccount(id: string, accountId: string): boolean {
  return id === accountId || /^arn:[^:]+:iam::(\d+):root$/.exec(id)?.[1] === accountId;
}

function conditionsHold(statement: Statement, context: Context, doubts: string[]): 'yes' | 'no' | 'unknown' {
  let outcome: 'yes' | 'unknown' = 'yes';
  for (const condition of statement.conditions) {
    const judged = judgeCondition(condition, context);
    if ('unknown' in judged) {
      doubts.push(judged.unknown);
      outcome = 'unknown';
    } else if (!judged.met) return 'no';
  }
  return outcome;
}
