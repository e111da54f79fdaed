import { expect, test } from 'vitest';
import { packageViolations } from './packages.ts';
import { planted } from './planted.ts';
import { projectFiles } from './repository.ts';
import { sentences } from './violation.ts';

test('every package of the project is loaded where it may be', () => {
  expect(sentences(packageViolations(projectFiles()))).toEqual([]);
});

test.each([
  ['shared/operations/ask.ts', "import { SQSClient } from '@aws-sdk/client-sqs';"],
  ['local/sqs/queue.ts', "import type { Message } from '@aws-sdk/client-sqs';"],
  ['shared/models/cascade.ts', "const sdk = await import('@anthropic-ai/sdk');"],
  ['functions/judge.ts', "import { Stack } from 'aws-cdk-lib';"],
  ['shared/domain/judge.ts', "import { expect } from 'vitest';"],
])('%s may not say %s', (path, line) => {
  expect(packageViolations([planted(path, line)])).toMatchObject([{ file: path, line: 1 }]);
});

test.each([
  ['shared/aws/queue.ts', "import { SQSClient } from '@aws-sdk/client-sqs';"],
  ['local/sqs/sqs.contract.test.ts', "import { SQSClient } from '@aws-sdk/client-sqs';"],
  ['shared/models/claude/ask.ts', "import Anthropic from '@anthropic-ai/sdk';"],
  ['shared/models/claude.ts', "import Anthropic from '@anthropic-ai/sdk';"],
  ['infra/app.ts', "import { App } from 'aws-cdk-lib';"],
])('%s may say %s', (path, line) => {
  expect(packageViolations([planted(path, line)])).toEqual([]);
});
