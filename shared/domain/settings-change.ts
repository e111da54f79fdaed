import * as z from 'zod';
import type { Workflow } from '../authoring/index.ts';
import { type Json, Phase, type Settings, Slug } from '../contracts/index.ts';
import { inPhase, phaseUnder, segmentKey, segmentsOf, stateOf } from './phase-changes.ts';

/** What a person wants otherwise; what is left out stays as it is. */
export const SettingsWish = z.strictObject({
  /** Of all cases of no segment, and of no other. */
  phase: Phase.optional(),
  segments: z.record(Slug, Phase).optional(),
  partialShare: z.number().min(0).max(1).optional(),
  minimumConfidence: z.number().min(0).max(1).optional(),
  /** By cap id; null for the limit that the workflow declares. */
  caps: z.record(Slug, z.number().min(0).nullable()).optional(),
  paused: z.boolean().optional(),
  versionPolicy: z.enum(['restart', 'keep']).optional(),
});
export type SettingsWish = z.infer<typeof SettingsWish>;

/** What such a wish names that the workflow does not have. */
export function wishProblems(wish: SettingsWish, workflow: Workflow): string[] {
  const segments = new Set(workflow.segments.map(({ id }) => id));
  const caps = new Set(workflow.caps.map(({ id }) => id));
  return [
    ...Object.keys(wish.segments ?? {})
      .filter((id) => !segments.has(id))
      .map((id) => `The workflow has no segment "${id}".`),
    ...Object.keys(wish.caps ?? {})
      .filter((id) => !caps.has(id))
      .map((id) => `The workflow has no cap "${id}".`),
  ];
}

export interface WishContext {
  readonly workflow: Workflow;
  /** That is deployed: a phase that a person gives is given under it. */
  readonly version: string;
  readonly nowMs: number;
}

/** The settings as they are wanted, revision and all. */
export function wished(settings: Settings, wish: SettingsWish, context: WishContext): Settings {
  const { segments = {}, phase, caps = {}, ...plain } = wish;
  const phases = [...Object.entries(segments), ...(phase === undefined ? [] : [[null, phase] as const])];
  const inPhases = phases.reduce((current, [segment, to]) => toPhase(current, segment, to, context), settings);
  const limits = Object.entries({ ...inPhases.caps, ...caps }).filter(([, limit]) => limit !== null);
  return {
    ...inPhases,
    ...definedOf(plain),
    caps: Object.fromEntries(limits) as Settings['caps'],
    revision: settings.revision + 1,
  };
}

function toPhase(settings: Settings, segment: string | null, phase: Phase, context: WishContext): Settings {
  const { workflow, version, nowMs } = context;
  const before = phaseUnder(settings, workflow, { segment, version });
  if (before === phase && stateOf(settings, segment).phase === phase) return settings;
  const isLowered = RANK[phase] < RANK[before];
  return inPhase(settings, workflow, { segment, phase, version: isLowered ? null : version, nowMs });
}

const RANK: Readonly<Record<Phase, number>> = { shadow: 0, partial: 1, full: 2 };

function definedOf<T extends object>(values: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>;
  };
}

/** In words, whatever lets the agents do more than before; empty for a change that is stricter or neither. */
export function loosenings(before: Settings, after: Settings, { workflow, version }: WishContext): string[] {
  const phases = segmentsOf(workflow).flatMap((segment) => {
    const from = phaseUnder(before, workflow, { segment, version });
    const to = phaseUnder(after, workflow, { segment, version });
    return RANK[to] > RANK[from] ? [`phase of ${segmentKey(segment)} from ${from} to ${to}`] : [];
  });
  const caps = workflow.caps.flatMap(({ id, limit }) => {
    const [from, to] = [before.caps[id] ?? limit, after.caps[id] ?? limit];
    return to > from ? [`cap ${id} from ${from} to ${to}`] : [];
  });
  return [
    ...phases,
    ...caps,
    ...(after.partialShare > before.partialShare ? ['a larger share in phase partial'] : []),
    ...(after.minimumConfidence < before.minimumConfidence ? ['a lower confidence'] : []),
    ...(before.paused && !after.paused ? ['switched on'] : []),
    ...(before.versionPolicy === 'restart' && after.versionPolicy === 'keep' ? ['phases kept for new versions'] : []),
  ];
}

/** Each setting that differs, before and after, for the record. */
export function changesBetween(
  before: Settings,
  after: Settings,
): { readonly setting: string; readonly before: Json; readonly after: Json }[] {
  const names = Object.keys(after) as (keyof Settings)[];
  return names
    .filter((name) => name !== 'revision' && JSON.stringify(before[name]) !== JSON.stringify(after[name]))
    .map((name) => ({ setting: name, before: before[name] as Json, after: after[name] as Json }));
}
