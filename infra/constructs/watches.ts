import { Duration } from 'aws-cdk-lib';
import { type IMetric, type MathExpression, Metric, Stats } from 'aws-cdk-lib/aws-cloudwatch';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import type { Workflow } from '../../shared/authoring/index.ts';
import { math, percentOf } from './metric-math.ts';

export interface Watch {
  /** What is wrong and where to look first, for the mail. The runbook has a part for each. */
  readonly description: string;
  readonly metric: IMetric;
  readonly above: number;
  /** Periods of which one must be above; 1 by default. */
  readonly evaluationPeriods?: number;
}

export const FIVE_MINUTES = Duration.minutes(5);
const HALF_HOUR = Duration.minutes(30);
const HOUR = Duration.hours(1);
const SIX_HOURS = Duration.hours(6);
const DAY = Duration.days(1);
/** One or two errors may be chance, and each waits for a person anyway. */
const ENOUGH_ERRORS = 3;

/** An alarm of each workflow, by the name that the runbook explains it under. */
type NamedWatch = Watch & { readonly name: string };

/** What is watched of a workflow. `least`: of how many decisions a rate says something. */
export function watchesOf(workflow: Workflow, { intake, least }: { intake: Queue; least: number }): NamedWatch[] {
  const { id } = workflow;
  const of: MetricOf = (metricName, period, statistic) => metricOf(id, metricName, period, statistic);
  return [
    ...errorRates(id, of, least),
    {
      name: 'escalation-rate',
      description: `More than 40 % of the decisions of ${id} within six hours, of ${least} or more, went to a person: the agent is not sure enough.`,
      metric: percentOf(SIX_HOURS, {
        bad: { escalations: of('Escalations', SIX_HOURS) },
        all: { decisions: of('Decisions', SIX_HOURS) },
        least,
      }),
      above: 40,
    },
    {
      name: 'silence',
      description: `Triggers of ${id} came, but for an hour no decision was made: something between them stands still.`,
      metric: silence({
        cases: of('CasesOpened', HALF_HOUR),
        decisions: of('Decisions', HALF_HOUR),
        oldestSeconds: intake.metricApproximateAgeOfOldestMessage({ period: HALF_HOUR, statistic: Stats.MAXIMUM }),
      }),
      above: 0,
      // The value of a half hour looks at the one before it too.
      evaluationPeriods: 2,
    },
    {
      name: 'latency',
      description: `The slowest twentieth of the decisions of ${id} took more than 60 s from trigger to decision.`,
      metric: of('DecisionLatency', FIVE_MINUTES, Stats.percentile(95)),
      above: 60_000,
    },
    {
      name: 'overdue-requests',
      description: `Within an hour nobody answered a question of ${id} in time, or nobody could be found for it: it ends with a no.`,
      metric: math('FILL(expired, 0) + FILL(unresolved, 0)', HOUR, {
        expired: of('RequestsExpired', HOUR),
        unresolved: of('RequestsUnresolved', HOUR),
      }),
      above: 0,
    },
    {
      name: 'spend',
      description: `The models of ${id} cost more than ${SPEND_PERCENT} % of what they may cost a day: at the cap, people decide.`,
      metric: of('ModelCost', DAY),
      above: (SPEND_PERCENT / 100) * modelCostADay(workflow),
    },
    {
      name: 'unlike-triggers',
      description: `More than 3 triggers of ${id} came within an hour under the name of another one: their sender mixes up names, or somebody makes them up.`,
      metric: of('TriggersUnlike', HOUR),
      above: 3,
    },
    ...(workflow.triggers.some(({ kind }) => kind === 'webhook') ? [refusedSignatures(id, of)] : []),
    ...watchesOfMail(workflow, of),
  ];
}

/**
 * Within an hour, so that what breaks is known at once; and within a day, so that nothing fails unheard where an hour brings
 * too few to tell.
 */
function errorRates(id: string, of: MetricOf, least: number): NamedWatch[] {
  const within = (window: Duration): MathExpression =>
    percentOf(window, {
      bad: { errors: of('Errors', window) },
      all: { cases: of('CasesOpened', window) },
      least,
      enoughBad: ENOUGH_ERRORS,
    });
  const told = (window: string): string =>
    `More than 5 % of the cases of ${id} within ${window}, of ${least} or more, or ${ENOUGH_ERRORS} of fewer, met an error: a source, a model or a step is failing.`;
  return [
    { name: 'error-rate', description: told('an hour'), metric: within(HOUR), above: 5 },
    { name: 'error-rate-day', description: told('a day'), metric: within(DAY), above: 5 },
  ];
}

