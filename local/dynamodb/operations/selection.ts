import type { JsonObject } from '../../kernel/service.ts';
import { validationError } from '../errors.ts';
import { type Condition, forEachPath } from '../expressions/condition.ts';
import { holds } from '../expressions/holds.ts';
import { parseCondition } from '../expressions/parse-condition.ts';
import type { Path } from '../expressions/path.ts';
import type { Placeholders } from '../expressions/placeholders.ts';
import { parseProjection, project } from '../expressions/projection.ts';
import { optionalString, optionalWord } from '../input.ts';
import { type Index, keyAttributesOf, projectedAttributes, type Table } from '../tables/table.ts';
import type { AttributeMap } from '../values/attribute-value.ts';

/** Which of the items that a Query or Scan reads it gives back, and what of them. */
export interface Selection {
  readonly filter: Condition | null;
  readonly paths: readonly Path[] | null;
  readonly select: Select;
}

const selects = ['ALL_ATTRIBUTES', 'ALL_PROJECTED_ATTRIBUTES', 'SPECIFIC_ATTRIBUTES', 'COUNT'] as const;
type Select = (typeof selects)[number];

export function parseSelection(input: JsonObject, placeholders: Placeholders): Selection {
  const filterText = optionalString(input, 'FilterExpression');
  const projectionText = optionalString(input, 'ProjectionExpression');
  return {
    filter: filterText === null ? null : parseCondition('FilterExpression', filterText, placeholders),
    paths: projectionText === null ? null : parseProjection(projectionText, placeholders),
    select: parseSelect(input, projectionText !== null),
  };
}

/** Count, ScannedCount and, unless only they are wanted, Items. */
export function selected(selection: Selection, scanned: readonly AttributeMap[]): JsonObject {
  const { filter, paths, select } = selection;
  const kept = filter === null ? scanned : scanned.filter((item) => holds(filter, item));
  const counts = { Count: kept.length, ScannedCount: scanned.length };
  if (select === 'COUNT') return counts;
  return { Items: paths === null ? kept : kept.map((item) => project(item, paths)), ...counts };
}

/** @throws ValidationException if a global index does not hold what the request asks for. */
export function refuseUnprojected(table: Table, index: Index | null, { paths, select }: Selection): void {
  if (index === null && select === 'ALL_PROJECTED_ATTRIBUTES') {
    throw validationError('ALL_PROJECTED_ATTRIBUTES can be used only when Querying using an IndexName');
  }
  if (index === null || index.scope === 'local' || index.projection.type === 'ALL') return;
  if (select === 'ALL_ATTRIBUTES') {
    throw invalid(
      `Select type ALL_ATTRIBUTES is not supported for global secondary index ${index.name} because its projection type is not ALL`,
    );
  }
  const unprojectedPaths = missingIn(
    table,
    index,
    (paths ?? []).map(([name]) => name),
  );
  if (unprojectedPaths.length > 0) {
    throw invalid(`Global secondary index ${index.name} does not project [${unprojectedPaths.join(', ')}]`);
  }
}

/** @throws ValidationException if the filter of a Query looks at what the index does not hold. */
export function refuseUnprojectedFilter(table: Table, index: Index | null, { filter }: Selection): void {
  if (index === null) return;
  const names = missingIn(table, index, namesIn(filter));
  if (names.length === 0) return;
  throw invalid(`Secondary index ${index.name} does not project one or more filter attributes: [${names.join(', ')}]`);
}

/** Whether a local index must be helped out by the table. */
export function needsWholeItems(table: Table, index: Index | null, { filter, paths, select }: Selection): boolean {
  if (index === null || index.scope === 'global') return false;
  if (select === 'ALL_ATTRIBUTES') return index.projection.type !== 'ALL';
  return missingIn(table, index, [...(paths ?? []).map(([name]) => name), ...namesIn(filter)]).length > 0;
}

/** @throws ValidationException if the filter of a Query looks at a key. */
export function refuseKeysInFilter(table: Table, index: Index | null, { filter }: Selection): void {
  const keys = keyAttributesOf(index?.keys ?? table.definition.keys).map(({ name }) => name);
  const found = namesIn(filter).find((name) => keys.includes(name));
  if (found === undefined) return;
  throw validationError(
    `Filter Expression can only contain non-primary key attributes: Primary key attribute: ${found}`,
  );
}

function namesIn(filter: Condition | null): readonly string[] {
  const names = new Set<string>();
  if (filter !== null) forEachPath(filter, ([name]) => names.add(name));
  return [...names];
}

function missingIn(table: Table, index: Index, names: readonly string[]): readonly string[] {
  const held = projectedAttributes(table, index);
  return held === null ? [] : names.filter((name) => !held.has(name));
}

function parseSelect(input: JsonObject, hasProjection: boolean): Select {
  const fallback = hasProjection
    ? 'SPECIFIC_ATTRIBUTES'
    : input['IndexName']
      ? 'ALL_PROJECTED_ATTRIBUTES'
      : 'ALL_ATTRIBUTES';
  const select = optionalWord(input, 'Select', selects) ?? fallback;
  if (select === 'SPECIFIC_ATTRIBUTES' && !hasProjection) {
    throw validationError(
      'Must specify the AttributesToGet or ProjectionExpression when choosing to get SPECIFIC_ATTRIBUTES',
    );
  }
  if (select !== 'SPECIFIC_ATTRIBUTES' && hasProjection) {
    const what = select === 'COUNT' ? 'only the Count' : select;
    throw validationError(`Cannot specify the ProjectionExpression when choosing to get ${what}`);
  }
  return select;
}

function invalid(what: string): Error {
  return validationError(`One or more parameter values were invalid: ${what}`);
}
