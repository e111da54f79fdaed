import type { JsonObject } from '../../kernel/service.ts';
import { validationError } from '../errors.ts';
import { optionalInteger, optionalObject } from '../input.ts';
import type { Throughput } from './table.ts';

/** Reads ProvisionedThroughput: required when provisioned, refused when billed per request. It limits nothing here. */
export function parseThroughput(input: JsonObject, isProvisioned: boolean): Throughput | null {
  const given = optionalObject(input, 'ProvisionedThroughput');
  const readUnits = given === null ? null : optionalInteger(given, 'ReadCapacityUnits');
  const writeUnits = given === null ? null : optionalInteger(given, 'WriteCapacityUnits');
  if (isProvisioned) {
    if (readUnits === null || writeUnits === null) {
      throw invalid('ReadCapacityUnits and WriteCapacityUnits must both be specified when BillingMode is PROVISIONED');
    }
    return { readUnits, writeUnits };
  }
  if (given !== null) {
    throw invalid(
      'Neither ReadCapacityUnits nor WriteCapacityUnits can be specified when BillingMode is PAY_PER_REQUEST',
    );
  }
  return null;
}

function invalid(what: string): Error {
  return validationError(`One or more parameter values were invalid: ${what}`);
}
