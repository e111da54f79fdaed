import { describe, expect, test } from 'vitest';
import { holdersWho, permissionsOf } from './testing/permissions.ts';
import { type Synthesized, synthesized } from './testing/synthesized.ts';

const template = synthesized();
const who = (action: string, resource: RegExp) => holdersWho(permissionsOf(template), action, resource);
const WRITES = ['PutItem', 'UpdateItem', 'DeleteItem', 'BatchWriteItem'].map((name) => `dynamodb:${name}`);

describe('large readings', () => {
  test('are written by the function that reads sources, used by the one that judges, and removed by the one that erases', () => {
    expect(WRITES.flatMap((action) => who(action, /<StoresReadings/))).toEqual(['run-turn', 'erase-subject']);
    expect(who('dynamodb:Query', /<StoresReadings/)).toEqual(['advance-case', 'erase-subject']);
  });
});

describe('the money of models', () => {
  test('is written by the function that talks to them, and by nobody else', () => {
    expect(WRITES.flatMap((action) => who(action, /<StoresBudget/))).toEqual(['run-turn']);
  });
});

describe('models in Bedrock', () => {
  const bedrock = (of: Synthesized): string[] =>
    permissionsOf(of)
      .filter(({ action }) => action.startsWith('bedrock:'))
      .map(({ holder, action, resource }) => `${holder} ${action} ${resource.replace(/^.*?:bedrock:/, '')}`);

  test('are nobody’s to call where they are not asked for', () => {
    expect(bedrock(synthesized())).toEqual([]);
  });

  test('are called by the functions that run turns and measure, only those of Claude, and by no other', () => {
    expect(bedrock(synthesized(undefined, { settings: { 'remit:modelProvider': 'bedrock' } })).toSorted()).toEqual([
      'evaluate bedrock:InvokeModel *::foundation-model/anthropic.*',
      'evaluate bedrock:InvokeModel <AWS::Region>:<AWS::AccountId>:inference-profile/*anthropic.*',
      'run-turn bedrock:InvokeModel *::foundation-model/anthropic.*',
      'run-turn bedrock:InvokeModel <AWS::Region>:<AWS::AccountId>:inference-profile/*anthropic.*',
    ]);
  });
});
