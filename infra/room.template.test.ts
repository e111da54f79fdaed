import { describe, expect, test } from 'vitest';
import { workflows } from '../agents/index.ts';
import type { Workflow } from '../shared/authoring/index.ts';
import { alarmsStackOf } from './alarms-stack.ts';
import { MOST_RESOURCES } from './resource-limit.ts';
import { listed, type Synthesized, synthesized } from './testing/synthesized.ts';

/** What CloudFormation takes of one template. */
const MOST_BYTES = 1_000_000;
/** What Lambda takes of the variables of a function. */
const MOST_ENVIRONMENT_BYTES = 4_096;
/** What SQS takes in the policy of a queue. */
const MOST_STATEMENTS = 20;

/** Made up: those of this deployment again and again, under other names, as many to an owner as here. */
function many(count: number): readonly Workflow[] {
  return Array.from({ length: count }, (_, index) => {
    const like = workflows[index % workflows.length];
    if (like === undefined) throw new Error('there is no workflow');
    const round = Math.floor(index / workflows.length);
    const owner = like.team.owner.replace('@', `-${round}@`);
    return { ...like, id: `${like.id}-${round}`, team: { ...like.team, owner } };
  });
}

function countsOf({ stacks }: Synthesized): Record<string, number> {
  return Object.fromEntries(Object.entries(stacks).map(([name, all]) => [name, Object.keys(all).length]));
}

describe('forty workflows in one deployment', () => {
  const forty = synthesized(many(40));

  test('leave room in every stack', () => {
    expect(Object.keys(forty.stacks)).toEqual(['Remit', 'RemitAlarms']);
    for (const count of Object.values(countsOf(forty))) expect(count).toBeLessThanOrEqual(MOST_RESOURCES);
    for (const all of Object.values(forty.stacks)) expect(JSON.stringify(all, null, 1).length).toBeLessThan(MOST_BYTES);
  });

  test('have their alarms, under one name each', () => {
    const names = Object.values(forty.of('AWS::CloudWatch::Alarm')).map(({ Properties }) => Properties['AlarmName']);
    expect(new Set(names).size).toBe(names.length);
    for (const { id } of many(40)) expect(names).toContain(`remit-${id}-error-rate`);
  });

  test('fit into the environment of the functions that know the versions of all', () => {
    for (const { Properties } of Object.values(forty.of('AWS::Lambda::Function'))) {
      expect(JSON.stringify(Properties['Environment'] ?? {}).length).toBeLessThan(MOST_ENVIRONMENT_BYTES);
    }
  });

  test('share one statement in the policies of the queues, which hold twenty', () => {
    const documents = (template: Synthesized) =>
      Object.values(template.of('AWS::SQS::QueuePolicy')).map(
        ({ Properties }) => listed((Properties['PolicyDocument'] as { Statement: object[] }).Statement).length,
      );
    expect(documents(forty)).toEqual(documents(synthesized()));
    expect(Math.max(...documents(forty))).toBeLessThan(MOST_STATEMENTS);
  });
});

describe('more alarms than a stack holds', () => {
  const fifty = many(50);

  test('are refused, with a sentence that says what to do', () => {
    expect(() => synthesized(fifty)).toThrow(
      /The stack RemitAlarms would have \d+ resources, and CloudFormation takes 500: set remit:alarmStacks in cdk\.json to 2 and deploy all stacks\./,
    );
  });

  test('fit into two, and those of all workflows are in the first', () => {
    const two = synthesized(fifty, { settings: { 'remit:alarmStacks': '2' } });
    expect(Object.keys(two.stacks)).toEqual(['Remit', 'RemitAlarms', 'RemitAlarms2']);
    for (const count of Object.values(countsOf(two))) expect(count).toBeLessThanOrEqual(MOST_RESOURCES);
    const named = (stack: string) =>
      Object.values(two.stacks[stack] ?? {}).flatMap(({ Properties }) => Properties?.['AlarmName'] ?? []);
    expect(named('RemitAlarms')).toContain('remit-dead-letters');
    expect(new Set([...named('RemitAlarms'), ...named('RemitAlarms2')]).size).toBe(
      named('RemitAlarms').length + named('RemitAlarms2').length,
    );
  });

  test('a further stack takes workflows over and moves none between the others', () => {
    const ids = many(200).map(({ id }) => id);
    for (const count of [1, 2, 3, 4]) {
      const moved = ids.filter((id) => alarmsStackOf(id, count) !== alarmsStackOf(id, count + 1));
      expect(moved.length).toBeGreaterThan(0);
      expect(new Set(moved.map((id) => alarmsStackOf(id, count + 1)))).toEqual(new Set([count + 1]));
    }
  });
});

test('more workflows than one deployment holds are refused, with a sentence that says what to do', () => {
  expect(() => synthesized(many(120), { settings: { 'remit:alarmStacks': '4' } })).toThrow(
    /The stack Remit would have \d+ resources, and CloudFormation takes 500: give some workflows a deployment of their own/,
  );
});
