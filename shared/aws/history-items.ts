import * as z from 'zod';
import { ConfirmedCase, Lesson } from '../contracts/index.ts';
import type { CaseWrite } from '../ports/index.ts';
import type { Item } from './case-items.ts';
import type { WritePart } from './case-write.ts';
import { keyOf } from './item-keys.ts';

/**
 * One item for each key of a history, and in it one attribute for each case. A case that is written twice is there once, and
 * writes about different cases do not get in each other's way.
 */
const OF_CASE = 'case-';

const changed = (): ReturnType<WritePart['onRefused']> => ({ kind: 'conflict', conflict: 'record-changed' });

/** The lesson of a case, and the case under each key: all or nothing, and only from the revision that is named. */
export function lessonParts({ cases }: { readonly cases: string }, { lesson: change }: CaseWrite): WritePart[] {
  if (change === undefined) return [];
  const { lesson, from, confirmed, dropped } = change;
  const condition =
    from === null
      ? { ConditionExpression: 'attribute_not_exists(pk)' }
      : {
          ConditionExpression: 'revision = :revision',
          ExpressionAttributeValues: { ':revision': { N: String(from) } },
        };
  const keys = [...new Set([...lesson.keys, ...Object.keys(dropped)])];
  return [
    { item: { Put: { TableName: cases, Item: lessonItem(lesson), ...condition } }, onRefused: changed },
    ...keys.map((key) => {
      const added = confirmed !== null && lesson.keys.includes(key) ? confirmed : null;
      return { item: { Update: underKey(cases, key, added, dropped[key] ?? []) }, onRefused: changed };
    }),
  ];
}

function underKey(table: string, key: string, added: ConfirmedCase | null, dropped: readonly string[]) {
  const gone = dropped.map((caseId, at) => [`#gone${at}`, nameOf(caseId)] as const);
  const set = added === null ? [] : ['SET #own = :own'];
  const remove = gone.length === 0 ? [] : [`REMOVE ${gone.map(([name]) => name).join(', ')}`];
  return {
    TableName: table,
    Key: keyOf.history(key),
    UpdateExpression: [...set, ...remove, 'ADD revision :one'].join(' '),
    ExpressionAttributeNames: {
      ...Object.fromEntries(gone),
      ...(added === null ? {} : { '#own': nameOf(added.caseId) }),
    },
    ExpressionAttributeValues: {
      ':one': { N: '1' },
      ...(added === null ? {} : { ':own': { S: JSON.stringify(added) } }),
    },
  };
}

/** The attribute of a case. */
export function nameOf(caseId: string): string {
  return `${OF_CASE}${caseId}`;
}

export function confirmedIn(item: Item): readonly ConfirmedCase[] {
  return Object.entries(item).flatMap(([name, value]) =>
    name.startsWith(OF_CASE) ? [ConfirmedCase.parse(JSON.parse(z.string().parse(value.S)))] : [],
  );
}

function lessonItem(lesson: Lesson): Item {
  return {
    ...keyOf.lesson(lesson.caseId),
    // An attribute of its own, because conditions read it.
    revision: { N: String(lesson.revision) },
    body: { S: JSON.stringify(lesson) },
  };
}

export function readLesson(item: Item): Lesson {
  return Lesson.parse(JSON.parse(z.string().parse(item['body']?.S)));
}
