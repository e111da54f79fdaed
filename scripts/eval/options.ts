import { parseArgs } from 'node:util';
import { CLAUDE_TIERS, type TierName } from '../../evals/run/choose-models.ts';
import { usageProblem } from '../command/usage-problem.ts';

const USAGE = `Measures a workflow on labelled examples:
  npm run eval -- <workflow> [options]

  --set <file>          labelled cases to score, in the form of examples.jsonl
                        (default: the workflow's own, by cross-fitting)
  --models learned,fast
                        tiers to run: learned, fast, smart, deep (default:
                        learned)
  --against <report>    an earlier report.json or baseline: which cases flipped,
                        and whether that is more than chance; with --on-stack
                        also a version or evaluation that was measured there
  --whole               whole requests from end to end, where a workflow is
                        measured item by item otherwise; on this machine alone
  --gate                exit code for a CI: with --against, whether it is not
                        worse than that; without, whether the gates pass
  --baseline <file>     write what a later run is compared with, to be committed
  --out <folder>        where report.html, report.json and results.jsonl go
                        (default: .remit/evals/<workflow>)
  --volume 1000         decisions per month, for the cost
  --max-usd 5           most that the models may cost
  --concurrency 8       cases at a time (default: 1 where only the learned model
                        answers, else 8)
  --limit 50            only the first so many cases
  --resume              go on where an earlier run of the same stopped
  --on-stack            have the running Remit measure the version that it runs,
                        and fetch the report from there
  --url <https://…>     which Remit that is (default: REMIT_URL, else the
                        runtime here); REMIT_TOKEN says who asks
  --record              tell the running Remit what was shown, as evidence for
                        the phase (needs the same version there), with the
                        digests of the report and of its examples
  --check <report.json> measure nothing: is that report of these examples and
                        this version, are its figures those of its cases, and
                        is just this file on record
  --json                print the report as JSON
Exit code: 0 the gates pass, 1 they do not, 2 it was not measured.`;

export interface EvalWanted {
  readonly workflow: string;
  readonly set: string | null;
  readonly tiers: readonly TierName[];
  readonly against: string | null;
  /** Whole requests, where the examples are items that one agent judges. */
  readonly isWhole: boolean;
  /** The exit code says whether a change may be merged. */
  readonly isGate: boolean;
  /** Where the baseline is written; null for nowhere. */
  readonly baseline: string | null;
  readonly out: string;
  readonly volume: number;
  readonly maxUsd: number;
  readonly concurrency: number;
  readonly limit: number | null;
  readonly isResumed: boolean;
  /** At the running Remit, by its state machine. */
  readonly isOnStack: boolean;
  /** Of that Remit; undefined for the one that the environment names. */
  readonly url: string | undefined;
  readonly isRecorded: boolean;
  /** A report.json that is looked at, and nothing is measured; null for none. */
  readonly check: string | null;
  readonly isJson: boolean;
}

/** What `npm run eval` ends with where nothing was measured. */
export const NOT_MEASURED = 2;

/** @throws Problem with the usage, where it is not clear what is wanted. */
export function evalOptions(args: readonly string[]): EvalWanted {
  try {
    const { values, positionals } = parseArgs({ args: [...args], options: OPTIONS, allowPositionals: true });
    const [workflow, ...more] = positionals;
    if (workflow === undefined || more.length > 0) throw new Error('Say which workflow.');
    const tiers = (values.models ?? 'learned').split(',').map(tierOf);
    const isOnStack = values['on-stack'] ?? false;
    if (isOnStack && values.concurrency !== undefined) throw new Error('--concurrency is for a run on this machine.');
    if (!isOnStack && values.url !== undefined) throw new Error('--url is for a run on the stack: add --on-stack.');
    const isWhole = values.whole ?? false;
    const against = values.against ?? values.set ?? values.baseline;
    if (isWhole)
      refuseBesideWhole({ isOnStack, isRecorded: values.record ?? false, isGate: values.gate ?? false, against });
    const fewest = tiers.every((tier) => tier === 'learned') ? '1' : '8';
    return {
      ...{ workflow, tiers, set: values.set ?? null, against: values.against ?? null },
      out: values.out ?? `.remit/evals/${workflow}`,
      volume: positive('volume', values.volume ?? '1000'),
      maxUsd: positive('max-usd', values['max-usd'] ?? '5'),
      concurrency: whole('concurrency', values.concurrency ?? fewest),
      limit: values.limit === undefined ? null : whole('limit', values.limit),
      isResumed: values.resume ?? false,
      check: values.check ?? null,
      isRecorded: values.record ?? false,
      isWhole,
      ...{ isOnStack, url: values.url, isGate: values.gate ?? false, baseline: values.baseline ?? null },
      isJson: values.json ?? false,
    };
  } catch (error) {
    throw usageProblem(error, USAGE, { exitCode: NOT_MEASURED });
  }
}

/** @throws Error that says which of the options whole requests cannot have, and why. */
function refuseBesideWhole(beside: {
  readonly isOnStack: boolean;
  readonly isRecorded: boolean;
  readonly isGate: boolean;
  readonly against: string | undefined;
}): void {
  if (beside.isOnStack) {
    throw new Error(
      'Whole requests run on this machine alone: on the stack the one agent is measured that judges item by item. ' +
        'Leave --on-stack and --url out, or --whole.',
    );
  }
  if (beside.isRecorded) {
    throw new Error(
      'Whole requests are asked in a made-up world, so they are no evidence for a phase: leave --record out.',
    );
  }
  if (!beside.isGate && beside.against === undefined) return;
  throw new Error('--whole has requests and a gate of its own: leave --set, --against, --baseline and --gate out.');
}

const text = { type: 'string' } as const;
const flag = { type: 'boolean' } as const;
const OPTIONS = {
  ...{
    set: text,
    check: text,
    models: text,
    against: text,
    out: text,
    volume: text,
    'max-usd': text,
    concurrency: text,
  },
  ...{
    limit: text,
    resume: flag,
    record: flag,
    'on-stack': flag,
    url: text,
    whole: flag,
    gate: flag,
    baseline: text,
    json: flag,
  },
} as const;

function tierOf(word: string): TierName {
  const tier = ['learned' as const, ...CLAUDE_TIERS].find((one) => one === word.trim());
  if (tier === undefined) throw new Error(`"${word}" is no tier of models.`);
  return tier;
}

function positive(name: string, value: string): number {
  const number = Number(value);
  if (value.trim() === '' || !Number.isFinite(number) || number < 0)
    throw new Error(`--${name} takes a number from 0.`);
  return number;
}

function whole(name: string, value: string): number {
  const number = Number(value);
  if (!Number.isInteger(number) || number < 1) throw new Error(`--${name} takes a whole number from 1.`);
  return number;
}
