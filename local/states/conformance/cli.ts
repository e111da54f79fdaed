import { parseArgs } from 'node:util';
import { EXCEPTIONS } from './exceptions.ts';
import { runCorpus } from './run-corpus.ts';

/*
 * node local/states/conformance/cli.ts [--corpus <folder>] [--json] [--kind K] [--area A,B] [--id TEXT] [--verbose]
 * Ends with status 1 when a case fails that is no listed exception.
 */
const { values } = parseArgs({
  options: {
    corpus: { type: 'string' },
    json: { type: 'boolean', default: false },
    kind: { type: 'string', default: 'all' },
    area: { type: 'string' },
    id: { type: 'string' },
    verbose: { type: 'boolean', default: false },
  },
});

const shared = `${'../shared'}/conformance/asl`;
const more = ['--kind', values.kind];
if (values.area !== undefined) more.push('--area', values.area);
if (values.id !== undefined) more.push('--id', values.id);
if (values.verbose) more.push('--verbose');

const { results, printed } = await runCorpus(values.corpus ?? shared, more, shared);
const failed = results.filter(({ pass }) => !pass);
const exceptions = failed.filter(({ id }) => EXCEPTIONS[id] !== undefined);

if (values.json) {
  const listed = exceptions.map(({ id }) => ({ id, reason: EXCEPTIONS[id] }));
  const passed = results.length - failed.length;
  process.stdout.write(`${JSON.stringify({ passed, failed: failed.length, exceptions: listed, results }, null, 1)}\n`);
} else {
  for (const { id } of exceptions) process.stdout.write(`exception ${id}: ${EXCEPTIONS[id]}\n`);
  process.stdout.write(printed);
}
process.exitCode = failed.length > exceptions.length ? 1 : 0;
