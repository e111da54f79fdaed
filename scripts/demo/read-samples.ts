import { existsSync, readdirSync, readFileSync } from 'node:fs';
import type { Workflow } from '../../shared/authoring/index.ts';
import { inProject } from '../command/project.ts';
import type { Sample } from './traffic.ts';

/** What lies in the folders `samples` of the workflows. */
export function readSamples(workflows: readonly Workflow[]): readonly Sample[] {
  return workflows.flatMap(({ id: workflow }) => {
    const folder = inProject('agents', workflow, 'samples');
    const files = existsSync(folder) ? readdirSync(folder).toSorted() : [];
    return files.map((file) => ({ workflow, file, text: readFileSync(`${folder}/${file}`, 'utf8') }));
  });
}
