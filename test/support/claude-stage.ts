import { rmSync } from 'node:fs';
import { afterAll, beforeAll } from 'vitest';
import { workflowsThatAsk } from './claude-assembly.ts';
import { type Deployment, startDeployment } from './deployment.ts';
import { FAKE_KEY, type FakeAnthropic, startFakeAnthropic } from './fake-anthropic.ts';

/** A deployment that asks Claude, and the one that it asks: there from the first test of a block to its last. */
export interface ClaudeStage {
  readonly claude: FakeAnthropic;
  readonly remit: Deployment;
}

/** @param module stands in for agents/index.ts. */
export function claudeStage(module: string): ClaudeStage {
  const stage: { claude?: FakeAnthropic; assembly?: string; remit?: Deployment } = {};
  beforeAll(async () => {
    stage.claude = await startFakeAnthropic();
    stage.assembly = await workflowsThatAsk(stage.claude.url, module);
    stage.remit = await startDeployment({ assembly: stage.assembly, anthropicApiKey: FAKE_KEY });
  }, 180_000);
  afterAll(async () => {
    await stage.remit?.stop();
    if (stage.assembly !== undefined) rmSync(stage.assembly, { recursive: true, force: true });
    await stage.claude?.stop();
  });
  return {
    get claude() {
      return there(stage.claude);
    },
    get remit() {
      return there(stage.remit);
    },
  };
}

function there<T>(one: T | undefined): T {
  if (one === undefined) throw new Error('The stage is set before the first test, and not earlier');
  return one;
}
