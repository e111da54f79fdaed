import { describe, expect, it } from 'vitest';
import type { Json } from '../../../kernel/service.ts';
import { evaluatePath, MissingPath } from './evaluate-path.ts';
import { parsePath } from './lookup.ts';
import { PathSyntaxError } from './reader.ts';

const input: Json = {
  a: { 'b-c': 1, "it's": 2, list: [0, 1, 2, 3] },
  books: [
    { title: 'A', price: 5, tags: ['x'] },
    { title: 'B', price: 15 },
    { title: 'C', price: 25, tags: [] },
  ],
};

const at = (path: string): Json => evaluatePath(parsePath(path).path, input);

describe('a path', () => {
  it.each<[string, Json]>([
    ['$', input],
    ['$.a.b-c', 1],
    ["$.a['b-c']", 1],
    ["$['a'][\"it's\"]", 2],
    ['$.a.list[2]', 2],
    ['$.a.list[-1]', 3],
    ['$.a.list[*]', [0, 1, 2, 3]],
    ['$.a.list[1:3]', [1, 2]],
    ['$.a.list[-2:]', [2, 3]],
    ['$.a.list[0,3]', [0, 3]],
    ["$.a['b-c','list']", [1, [0, 1, 2, 3]]],
    ['$.books[*].title', ['A', 'B', 'C']],
    ['$..title', ['A', 'B', 'C']],
    ['$.books[?(@.price > 10)].title', ['B', 'C']],
    ['$.books[?(@.price > 10 && @.price < 20)].title', ['B']],
    ["$.books[?(@.title == 'A' || @.title == 'C')].price", [5, 25]],
    ['$.books[?(!(@.price > 10))].title', ['A']],
    ['$.books[?(@.tags)].title', ['A', 'C']],
    ['$.books[?(@.title =~ /[bc]/i)].price', [15, 25]],
    ["$.books[?(@.title in ['A','B'])].price", [5, 15]],
    ['$.books.length()', 3],
    ['$.missing[*].a', []],
    ['$.books[?(@.price > 100)]', []],
  ])('%s', (path, expected) => {
    expect(at(path)).toEqual(expected);
  });

  it.each(['$.missing', '$.a.list[9]', '$.a.b-c.d', '$.books.title'])('%s leads nowhere', (path) => {
    expect(() => at(path)).toThrow(MissingPath);
  });

  it.each(['a', '$.', '$[', '$.a b', "$['a", '$.a[?(@.b ==)]'])('%s cannot be read', (path) => {
    expect(() => parsePath(path)).toThrow(PathSyntaxError);
  });
});
