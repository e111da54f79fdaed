import * as z from 'zod';
import { defineSourceConnector } from '../../authoring/index.ts';

/** What an enrichment service knows of a company, found by its e-mail domain. Made-up companies in the sandbox. */
export const companyDirectory = defineSourceConnector({
  id: 'sandbox.company-directory',
  arguments: z.strictObject({ domain: z.string() }),
  data: z.object({
    found: z.boolean(),
    employees: z.int().min(0).nullable(),
    industry: z.string().nullable(),
    country: z.string().nullable(),
    funding: z.string().nullable(),
    techStack: z.array(z.string()),
  }),
  timeoutMs: 2_000,
  attempts: 3,
});

/** What a professional network says of a person, found by e-mail address. Made-up people in the sandbox. */
export const professionalProfile = defineSourceConnector({
  id: 'sandbox.professional-profile',
  arguments: z.strictObject({ email: z.string() }),
  data: z.object({
    found: z.boolean(),
    jobFunction: z.string().nullable(),
    seniority: z.string().nullable(),
    headline: z.string().nullable(),
  }),
  timeoutMs: 2_000,
  attempts: 3,
});
