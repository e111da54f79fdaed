import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { DescribeExecutionCommand, SFNClient } from '@aws-sdk/client-sfn';
import { afterEach, beforeAll } from 'vitest';
import { bootRuntime, type Runtime } from '../../boot.ts';
import type { Json } from '../../kernel/service.ts';
import { synthesizeFixture } from '../fixture/app.ts';

let assembly: string;
let running: Runtime[] = [];

beforeAll(async () => {
  assembly = await synthesizeFixture();
}, 60_000);

afterEach(async () => {
  for (const runtime of running) await runtime.stop();
  running = [];
});

export const JSON_TYPE = { 'content-type': 'application/json' };

/** Boots the fixture's stack unless another assembly is given; it is stopped after the test. */
export async function boot(options: Partial<Parameters<typeof bootRuntime>[0]>): Promise<Runtime> {
  const runtime = await bootRuntime({ assembly, home: newHome(), port: 0, ...options });
  running.push(runtime);
  return runtime;
}

export async function stop(runtime: Runtime): Promise<void> {
  running = running.filter((one) => one !== runtime);
  await runtime.stop();
}

export function newHome(): string {
  return mkdtempSync(join(tmpdir(), 'home-'));
}

export function stackWith(Resources: object): string {
  const folder = mkdtempSync(join(tmpdir(), 'assembly-'));
  writeFileSync(join(folder, 'S.template.json'), JSON.stringify({ Resources }));
  return folder;
}

export function client(runtime: Runtime) {
  return { endpoint: runtime.url, region: 'us-east-1', credentials: { accessKeyId: 'me', secretAccessKey: 'me' } };
}

export function executionArn(runtime: Runtime, name: string): string {
  const machine = runtime.resources.find((one) => one.type === 'AWS::StepFunctions::StateMachine');
  return `${machine?.physicalId.replace(':stateMachine:', ':execution:')}:${name}`;
}

export async function status(runtime: Runtime, name: string): Promise<string> {
  try {
    const input = { executionArn: executionArn(runtime, name) };
    const execution = await new SFNClient(client(runtime)).send(new DescribeExecutionCommand(input));
    return String(execution.status);
  } catch (error) {
    return error instanceof Error ? error.name : 'unknown';
  }
}

export async function effects(runtime: Runtime, caseId: string): Promise<readonly Json[]> {
  return (await get(runtime, `/_local/effects?caseId=${caseId}`)) as readonly Json[];
}

export async function get(runtime: Runtime, path: string): Promise<unknown> {
  return await (await fetch(`${runtime.url}${path}`)).json();
}

export async function post(runtime: Runtime, path: string, body: object): Promise<unknown> {
  return await (await fetch(`${runtime.url}${path}`, { method: 'POST', body: JSON.stringify(body) })).json();
}

export async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await condition())) await sleep(10);
}
