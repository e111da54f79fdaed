import { type Html, html } from '../../shared/pages/html.ts';
import type { CurvePoint } from '../statistics/accuracy-coverage.ts';
import type { ReliabilityBin } from '../statistics/reliability.ts';

/** What is to be seen of a share: its value, its interval, and what is wanted. All 0 to 1. */
export interface BarValue {
  readonly value: number;
  readonly lower: number;
  readonly upper: number;
  readonly goal: number | null;
  /** Ends of the scale. */
  readonly from: number;
  readonly to: number;
}

/** A share on its scale, with its interval; the upright mark is what is wanted. */
export function intervalBar({ value, lower, upper, goal, from, to }: BarValue): Html {
  const x = (share: number): number => round((100 * (Math.min(to, Math.max(from, share)) - from)) / (to - from));
  const width = Math.max(0.5, x(upper) - x(lower));
  return html`<svg viewBox="0 0 100 14" preserveAspectRatio="none" aria-hidden="true"><rect class="track" x="0" y="5" width="100" height="4" rx="0.6"/><rect class="span" x="${x(lower)}" y="3" width="${round(width)}" height="8"/><rect class="dot" x="${round(x(value) - 0.45)}" y="1" width="0.9" height="12"/>${goal !== null && html`<rect class="goal" x="${round(x(goal) - 0.2)}" y="-2" width="0.4" height="18"/>`}</svg>`;
}

const PLOT = { width: 440, height: 316, left: 46, right: 24, top: 34, bottom: 42 } as const;

interface Scale {
  readonly x: (value: number) => number;
  readonly y: (value: number) => number;
}

function scaleOf(lowest: number): Scale {
  const across = PLOT.width - PLOT.left - PLOT.right;
  const up = PLOT.height - PLOT.top - PLOT.bottom;
  return {
    x: (value) => round(PLOT.left + across * value),
    y: (value) => round(PLOT.top + up * (1 - (Math.max(lowest, value) - lowest) / (1 - lowest))),
  };
}

export interface CurvePlot {
  readonly points: readonly CurvePoint[];
  readonly target: number;
  readonly threshold: CurvePoint | null;
  /** As the workflow is set now, its rules included. */
  readonly now: { readonly coverage: number; readonly accuracy: number };
}

/** How right the agent is (upwards) when it decides so many cases alone (to the right), the surest first. */
export function curvePlot({ points, target, threshold, now }: CurvePlot): Html {
  const seen = points.filter(({ right }) => right.of >= FEWEST_ROWS);
  const lowest = Math.min(0.9, ...seen.map(({ right }) => right.lower), now.accuracy, target);
  const scale = scaleOf(Math.max(0, Math.floor(lowest * 10 - 0.001) / 10));
  const at = (share: (point: CurvePoint) => number): string =>
    seen.map((point) => `${scale.x(point.coverage)},${scale.y(share(point))}`).join(' ');
  const back = seen.toReversed().map((point) => `${scale.x(point.coverage)},${scale.y(point.right.lower)}`);
  const accuracy = ({ right }: CurvePoint): number => right.agreed / right.of;
  const nowX = scale.x(now.coverage);
  const isRightHalf = now.coverage > 0.5;
  return html`<svg viewBox="0 0 440 316" role="img" aria-label="Accuracy by coverage">
${axes(scale, ['decided without a person', 'right'], Math.max(0, Math.floor(lowest * 10 - 0.001) / 10))}
<polygon class="band" points="${[at(({ right }) => right.upper), ...back].join(' ')}"/>
<line class="target" x1="${scale.x(0)}" x2="${scale.x(1)}" y1="${scale.y(target)}" y2="${scale.y(target)}"/>
<polyline class="line" points="${at(accuracy)}"/>
${threshold !== null && html`<line class="axis" x1="${scale.x(threshold.coverage)}" x2="${scale.x(threshold.coverage)}" y1="${scale.y(1)}" y2="${scale.y(-1)}"/>`}
<circle class="now" cx="${nowX}" cy="${scale.y(now.accuracy)}" r="6"/>
<text class="strong" x="${isRightHalf ? nowX - 11 : nowX + 11}" y="${scale.y(now.accuracy) + 16}" text-anchor="${isRightHalf ? 'end' : 'start'}">with today’s rules</text>
</svg>`;
}

/** Fewer rows than this jump about and say nothing. */
const FEWEST_ROWS = 10;

/** Stated confidence (to the right) against how many were right (upwards); on the dashed line both are the same. */
export function reliabilityPlot(bins: readonly ReliabilityBin[]): Html {
  const scale = scaleOf(0);
  const most = Math.max(1, ...bins.map(({ right }) => right.of));
  const bottom = scale.y(0);
  return html`<svg viewBox="0 0 440 316" role="img" aria-label="Confidence against what was right">
${bins.map(({ from, to, right }) => {
  const height = round((70 * right.of) / most);
  const left = round(scale.x(from) + 2);
  return html`<rect class="count" x="${left}" y="${round(bottom - height)}" width="${round(scale.x(to) - left - 2)}" height="${height}"/>`;
})}
${axes(scale, ['stated confidence', 'right'], 0)}
<line class="ideal" x1="${scale.x(0)}" y1="${scale.y(0)}" x2="${scale.x(1)}" y2="${scale.y(1)}"/>
${bins.map(({ meanConfidence, right }) => {
  const x = scale.x(meanConfidence);
  return html`<line class="whisker" x1="${x}" x2="${x}" y1="${scale.y(right.lower)}" y2="${scale.y(right.upper)}"/><circle class="point" cx="${x}" cy="${scale.y(right.agreed / right.of)}" r="4.500"/>`;
})}
</svg>`;
}

function axes(scale: Scale, [across, up]: readonly [across: string, up: string], lowest: number): Html {
  const steps = lowest >= 0.5 ? 0.1 : 0.2;
  const levels: number[] = [];
  for (let level = lowest; level <= 1.0001; level += steps) levels.push(round(level));
  return html`${levels.map(
    (level) =>
      html`<line class="grid" x1="${scale.x(0)}" x2="${scale.x(1)}" y1="${scale.y(level)}" y2="${scale.y(level)}"/><text x="${PLOT.left - 8}" y="${scale.y(level) + 4}" text-anchor="end">${Math.round(level * 100)} %</text>`,
  )}${[0, 0.25, 0.5, 0.75, 1].map(
    (part) => html`<text x="${scale.x(part)}" y="${PLOT.height - 23}" text-anchor="middle">${part * 100} %</text>`,
  )}<line class="axis" x1="${scale.x(0)}" x2="${scale.x(1)}" y1="${PLOT.height - PLOT.bottom}" y2="${PLOT.height - PLOT.bottom}"/><text x="${scale.x(0.5)}" y="${PLOT.height - 5}" text-anchor="middle">${across}</text><text x="${PLOT.left - 8}" y="${PLOT.top - 14}" text-anchor="end">${up}</text>`;
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
