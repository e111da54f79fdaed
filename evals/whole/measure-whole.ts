import * as z from 'zod';
import type { Workflow } from '../../shared/authoring/index.ts';
import { type JsonObject, Reason, type Versions } from '../../shared/contracts/index.ts';
import type { Clock, Models } from '../../shared/ports/index.ts';
import type { RunMoney } from '../run/money-cap.ts';
import { replay } from '../run/replay.ts';
import type { WholeRequest, WholeWeb } from './request.ts';
import { webSources } from './web-sources.ts';

/** What became of one whole request. */
export const WholeResult = z.object({
  id: z.string(),
  text: z.string(),
  note: z.string(),
  /** What could be right, and how many of it were wanted at most. */
  fitting: z.array(z.string()),
  wanted: z.int(),
  /** Domains in the report, in its order; null where there is no report. */
  proposed: z.array(z.string()).nullable(),
  found: z.int(),
  wrong: z.array(z.string()),
  /** Claims of the report, and those that nothing bears which was read. */
  claims: z.int(),
  unproved: z.int(),
  isRight: z.boolean(),
  /** Nobody is asked: what is small is done. */
  isAlone: z.boolean(),
  reasons: z.array(Reason),
  turns: z.int(),
  readings: z.int(),
  models: z.array(z.string()),
  costUsd: z.number(),
  tookMs: z.number(),
});
export type WholeResult = z.infer<typeof WholeResult>;

export interface WholeRun {
  readonly workflow: Workflow;
  readonly requests: readonly WholeRequest[];
  readonly web: WholeWeb;
  readonly models: Models;
  readonly money: RunMoney;
  readonly clock: Clock;
  readonly versions: Versions;
  readonly onResult: (result: WholeResult) => void;
}

/** Runs whole requests, one after the other. @returns ids of those that were left because the money ran out. */
export async function measureWhole(run: WholeRun): Promise<readonly string[]> {
  const { workflow, requests, web, models, money, clock, versions, onResult } = run;
  const left: string[] = [];
  for (const request of requests) {
    if (money.isReached) {
      left.push(request.id);
      continue;
    }
    const example = { id: request.id, input: { input: request.input.input, sources: {} }, expected: { partners: [] } };
    const ports = { models, budget: money, clock, versions, sources: webSources(web) };
    const { turns, made, tookMs } = await replay(ports, workflow, example);
    if (money.isReached && made.decision === null) {
      left.push(request.id);
      continue;
    }
    const isAlone = made.decision !== null && (made.verdict.kind === 'act' || made.verdict.kind === 'stop');
    onResult({
      ...scored(request, made.decision),
      ...{ isAlone, reasons: isAlone ? [] : [...made.verdict.reasons], turns: turns.length },
      readings: turns.reduce((sum, { readings }) => sum + readings.length, 0),
      models: [...new Set(turns.map(({ model }) => model))],
      costUsd: turns.reduce((sum, { usage }) => sum + usage.costUsd, 0),
      tookMs,
    });
  }
  return left;
}

type Scored = Omit<WholeResult, 'isAlone' | 'reasons' | 'turns' | 'readings' | 'models' | 'costUsd' | 'tookMs'>;

const Proposal = z.object({
  partners: z.array(z.object({ domain: z.string(), claims: z.array(z.unknown()) })),
  unproved: z.array(z.string()),
});

/**
 * Right is a report of as many as were wanted and are there, of no more and of nobody else, with every claim borne by what was read. Where
 * nobody fits, a report of nobody is right; no report at all is not.
 */
export function scored({ id, input, expected, note }: WholeRequest, decision: JsonObject | null): Scored {
  const { partners: fitting } = expected;
  const wanted = Math.min(Number(input.input['wanted']), fitting.length);
  const report = decision === null ? null : Proposal.parse(decision);
  const proposed = report === null ? null : [...new Set(report.partners.map(({ domain }) => domain))];
  const found = Math.min(wanted, (proposed ?? []).filter((domain) => fitting.includes(domain)).length);
  const wrong = (proposed ?? []).filter((domain) => !fitting.includes(domain));
  const claims = report === null ? 0 : report.partners.reduce((sum, partner) => sum + partner.claims.length, 0);
  const unproved = report?.unproved.length ?? 0;
  return {
    ...{ id, text: String(input.input['text']), note, fitting, wanted, proposed, found, wrong, claims, unproved },
    isRight: proposed !== null && found === wanted && proposed.length === wanted && unproved === 0,
  };
}
