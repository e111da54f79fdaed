import * as z from 'zod';

export const Versions = z.object({
  /** Digest of the workflow's definition, prompts and learned model. */
  workflow: z.string(),
  /** Digest of the deployed code. */
  code: z.string(),
});
export type Versions = z.infer<typeof Versions>;
