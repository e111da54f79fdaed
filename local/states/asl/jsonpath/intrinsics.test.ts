import { describe, expect, it } from 'vitest';
import type { Json } from '../../../kernel/service.ts';
import type { Scope } from '../scope.ts';
import { evaluateIntrinsic } from './intrinsics.ts';

const scope: Scope = {
  input: null,
  context: { Execution: { Name: 'run-1' } },
  variables: { v: 'value' },
  nowMs: 0,
  random: () => 0.5,
};
const input: Json = { list: [1, 2, 2, { a: 1 }], text: 'a,b;;c', one: { a: 1, b: 1 }, two: { b: 2 }, n: 1.5 };

describe('the intrinsic function', () => {
  it.each<[string, Json]>([
    ["States.Format('{} is {}', 'a', $.one)", 'a is {a=1, b=1}'],
    ["States.Format('it\\'s \\{\\} {}', null)", "it's {} null"],
    ["States.StringToJson('[1]')", [1]],
    ["States.StringToJson(' ')", null],
    ['States.JsonToString($.two)', '{"b":2}'],
    ['States.Array($$.Execution.Name, $v, 1)', ['run-1', 'value', 1]],
    ['States.ArrayPartition($.list, 3)', [[1, 2, 2], [{ a: 1 }]]],
    ['States.ArrayContains($.list, 2)', true],
    ['States.ArrayRange(1, 9, 4)', [1, 5, 9]],
    ['States.ArrayRange(1.6, 3.9, 1)', [1, 2, 3]],
    ['States.ArrayGetItem($.list, 0)', 1],
    ['States.ArrayLength($.list)', 4],
    ['States.ArrayUnique($.list)', [1, 2, { a: 1 }]],
    ["States.Base64Decode(States.Base64Encode('ä'))", 'ä'],
    ["States.Hash('abc', 'MD5')", '900150983cd24fb0d6963f7d28e17f72'],
    ['States.JsonMerge($.one, $.two, false)', { a: 1, b: 2 }],
    ['States.MathAdd($.n, -1.5)', 1],
    ['States.MathRandom(0, 10)', 5],
    ["States.StringSplit($.text, ',;')", ['a', 'b', 'c']],
  ])('%s', (call, expected) => {
    expect(evaluateIntrinsic(call, input, scope)).toEqual(expected);
  });

  it.each([
    'States.ArrayGetItem($.list, 9)',
    "States.MathAdd('1', 2)",
    'States.Nope()',
    "States.StringToJson('{')",
    "States.Format('{}')",
    'States.JsonMerge($.one, $.two, true)',
  ])('%s fails with States.Runtime', (call) => {
    expect(() => evaluateIntrinsic(call, input, scope)).toThrow(
      expect.objectContaining({
        error: 'States.Runtime',
        causeText: expect.stringMatching(/Invalid arguments in States|There is no function/),
      }),
    );
  });

  it('names the whole expression and the argument that leads nowhere', () => {
    expect(() => evaluateIntrinsic("States.Format('{}', $.nope)", { other: 1 }, scope)).toThrow(
      expect.objectContaining({
        error: 'States.Runtime',
        causeText: `The function 'States.Format('{}', $.nope)' had the following error: The JsonPath argument for the field '$.nope' could not be found in the input '{"other":1}'`,
      }),
    );
  });
});
