/**
 * The learned tier on public sets of labelled decisions, beside the figures of the research.
 * `node bench/models.ts [--json] [--folds] [set ...]`; --folds checks all public rows by five folds too, which takes twice as
 * long. The sets are read from the folder named by REMIT_DATA_DIR.
 */
import { existsSync } from 'node:fs';
import type { FieldSpec } from '../shared/models/learned/index.ts';
import { DATA_SETS, type DataSet, dataFolder, readSet } from './models/data-sets.ts';
import { type Figures, measure } from './models/measure.ts';
import { printField, printHead } from './models/print.ts';
import { REFERENCES } from './models/research.ts';

const wanted = process.argv.slice(2).filter((argument) => !argument.startsWith('--'));
const withFolds = process.argv.includes('--folds');
const isJson = process.argv.includes('--json');

if (existsSync(dataFolder())) run(chosenSets());
else
  fail(
    `The data folder ${dataFolder()} is missing. Name it by REMIT_DATA_DIR; it holds <set>/examples.jsonl and <set>/dev.jsonl.`,
  );

function chosenSets(): readonly DataSet[] {
  const unknown = wanted.filter((name) => !DATA_SETS.some((set) => set.name === name));
  if (unknown.length > 0)
    fail(`There is no set ${unknown.join(', ')}. Sets: ${DATA_SETS.map(({ name }) => name).join(', ')}.`);
  return wanted.length === 0 ? DATA_SETS : DATA_SETS.filter(({ name }) => wanted.includes(name));
}

function run(sets: readonly DataSet[]): void {
  const results: Record<string, Figures> = {};
  if (!isJson) printHead();
  for (const set of sets) {
    const [examples, unseen] = [readSet(set, 'examples'), readSet(set, 'dev')];
    if (!examples || !unseen) {
      console.error(`${set.name}: not in ${dataFolder()}, left out.`);
      continue;
    }
    for (const field of set.fields) {
      const name = fieldName(set, field);
      const figures = measure(set, field, examples, unseen, withFolds);
      results[name] = figures;
      if (!isJson) printField(name, figures, REFERENCES[name]);
    }
  }
  if (isJson) console.log(JSON.stringify({ figures: results, research: REFERENCES }, null, 2));
}

function fieldName(set: DataSet, { name, use, learner }: FieldSpec): string {
  const way = use ?? learner;
  return `${set.name} ${name}${way ? ` (${way})` : ''}`;
}

function fail(message: string): never {
  console.error(message);
  process.exit(1);
}
