import { AwsError } from '../kernel/errors.ts';
import type { AttributeMap } from './values/attribute-value.ts';

export function validationError(message: string): AwsError {
  return new AwsError('ValidationException', message);
}

/** For JSON of the wrong kind, as the wire layer of AWS refuses it before the service sees it. */
export function serializationError(message: string): AwsError {
  return new AwsError('SerializationException', message);
}

export function resourceNotFound(message = 'Requested resource not found'): AwsError {
  return new AwsError('ResourceNotFoundException', message);
}

export function resourceInUse(message: string): AwsError {
  return new AwsError('ResourceInUseException', message);
}

/** @param item the item as stored, when the caller asked for ALL_OLD and there is one. */
export function conditionalCheckFailed(item: AttributeMap | null): AwsError {
  return new AwsError('ConditionalCheckFailedException', 'The conditional request failed', {
    fields: item === null ? {} : { Item: item },
  });
}

export function transactionCanceled(reasons: readonly CancellationReason[]): AwsError {
  const codes = reasons.map((reason) => reason.Code).join(', ');
  return new AwsError(
    'TransactionCanceledException',
    `Transaction cancelled, please refer cancellation reasons for specific reasons [${codes}]`,
    { fields: { CancellationReasons: reasons } },
  );
}

/** One per part of a transaction, in the order of the parts; `None` for those that were fine. */
export interface CancellationReason {
  readonly Code: string;
  readonly Message?: string;
  readonly Item?: AttributeMap;
}