/** Of a workflow that mail starts. */
function watchesOfMail({ id, triggers }: Workflow, of: MetricOf): NamedWatch[] {
  const byMail = triggers.filter((trigger) => trigger.kind === 'inbound-mail');
  const stopped = {
    name: 'stopped-mails',
    description: `More than 50 mails of machines came to ${id} within an hour: a flood, or two machines that answer each other.`,
    metric: of('MailsStopped', HOUR),
    above: 50,
  };
  const doubted = {
    name: 'doubted-replies',
    description: `More than 5 mails to ${id} within an hour said that they answer what they do not, or came from somebody else than we wrote to.`,
    metric: of('RepliesDoubted', HOUR),
    above: 5,
  };
  return [
    ...(byMail.length > 0 ? [stopped] : []),
    ...(byMail.some(({ replies }) => replies !== null) ? [doubted] : []),
  ];
}

/** Mails to the address for answers and to that of the sender, which belong to no workflow: many are a flood or a circle. */
export function watchOfUnwantedMails(): Watch {
  return {
    description: 'More than 50 mails of machines or strangers came within an hour to the address for answers.',
    metric: math('FILL(stopped, 0) + FILL(notTaken, 0)', HOUR, {
      stopped: metricOf('none', 'MailsStopped', HOUR),
      notTaken: metricOf('none', 'RepliesNotTaken', HOUR),
    }),
    above: 50,
  };
}

type MetricOf = (metricName: string, period: Duration, statistic?: string) => Metric;

function metricOf(workflow: string, metricName: string, period: Duration, statistic: string = Stats.SUM): Metric {
  return new Metric({
    namespace: 'Remit',
    metricName,
    dimensionsMap: { service: 'remit', workflow },
    period,
    statistic,
  });
}

/** Of the money that models may cost a day; the rest is what is left to react in. */
const SPEND_PERCENT = 80;

/** US dollars. The owner may have set another limit since: the alarm keeps to what the builder wrote. */
function modelCostADay({ caps }: Workflow): number {
  return Math.min(
    ...caps.filter(({ counts, per }) => counts === 'model-cost' && per === 'day').map(({ limit }) => limit),
  );
}

/**
 * A sender whose secret or clock is wrong loses its triggers: not all of them send again what was refused. A few calls
 * are no sender but somebody who tries.
 */
function refusedSignatures(id: string, of: MetricOf): NamedWatch {
  return {
    name: 'refused-signatures',
    description: `More than 1 % of the webhooks of ${id}, and five or more within an hour, had a wrong signature or time: triggers may be lost.`,
    metric: math(
      'IF(FILL(refused, 0) >= 5, 100 * FILL(refused, 0) / (FILL(refused, 0) + FILL(accepted, 0)), 0)',
      HOUR,
      {
        refused: of('SignaturesRefused', HOUR),
        accepted: of('TriggersAccepted', HOUR),
      },
    ),
    above: 1,
  };
}

/**
 * 1 when an hour has passed without a decision, although cases were opened in its first half, by whatever trigger, or
 * triggers of any kind wait at the intake. Cases of the second half may well be decided at any moment. `x - DIFF(x)` is
 * the value of the half hour before.
 */
function silence(metrics: { cases: IMetric; decisions: IMetric; oldestSeconds: IMetric }): MathExpression {
  const isWaiting = `FILL(oldestSeconds, 0) > ${HALF_HOUR.toSeconds()}`;
  const filled = {
    ...{ cases: math('FILL(rawCases, 0)', HALF_HOUR, { rawCases: metrics.cases }) },
    ...{ decisions: math('FILL(rawDecisions, 0)', HALF_HOUR, { rawDecisions: metrics.decisions }) },
  };
  return math(
    `IF((cases - DIFF(cases) > 0 OR ${isWaiting}) AND 2 * decisions - DIFF(decisions) == 0, 1, 0)`,
    HALF_HOUR,
    { ...filled, oldestSeconds: metrics.oldestSeconds },
  );
}
