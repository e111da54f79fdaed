import type { JsonObject } from '../../kernel/service.ts';
import type { OperationSpec } from '../engine.ts';
import { validationError } from '../errors.ts';
import { Placeholders } from '../expressions/placeholders.ts';
import { constraint, optionalInteger, requiredString } from '../input.ts';
import type { Segment } from '../items/segment.ts';
import { parseStartKey } from '../keys/start-key.ts';
import { tablePermission } from '../permissions.ts';
import { answerPage, indexIn, limitIn, pageMembers } from './read-page.ts';
import { needsWholeItems, parseSelection, refuseUnprojected } from './selection.ts';

export const scan: OperationSpec = {
  name: 'Scan',
  kind: 'read',
  members: [...pageMembers, 'Segment', 'TotalSegments'],
  permissions: (engine, input) => [tablePermission(engine, 'Scan', input)],
  run: (engine, input, tally) => {
    const placeholders = new Placeholders(input, ['FilterExpression', 'ProjectionExpression']);
    const selection = parseSelection(input, placeholders);
    placeholders.refuseUnused();
    const limit = limitIn(input);
    const segment = segmentIn(input);
    const table = engine.tables.get(requiredString(input, 'TableName'));
    const index = indexIn(input, table);
    refuseUnprojected(table, index, selection);
    const startKey = input['ExclusiveStartKey'] ?? null;
    const request = {
      table,
      index,
      only: null,
      isForward: true,
      start: startKey === null ? null : parseStartKey(table, index, null, startKey),
      limit,
      segment,
      wantsWholeItems: needsWholeItems(table, index, selection),
    };
    return answerPage(engine, input, request, selection, tally);
  },
};

const MAX_SEGMENTS = 1_000_000;

function segmentIn(input: JsonObject): Segment | null {
  const number = optionalInteger(input, 'Segment');
  const total = optionalInteger(input, 'TotalSegments');
  if (number === null && total === null) return null;
  if (total === null) {
    throw validationError(
      'The TotalSegments parameter is required but was not present in the request when Segment parameter is present',
    );
  }
  if (number === null) {
    throw validationError(
      'The Segment parameter is required but was not present in the request when parameter TotalSegments is present',
    );
  }
  if (total < 1) throw constraint(total, 'totalSegments', 'Member must have value greater than or equal to 1');
  if (total > MAX_SEGMENTS)
    throw constraint(total, 'totalSegments', `Member must have value less than or equal to ${MAX_SEGMENTS}`);
  if (number < 0) throw constraint(number, 'segment', 'Member must have value greater than or equal to 0');
  if (number < total) return { number, total };
  throw validationError(
    `The Segment parameter is zero-based and must be less than parameter TotalSegments: Segment: ${number} is not less than TotalSegments: ${total}`,
  );
}
