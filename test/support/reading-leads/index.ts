import * as z from 'zod';
import { leadQualification } from '../../../agents/lead-qualification/workflow.ts';
import type { Source, Workflow } from '../../../shared/authoring/index.ts';
import type { JsonObject } from '../../../shared/contracts/index.ts';
import { qualifierAlone } from '../qualifier-alone.ts';

const directory = leadQualification.sources['company-directory'];
if (directory === undefined) throw new Error('the lead workflow reads a directory');

/** Other companies of the directory, one at a time. */
const otherCompanies: Source = {
  ...directory,
  title: 'Other companies',
  isRequired: false,
  read: 'on-demand',
  asks: {
    description: 'what the directory knows of another company',
    schema: z.strictObject({ domain: z.string().max(100) }) as unknown as z.ZodType<JsonObject>,
  },
  arguments: (_lead, { domain }) => ({ domain: domain ?? '' }),
  mostBytes: 500,
};

/** The lead workflow, whose agent reads very much before it decides, and waits for its model. Stands in for agents/index.ts. */
export const readingLeads: Workflow = {
  ...qualifierAlone(),
  sources: { ...leadQualification.sources, 'other-companies': otherCompanies },
  agents: qualifierAlone().agents.map((agent) => ({
    ...agent,
    sources: [...agent.sources, 'other-companies'],
    mostReadings: 200,
    cascade: [{ tier: 'smart', unmeasuredConfidence: 0.9 }],
    whenDown: { waitHours: 12 },
  })),
  caps: [
    { id: 'model-cost-per-case', counts: 'model-cost', per: 'case', limit: 50, actions: [], currency: null },
    { id: 'model-cost-per-day', counts: 'model-cost', per: 'day', limit: 500, actions: [], currency: null },
  ],
};

export const workflows: readonly Workflow[] = [readingLeads];

export function findWorkflow(id: string): Workflow | null {
  return workflows.find((workflow) => workflow.id === id) ?? null;
}
