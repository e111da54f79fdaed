import { describe, expect, it } from 'vitest';
import type { Json, JsonObject } from '../kernel/service.ts';
import { openBench } from './testing/states-bench.ts';

async function outcome(state: JsonObject, input: Json): Promise<JsonObject> {
  const bench = openBench();
  bench.machine({
    StartAt: 'Only',
    States: { Only: { ...state, ...(state['Type'] === 'Choice' ? {} : { End: true }) } },
  });
  const { status, output, error, cause } = await bench.settled(await bench.start(input));
  return status === 'SUCCEEDED'
    ? { output: JSON.parse(String(output)) as Json }
    : { error: error ?? null, cause: cause ?? null };
}

const ITEM: JsonObject = { StartAt: 'Item', States: { Item: { Type: 'Pass', End: true } } };
const CONFLICT = 'States.ReferencePathConflict';

describe('a path of a JSONPath state', () => {
  it.each<[string, JsonObject, Json, JsonObject]>([
    [
      'to put a result into what is no object',
      { Type: 'Pass', Result: 1, ResultPath: '$.a.b' },
      { a: 2 },
      { error: CONFLICT, cause: 'Unable to apply step "b" to input {"a":2}' },
    ],
    [
      'to put a result into a list',
      { Type: 'Pass', Result: 1, ResultPath: '$.b' },
      [1],
      { error: CONFLICT, cause: 'Unable to apply step "b" to input [1]' },
    ],
    [
      'to items that are not there',
      { Type: 'Map', ItemsPath: '$.a.b', ItemProcessor: ITEM },
      { a: {} },
      { error: CONFLICT, cause: 'Unable to apply step "b" to input {"a":{}}' },
    ],
    [
      'into parameters from an input of null',
      { Type: 'Pass', Parameters: { 'all.$': '$' } },
      null,
      {
        error: 'States.Runtime',
        cause:
          "An error occurred while executing the state 'Only' (entered at the event id #2). Unable to apply Path transformation to null or empty input.",
      },
    ],
    ['to a result of null', { Type: 'Pass', Result: null }, { a: 1 }, { output: null }],
    [
      'that matches nothing, and could match several',
      { Type: 'Pass', Parameters: { 'all.$': '$.none[*]', 'some.$': '$.none[0:2]' } },
      {},
      { output: { all: [], some: [] } },
    ],
  ])('%s', async (_, state, input, expected) => {
    expect(await outcome(state, input)).toEqual(expected);
  });

  it('that conflicts can be caught', async () => {
    const bench = openBench();
    const map = {
      Type: 'Map',
      ItemsPath: '$.none',
      ItemProcessor: ITEM,
      Catch: [{ ErrorEquals: [CONFLICT], Next: 'Caught' }],
      End: true,
    };
    bench.machine({ StartAt: 'Each', States: { Each: map, Caught: { Type: 'Succeed' } } });
    expect(await bench.settled(await bench.start())).toMatchObject({ status: 'SUCCEEDED' });
  });

  it('in an intrinsic function whose arguments do not fit fails with the call in the cause', async () => {
    const { cause } = await outcome({ Type: 'Pass', Parameters: { 'h.$': "States.Hash($.a, 'MD6')" } }, { a: 1 });
    expect(cause).toContain("The function 'States.Hash($.a, 'MD6')' had the following error: Invalid arguments");
  });
});
