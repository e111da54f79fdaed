import { describe, expect, it } from 'vitest';
import type { Json } from '../../../kernel/service.ts';
import { StateFailure } from '../failure.ts';
import type { Scope } from '../scope.ts';
import { evaluateTemplate } from './template.ts';

const NOW = Date.parse('2026-11-23T17:40:18.000Z');

const scope = (more: Partial<Scope> = {}): Scope => ({
  input: {},
  context: {},
  variables: {},
  nowMs: NOW,
  random: () => 0.25,
  ...more,
});

describe('a template', () => {
  it.each<[string, Json, Json]>([
    ['an expression from end to end', '{% 1 + 2 %}', 3],
    ['an expression over several lines', '{%\n  $states.input.a\n%}', 7],
    ['text with a blank before it', ' {% 1 %}', ' {% 1 %}'],
    ['text with an expression inside', 'a {% 1 %} b', 'a {% 1 %} b'],
    ['a JSONPath, which means nothing here', { 'a.$': '$.b' }, { 'a.$': '$.b' }],
    [
      'expressions at any depth',
      { list: [1, '{% $states.input.a %}', { deep: '{% null %}' }] },
      { list: [1, 7, { deep: null }] },
    ],
    ['literals as they are', [null, 0, false, '', {}], [null, 0, false, '', {}]],
    ['a variable', '{% $name.first %}', 'Ada'],
    ['the context object', '{% $states.context.Execution.Name %}', 'run-1'],
    ['a list of one, kept a list', '{% [5] %}', [5]],
    ['a path that finds one value, which is no list', '{% [1,2,3][$ > 2] %}', 3],
  ])('gives %s', async (_reason, template, expected) => {
    const known = scope({
      input: { a: 7 },
      variables: { name: { first: 'Ada' } },
      context: { Execution: { Name: 'run-1' } },
    });
    expect(await evaluateTemplate(template, known, 'Output')).toEqual(expected);
  });

  it.each([
    ['nothing', '{% $states.input.missing %}', 'returned nothing (undefined)'],
    ['an exception', '{% "a" + 1 %}', 'T2001'],
    ['a function', '{% $sum %}', 'returned nothing (undefined)'],
    ['$states.result before there is one', '{% $states.result %}', 'returned nothing (undefined)'],
    ['no end', '{% ($f := function($x) { 1 + $f($x) }; $f(0)) %}', 'D1011'],
    ['an unknown function', '{% $eval("1") + $nope() %}', 'T1006'],
  ])('fails with States.QueryEvaluationError where an expression gives %s', async (_reason, template, text) => {
    const failure = await evaluateTemplate({ deep: [template] }, scope(), 'Output').catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(StateFailure);
    expect(failure).toMatchObject({
      error: 'States.QueryEvaluationError',
      location: 'Output/deep[0]',
      causeText: expect.stringContaining(text),
    });
  });

  it('takes time and chance from the scope', async () => {
    expect(
      await evaluateTemplate(
        ['{% $millis() %}', '{% $now() %}', '{% $random() %}', '{% $random(7) = $random(7) %}'],
        scope(),
        'Output',
      ),
    ).toEqual([NOW, '2026-11-23T17:40:18.000Z', 0.25, true]);
  });

  it.each<[string, Json]>([
    ['$partition([1,2,3,4,5], 2)', [[1, 2], [3, 4], [5]]],
    ['$range(0, 10, 5)', [0, 5, 10]],
    ['$range(3, 1, -1)', [3, 2, 1]],
    ["$hash('abc', 'SHA-1')", 'a9993e364706816aba3e25717850c26c9cd0d89d'],
    ['$parse(\'{"a":[1]}\').a', [1]],
    ['$length($uuid())', 36],
  ])('has the function of Step Functions in %s', async (source, expected) => {
    expect(await evaluateTemplate(`{% ${source} %}`, scope(), 'Output')).toEqual(expected);
  });
});
