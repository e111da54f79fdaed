import type { Report } from '../report/report.ts';
import type { EarlierRun } from './earlier.ts';

/** Whether a change may be merged, and why not. */
export interface GateVerdict {
  readonly holds: boolean;
  /** One sentence each. */
  readonly because: readonly string[];
}

/**
 * What a gate of a CI makes of a run. Beside an earlier run it asks for no more than that one showed: not worse by more than
 * chance, no gate missed that was passed, all of its cases run. By itself it asks for the gates of the workflow.
 */
export function gateVerdict(report: Report, earlier: EarlierRun | null): GateVerdict {
  const { about, comparison, gates } = report;
  const left = about.notRun.length === 0 ? [] : [`${about.notRun.length} cases were not run: the money was spent.`];
  if (earlier === null || comparison === null) {
    const missed = gates.filter(({ passes }) => !passes).map(({ title, because }) => `${title}: ${because}`);
    return verdict([...missed, ...left], 'All gates are passed.');
  }
  const known = new Set(report.cases.map(({ id }) => id));
  const gone = earlier.cases.filter(({ id }) => !known.has(id)).length;
  const problems = [
    ...(comparison.verdict === 'worse' ? [`Worse than before. ${comparison.because}`] : []),
    ...gates
      .filter(({ id, passes }) => !passes && earlier.gates.some((before) => before.id === id && before.passes))
      .map(({ title, because }) => `Missed, and passed before: ${title}. ${because}`),
    ...(gone === 0
      ? []
      : [`${gone} cases of the earlier run were not run: examples may be added, and mended, but not left out.`]),
    ...left,
  ];
  return verdict(problems, `Not worse than before. ${comparison.because}`);
}

function verdict(problems: readonly string[], fine: string): GateVerdict {
  return { holds: problems.length === 0, because: problems.length === 0 ? [fine] : problems };
}
