import { cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Workflow } from '../../shared/authoring/index.ts';
import type { CsvSource } from '../../shared/connectors/definitions.ts';
import { parseScript } from '../../shared/models/scripted/script.ts';
import { Problem } from '../command/problem.ts';
import { inProject } from '../command/project.ts';
import { packKnowledge } from './knowledge.ts';
import { learnedModelOf } from './learned.ts';

/** The function that runs agents; it finds their files beside its code, in agents/<workflow>/. */
const FUNCTION = 'run-turn';

/** Puts each workflow's instructions and learned model beside the function that reads them; says what was trained. */
export async function writeAgentFiles(workflows: readonly Workflow[]): Promise<string[]> {
  const trained: string[] = [];
  for (const workflow of workflows) {
    copyInstructions(workflow);
    copyData(workflow);
    const knowledge = packKnowledge(workflow.id);
    if (knowledge !== null) writeFileSync(beside(workflow, 'knowledge.json'), knowledge);
    const learned = await learnedModelOf(workflow);
    if (learned === null) continue;
    writeFileSync(beside(workflow, 'learned.bin'), learned.bytes);
    if (learned.isNew) trained.push(`${workflow.id} on ${learned.examples} examples`);
  }
  return trained;
}

function copyInstructions(workflow: Workflow): void {
  for (const agent of workflow.agents) {
    const source = inProject('agents', workflow.id, agent.instructions);
    if (!existsSync(source)) {
      throw new Problem(
        `Workflow ${workflow.id}: the instructions of agent ${agent.id} are missing, write them in agents/${workflow.id}/${agent.instructions}.`,
      );
    }
    cpSync(source, beside(workflow, agent.instructions));
  }
}

/** The made-up outside world that the sandbox connectors read, and the CSV files that sources look rows up in. */
function copyData(workflow: Workflow): void {
  copyScript(workflow);
  for (const file of ['sandbox.json', ...csvFilesOf(workflow)]) {
    const source = inProject('agents', workflow.id, file);
    if (existsSync(source)) cpSync(source, beside(workflow, file));
    else if (file !== 'sandbox.json') {
      throw new Problem(
        `Workflow ${workflow.id} reads ${file}, which is missing: put it at agents/${workflow.id}/${file}.`,
      );
    }
  }
}

/** The turns that are played where there is no model. */
function copyScript(workflow: Workflow): void {
  if (!workflow.agents.some(({ cascade = [] }) => cascade.some(({ tier }) => tier === 'scripted'))) return;
  const source = inProject('agents', workflow.id, 'scripted.json');
  const name = `agents/${workflow.id}/scripted.json`;
  if (!existsSync(source)) {
    throw new Problem(`Workflow ${workflow.id} has a tier "scripted" and no script: write ${name}.`);
  }
  try {
    parseScript(readFileSync(source, 'utf8'));
  } catch (error) {
    throw new Problem(`${name} is no script: ${(error as Error).message}`, { cause: error });
  }
  cpSync(source, beside(workflow, 'scripted.json'));
}

function csvFilesOf({ sources }: Workflow): string[] {
  return Object.values(sources).flatMap(({ connector }) => {
    const from = (connector as Partial<Pick<CsvSource, 'from'>>).from;
    return from !== undefined && 'file' in from ? [from.file] : [];
  });
}

function beside(workflow: Workflow, file: string): string {
  const path = inProject('dist', FUNCTION, 'agents', workflow.id, file);
  mkdirSync(dirname(path), { recursive: true });
  return path;
}
