import { expect, it } from 'vitest';
import { orders } from '../../../test/support/orders.ts';
import type { BatchPiece, CaseId } from '../../contracts/index.ts';
import { readBatchFile } from './batch-file.ts';
import type { BatchTrigger } from './batch-lines.ts';
import { PIECE_LINES, piecesOf } from './batch-pieces.ts';

const trigger = orders.triggers.find(({ id }) => id === 'order-file') as BatchTrigger;
const batchId = 'b'.repeat(32) as CaseId;

function pieces(lines: readonly string[]): BatchPiece[] {
  const bytes = Buffer.from(['id,item,cents', ...lines, ''].join('\n'));
  const read = readBatchFile(bytes);
  if (!read.ok) throw new Error(read.problem);
  return [...piecesOf(orders, trigger, { batchId, name: 'day.csv', bytes, ...read })];
}

const shapeOf = (all: readonly BatchPiece[]) => all.map(({ number, from, lines }) => [number, from, lines]);
const linesOf = (count: number, item = 'pen') => Array.from({ length: count }, (_, at) => `o-${at},${item},${at}`);

it('a piece has so many lines as one call puts on the queue', () => {
  expect(shapeOf(pieces(linesOf(PIECE_LINES + 1)))).toEqual([
    [0, 0, PIECE_LINES],
    [1, PIECE_LINES, 1],
  ]);
});

it('a piece of long lines has fewer', () => {
  expect(shapeOf(pieces(linesOf(6, 'x'.repeat(150_000))))).toEqual([
    [0, 0, 3],
    [1, 3, 3],
  ]);
});

it('a line that no message holds is a piece by itself, whose bytes nobody has to read', () => {
  const all = pieces(['o-1,pen,1', `o-2,${'x'.repeat(200_000)},2`, 'o-3,ink,3']);
  expect(shapeOf(all)).toEqual([
    [0, 0, 1],
    [1, 1, 1],
    [2, 2, 1],
  ]);
  expect(all[1]?.work).toEqual({
    refused: { file: 'day.csv', bytes: 200_008, problem: expect.stringContaining('It begins in line 3 of the file.') },
  });
});

it('a case stands once in a file, with the first of its lines, also over pieces', () => {
  const all = pieces([...linesOf(PIECE_LINES), 'o-0,pen,0', 'o-1,pen,1', 'o-x,ink,1']);
  expect(all.map(({ lines, cases }) => [lines, cases.length])).toEqual([
    [PIECE_LINES, PIECE_LINES],
    [3, 1],
  ]);
});

it('of a file without lines there is none', () => {
  expect(pieces([])).toEqual([]);
});
