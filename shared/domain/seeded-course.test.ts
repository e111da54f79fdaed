import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { hrOnboarding } from '../../agents/hr-onboarding/workflow.ts';
import { leadQualification } from '../../agents/lead-qualification/workflow.ts';
import { supportTriage } from '../../agents/support-triage/workflow.ts';
import type { Workflow } from '../authoring/index.ts';
import type { JsonObject } from '../contracts/index.ts';
import { seededCourse } from './seeded-course.ts';

interface Labelled {
  readonly input: { readonly input: JsonObject; readonly sources: Readonly<Record<string, JsonObject>> };
  readonly expected: JsonObject;
}

/** Of the labelled examples of a workflow, the first whose decision is meant, as a question would show it. */
function shownBy(workflow: Workflow, isMeant: (decision: JsonObject) => boolean, confidence = 0.9) {
  const lines = readFileSync(`agents/${workflow.id}/examples.jsonl`, 'utf8').trim().split('\n');
  for (const line of lines) {
    const { input, expected }: Labelled = JSON.parse(line);
    const shown = workflow.conclude(expected, input);
    if (!isMeant(shown)) continue;
    const readings = Object.entries(input.sources).map(([source, data]) => ({
      ...{ source, data, status: 'complete' as const, readAtMs: 1, tookMs: 0, problems: [] },
    }));
    const seeded = { input: input.input, shown, confidence, readings, minimumConfidence: 0.8, nowMs: 1 };
    return { shown, course: seededCourse(workflow, seeded) };
  }
  throw new Error('no example is like that');
}
const agentsIn = ({ course }: ReturnType<typeof shownBy>) => course.waves.map((wave) => wave.map(({ agent }) => agent));

describe('the turns behind a question with a known answer', () => {
  it('are one where one agent decides', () => {
    const found = shownBy(supportTriage, () => true);
    expect(agentsIn(found)).toEqual([['triager']]);
    expect(found.course.findings).toMatchObject({ by: 'triager (learned)', confidence: 0.9 });
  });

  it('follow each other in a row, each with fields and sources of its own, and are as sure together as was said', () => {
    const found = shownBy(leadQualification, ({ tier, need }) => tier === 'hot' && need !== undefined);
    expect(agentsIn(found)).toEqual([['qualifier'], ['outreach']]);
    const [[qualifier] = [], [outreach] = []] = found.course.waves;
    expect(outreach?.judgement).toEqual({ need: found.shown['need'] });
    expect(outreach?.fields.map(({ field }) => field)).toEqual(['need']);
    expect(Object.keys(qualifier?.judgement ?? {})).not.toContain('need');
    expect(found.course.plans).toMatchObject([[{ agent: 'outreach', purpose: 'hand-over' }]]);
    expect(found.course.findings.origins.map(({ agent }) => agent)).toContain('outreach');
    expect(found.course.findings.confidence).toBeGreaterThanOrEqual(0.9);
  });

  it('pass over whose turn it is not', () => {
    const found = shownBy(leadQualification, ({ tier }) => tier === 'cold');
    expect(agentsIn(found)).toEqual([['qualifier']]);
    expect(found.course.plans).toEqual([]);
  });

  it('stand side by side in a panel, all of its members', () => {
    const found = shownBy(hrOnboarding, () => true);
    expect(agentsIn(found)).toEqual([['it-access', 'payroll', 'equipment', 'introduction']]);
    expect(found.course.findings.confidence).toBeGreaterThanOrEqual(0.9 - 1e-9);
  });

  it('are all unsure where the agents ask', () => {
    const { course } = shownBy(hrOnboarding, () => true, 0.6);
    expect(course.findings.confidence).toBeLessThan(0.8);
    expect(course.waves.flat().every(({ confidence }) => confidence < 0.8)).toBe(true);
  });
});
