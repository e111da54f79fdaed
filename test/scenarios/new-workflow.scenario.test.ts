import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { freePort } from '../support/free-port.ts';
import { copyProject, type ProjectCopy } from '../support/project-copy.ts';

const ANSWERS = join(process.cwd(), 'test', 'support', 'new-workflow', 'answers.json');

let copy: ProjectCopy;
beforeAll(() => {
  copy = copyProject();
});
afterAll(() => copy.remove());

const inCopy = (...parts: readonly string[]) => join(copy.root, ...parts);

describe('a workflow that was just written', () => {
  it('is refused where an answer is missing: with the line, and nothing is written', async () => {
    const bad = inCopy('bad.json');
    const answers = readFileSync(ANSWERS, 'utf8').replace('answer approve by', 'answer notify by');
    const line = answers.slice(0, answers.indexOf('answer notify by')).split('\n').length;
    writeFileSync(bad, answers);
    const { exitCode, output } = await copy.run('scripts/new.ts', ['workflow', 'returns-desk', '--answers', bad]);
    expect(exitCode).toBe(1);
    expect(output).toContain(`bad.json, line ${line}: what send-mail does cannot be taken back`);
    expect(output).toContain('write "answer approve by send-mail"');
    expect(existsSync(inCopy('agents', 'returns-desk'))).toBe(false);
    expect(readFileSync(inCopy('agents', 'index.ts'), 'utf8')).not.toContain('returns-desk');
  });

  it('has the types and the form of the project, and is registered', async () => {
    const { exitCode, output } = await copy.run('scripts/new.ts', ['workflow', 'returns-desk', '--answers', ANSWERS]);
    expect([exitCode, output]).toEqual([0, expect.stringContaining('phase shadow')]);
    const config = { extends: './tsconfig.json', include: ['agents/returns-desk', 'agents/index.ts'] };
    writeFileSync(inCopy('tsconfig.agents.json'), JSON.stringify(config));
    const types = await copy.run('node_modules/typescript/bin/tsc', ['--noEmit', '-p', 'tsconfig.agents.json']);
    expect(types).toEqual({ exitCode: 0, output: '' });
  });

  it('is not written over', async () => {
    const { exitCode, output } = await copy.run('scripts/new.ts', ['workflow', 'returns-desk', '--answers', ANSWERS]);
    expect([exitCode, output]).toEqual([1, expect.stringContaining('There is a folder agents/returns-desk already')]);
  });

  it('is refused at build once it loses an answer, with the line', async () => {
    const file = inCopy('agents', 'returns-desk', 'workflow.ts');
    const sound = readFileSync(file, 'utf8');
    const line = sound.slice(0, sound.indexOf('  answer: action(')).split('\n').length;
    writeFileSync(file, sound.replace(/(answer: action\(.*)tier: 'approve'/, "$1tier: 'autonomous'"));
    const { exitCode, output } = await copy.run('scripts/build.ts', []);
    writeFileSync(file, sound);
    expect(exitCode).toBe(1);
    expect(output).toContain(`agents/returns-desk/workflow.ts:${line}: action answer cannot be taken back`);
  }, 300_000);

  it('builds, boots, and takes a trigger to the person who owns it', async () => {
    const environment = { REMIT_PORT: String(await freePort()), REMIT_HOME: inCopy('home') };
    await copy.start('scripts/start.ts', 'Remit runs on', environment);
    const sample = 'agents/returns-desk/samples/first.json';
    const { exitCode, output } = await copy.run('scripts/trigger.ts', ['returns-desk', sample], environment);
    expect(exitCode).toBe(0);
    expect(output).toContain('case opened by returns-form in phase shadow');
    expect(output).toContain('Waits for returns-lead@remit.example');
  }, 600_000);
});
