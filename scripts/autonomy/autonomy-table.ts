import { duration } from '../../shared/pages/figure-words.ts';
import { table } from '../report/table.ts';
import { instant } from '../report/words.ts';
import type { AutonomyAnswer, ReviewersAnswer } from './autonomy-answer.ts';

type Segment = AutonomyAnswer['segments'][number];
type Share = Segment['agreement']['sure'];

/** Most disagreements that are shown of a segment; all of them stand in the answer. */
const MOST_DISAGREEMENTS = 10;

/** How a workflow's autonomy stands, for people to read. */
export function autonomyTable(answer: AutonomyAnswer, reviewers: ReviewersAnswer['items']): readonly string[] {
  const { title, workflow, version, paused, gates, segments, curves } = answer;
  const heads = ['segment', 'phase', 'agree', 'interval', 'asked', 'edited', 'failed', 'against', 'next'];
  return [
    `${title} (${workflow}), version ${version}${paused ? ', SWITCHED OFF' : ''}`,
    `Gate: ${share(gates.agreement)} at the lower end, of ${gates.minimumDecisions} decisions or more; failed at most ${share(gates.errors)}.`,
    '',
    ...table(heads, segments.map(segmentRow)),
    ...segments.flatMap(segmentNotes),
    ...spotCheckTable(answer),
    ...twoReviewersTable(answer),
    ...curveTable(curves),
    ...(reviewers.length === 0 ? [] : ['', ...reviewerTable(reviewers)]),
  ];
}

function segmentRow({ title, phase, agreement, failed, against, proposal }: Segment): string[] {
  const { sure, asked, edited } = agreement;
  return [
    title,
    phase,
    `${sure.agreed}/${sure.of}`,
    interval(sure),
    `${asked.agreed}/${asked.of}`,
    String(edited),
    share(failed.share),
    `${against.decisions}/${against.of}, ${against.allowed} allowed`,
    proposal === null ? '' : `${proposal.to} is proposed`,
  ];
}

function segmentNotes(segment: Segment): string[] {
  const { title, phase, setPhase, earnedUnder, coolDownUntilMs, missed, disagreements, agreement } = segment;
  const shown = disagreements.slice(0, MOST_DISAGREEMENTS);
  const left = disagreements.length - shown.length;
  const notes = [
    ...(phase === setPhase ? [] : [`Set to ${setPhase}, which was given under version ${earnedUnder ?? 'unknown'}.`]),
    ...(coolDownUntilMs === null ? [] : [`Nothing is proposed before ${instant(coolDownUntilMs)}.`]),
    ...(phase === 'full' ? [] : missed.map((text) => `Misses the gate: ${text}`)),
    ...agreement.fields
      .filter(({ agreed, of }) => agreed < of)
      .map((field) => `${field.field}: ${field.agreed}/${field.of} agree, ${interval(field)}`),
    ...shown.map(({ caseId, fields, by, reason }) => {
      const about = fields.map((field) => (field === '*' ? 'all of it' : field)).join(', ');
      return `${by ?? 'nobody'} disagreed in case ${caseId.slice(0, 8)} about ${about}${reason === '' ? '' : `: ${reason}`}`;
    }),
    ...(left > 0 ? [`and ${left} more disagreements`] : []),
  ];
  return notes.length === 0 ? [] : ['', `${title}:`, ...notes.map((note) => `  ${note}`)];
}

/** What was done without a person, and how much of it is right, as far as people have looked. */
function spotCheckTable({ segments, spotChecks: all }: AutonomyAnswer): string[] {
  if (all.cases === 0) return [];
  const heads = ['done without a person', 'cases', 'drawn', 'checked', 'wrong', 'right, estimated', 'interval'];
  const row = (name: string, { cases, drawn, checked, wrong, accuracy }: AutonomyAnswer['spotChecks']): string[] => [
    name,
    ...[cases, drawn, checked, wrong].map(String),
    accuracy.share === null ? '-' : share(accuracy.share),
    accuracy.share === null ? '-' : `${share(accuracy.lower)} to ${share(accuracy.upper)}`,
  ];
  const rows = segments
    .filter(({ spotChecks }) => spotChecks.cases > 0)
    .map(({ title, spotChecks }) => row(title, spotChecks));
  return ['', ...table(heads, [...rows, ...(rows.length > 1 ? [row('All of it', all)] : [])])];
}

/** How far two people agree who reviewed the same cases on their own. */
function twoReviewersTable({ twoReviewers: { asked, pairs, same, kappas } }: AutonomyAnswer): string[] {
  if (asked === 0) return [];
  const heads = ['two reviewers', 'pairs', 'kappa', 'interval'];
  const rows = kappas.map(({ about, pairs: of, kappa, lower, upper }) => [
    about === '*' ? 'whether the agents are right' : about,
    String(of),
    kappa === null ? '-' : kappa.toFixed(2),
    kappa === null ? '-' : `${lower.toFixed(2)} to ${upper.toFixed(2)}`,
  ]);
  const words = `Of ${asked} reviews that two people are asked for, both have given ${pairs}; ${same.agreed} of ${same.of} decide the same, ${interval(same)}.`;
  return ['', words, ...table(heads, rows)];
}

/** A row for each step of each curve: what a model said of its confidence, and what that counts for. */
function curveTable(curves: AutonomyAnswer['curves']): string[] {
  const rows = curves.flatMap(({ tier, model, field, curve }) =>
    curve.steps.map(({ from, judged, agreed, confidence }) => [
      ...[`${tier} (${model})`, field === '*' ? 'all of it' : field, `from ${share(from)}`, `${agreed}/${judged}`],
      share(confidence),
    ]),
  );
  const heads = ['model', 'field', 'says that it is sure', 'people agreed', 'counts for'];
  return rows.length === 0 ? [] : ['', ...table(heads, rows)];
}

function reviewerTable(reviewers: ReviewersAnswer['items']): string[] {
  const heads = [
    'who answers',
    'answers',
    'yes',
    'median time',
    'agrees with the agents',
    'interval',
    'hasty yes',
    'known answers right',
    'overturned later',
  ];
  const rows = reviewers.map(({ person, answers, approvals, medianTookMs, agreement, hasty, seeded, reversed }) => [
    person,
    String(answers),
    share(approvals.of === 0 ? 0 : approvals.agreed / approvals.of),
    duration(medianTookMs),
    `${agreement.agreed}/${agreement.of}`,
    interval(agreement),
    `${hasty.agreed}/${hasty.of}`,
    `${seeded.agreed}/${seeded.of}`,
    String(reversed),
  ]);
  const inSegments = reviewers.flatMap(({ person, segments }) =>
    segments.length < 2
      ? []
      : segments.map((one) => `  ${person} in ${one.segment}: ${one.agreed}/${one.of} agree, ${interval(one)}`),
  );
  const warnings = reviewers.flatMap(({ person, warnings: all }) => all.map((text) => `  ${person}: ${text}`));
  return [...table(heads, rows), ...inSegments, ...(warnings.length === 0 ? [] : ['', 'Read with care:', ...warnings])];
}

function interval({ of, lower, upper }: Share): string {
  return of === 0 ? '-' : `${share(lower)} to ${share(upper)}`;
}

/** `87.4 %` */
function share(value: number): string {
  return `${(value * 100).toFixed(1)} %`;
}
