import * as z from 'zod';
import type { InvocationResult } from './invoke.ts';

/**
 * The messages of a batch that must come again. A function that threw, or whose report cannot be read or names a message
 * that was not in the batch, fails the whole batch, as on AWS.
 */
export function failedMessageIds(
  result: InvocationResult | null,
  messageIds: readonly string[],
  reportsBatchItemFailures: boolean,
): ReadonlySet<string> {
  const all = new Set(messageIds);
  if (result === null || result.functionError !== null) return all;
  if (!reportsBatchItemFailures) return new Set();
  const report = BatchReport.safeParse(JSON.parse(result.payload));
  if (!report.success) return all;
  const failed = (report.data?.batchItemFailures ?? []).map((failure) => failure.itemIdentifier);
  return failed.every((id) => all.has(id)) ? new Set(failed) : all;
}

const BatchReport = z
  .object({ batchItemFailures: z.array(z.object({ itemIdentifier: z.string().min(1) })).nullish() })
  .nullable();
