import type { Assembly } from '../template/index.ts';

/** The longest time that a log group of the templates keeps its logs, in days; null where one keeps them without end. */
export function logRetentionDays({ stacks }: Pick<Assembly, 'stacks'>): number | null {
  const groups = stacks
    .flatMap(({ template }) => Object.values(template.Resources))
    .filter(({ Type }) => Type === 'AWS::Logs::LogGroup');
  const days = groups.map(({ Properties }) => Properties?.['RetentionInDays']);
  const known = days.filter((one) => typeof one === 'number');
  return known.length === 0 || known.length < days.length ? null : Math.max(...known);
}
