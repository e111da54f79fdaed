import { z } from 'zod';
import { AwsError } from '../kernel/errors.ts';
import type { JsonObject } from '../kernel/service.ts';

/** `Entries` of a batch call: an id each, beside the fields of the single call. */
export function batchEntries<Shape extends z.core.$ZodLooseShape>(fields: Shape) {
  return z.array(z.strictObject({ Id: z.string(), ...fields }));
}

/** @throws EmptyBatchRequest, TooManyEntriesInBatchRequest, InvalidBatchEntryId, BatchEntryIdsNotDistinct */
export function checkBatch(entries: readonly { readonly Id: string }[]): void {
  if (entries.length === 0) {
    throw new AwsError(
      'EmptyBatchRequest',
      'There should be at least one SendMessageBatchRequestEntry in the request.',
    );
  }
  if (entries.length > 10) {
    throw new AwsError(
      'TooManyEntriesInBatchRequest',
      `Maximum number of entries per request are 10. You have sent ${entries.length}.`,
    );
  }
  const ids = new Set<string>();
  for (const { Id } of entries) {
    if (!/^[\w-]{1,80}$/.test(Id)) {
      throw new AwsError(
        'InvalidBatchEntryId',
        'A batch entry id can only contain alphanumeric characters, hyphens and underscores. It can be at most 80 letters long.',
      );
    }
    if (ids.has(Id)) throw new AwsError('BatchEntryIdsNotDistinct', `Id ${Id} repeated.`);
    ids.add(Id);
  }
}

/** Runs `work` for each entry; one that AWS would refuse fails alone. */
export function eachEntry<E extends { readonly Id: string }>(
  entries: readonly E[],
  work: (entry: E) => JsonObject,
): BatchResult {
  const Successful: JsonObject[] = [];
  const Failed: JsonObject[] = [];
  for (const entry of entries) {
    try {
      Successful.push({ Id: entry.Id, ...work(entry) });
    } catch (error) {
      if (!(error instanceof AwsError)) throw error;
      Failed.push({ Id: entry.Id, Code: error.name, Message: error.message, SenderFault: true });
    }
  }
  return { Successful, Failed };
}

type BatchResult = { readonly Successful: readonly JsonObject[]; readonly Failed: readonly JsonObject[] };
