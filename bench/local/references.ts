import type { Way } from './measurement.ts';

/**
 * What a figure is to be compared with; empty where nothing is known. All were measured on two busy cores, each in a
 * run of its own, so a factor says something and a few per cent do not.
 */
export function referenceOf(figure: string, way: Way): string {
  const all = way === 'wire' ? ON_THE_WIRE : IN_PROCESS;
  return all.find(([begins]) => figure.startsWith(begins))?.[1] ?? '';
}

type Reference = readonly [figureBegins: string, text: string];

const ON_THE_WIRE: readonly Reference[] = [
  ['PutItem, 1 at a time', 'dynalite, no sync: 289/s; DynamoDB Local: 37-42/s cold, 225/s later'],
  ['PutItem, 32 at a time', 'at 16: dynalite, no sync: 552/s; DynamoDB Local: 52-59/s'],
  ['GetItem, 1 at a time', 'dynalite: 576/s, 1182/s later; DynamoDB Local: 137-214/s, 484/s later'],
  ['BatchWriteItem, items', 'dynalite, no sync: 4191/s; DynamoDB Local: 63/s'],
  ['Query, 20', 'dynalite at 100,000: 473/s; DynamoDB Local at 3,000: 569/s'],
  ['Query of an index, 20', 'dynalite at 100,000: 491/s; DynamoDB Local at 3,000: 318/s'],
  ['SendMessage, 1 at a time', 'fauxqs on SQLite: 152/s'],
  ['start-up, empty', 'dynalite: under 1200 ms; DynamoDB Local: 3000-7600 ms'],
  ['start-up, ', 'start-up, empty'],
  ['resident memory, empty', 'dynalite: 60-166 MB; DynamoDB Local: 200-409 MB; fauxqs: 90 MB'],
  ['resident memory', 'resident memory, empty; the leanest agent library with 1,000 paused runs: 270 MB'],
];

const IN_PROCESS: readonly Reference[] = [
  ['PutItem, 1 at a time', 'node:sqlite, one row and one sync each: 316/s; LevelDB with sync: 638/s'],
  ['PutItem, 32 at a time', 'LevelDB without sync: 23,810/s'],
];
