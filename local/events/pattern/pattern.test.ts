import { describe, expect, it } from 'vitest';
import type { Json, JsonObject } from '../../kernel/service.ts';
import { EventPattern, PatternError } from './index.ts';

const event: JsonObject = {
  source: 'crm',
  'detail-type': 'lead.replied',
  detail: {
    channel: 'LinkedIn InMail',
    score: 7,
    zero: 0,
    none: null,
    isNew: true,
    ip: '10.1.2.3',
    path: 'a*b/c.txt',
    tags: ['hot', 'new'],
    empty: [],
    people: [
      { name: 'Ada', role: 'cto' },
      { name: 'Bob', role: 'dev' },
    ],
    company: { employees: 501.0 },
    offers: [{ price: 5 }, { note: 'later' }],
  },
};

describe('an event pattern', () => {
  it.each<[string, Json]>([
    ['an equal text', { source: ['crm'] }],
    ['one of many', { source: ['erp', 'crm'] }],
    ['all fields named', { source: ['crm'], detail: { score: [7] } }],
    ['null', { detail: { none: [null] } }],
    ['a truth value', { detail: { isNew: [true] } }],
    ['a number however written', { detail: { company: { employees: [5.01e2] } } }],
    ['an element of an array', { detail: { tags: ['new'] } }],
    ['one object of an array as a whole', { detail: { people: { name: ['Ada'], role: ['cto'] } } }],
    ['a prefix', { source: [{ prefix: 'c' }] }],
    ['a prefix in any case', { source: [{ prefix: { 'equals-ignore-case': 'CR' } }] }],
    ['a suffix', { 'detail-type': [{ suffix: '.replied' }] }],
    ['any case', { detail: { channel: [{ 'equals-ignore-case': 'linkedin inmail' }] } }],
    ['anything but a value', { source: [{ 'anything-but': 'erp' }] }],
    ['anything but values', { detail: { score: [{ 'anything-but': [1, 2] }] } }],
    ['anything but a prefix', { source: [{ 'anything-but': { prefix: 'e' } }] }],
    ['anything but wildcards', { source: [{ 'anything-but': { wildcard: ['*x*', 'e*'] } }] }],
    ['a number equal', { detail: { score: [{ numeric: ['=', 7] }] } }],
    ['a number in a range', { detail: { score: [{ numeric: ['>', 0, '<=', 7] }] } }],
    ['a field that exists', { detail: { zero: [{ exists: true }] } }],
    ['a field that is null exists', { detail: { none: [{ exists: true }] } }],
    ['a field that is missing', { detail: { other: [{ exists: false }] } }],
    ['an empty array is missing', { detail: { empty: [{ exists: false }] } }],
    ['a missing field of a missing object', { detail: { other: { deep: [{ exists: false }] } } }],
    ['an address in a network', { detail: { ip: [{ cidr: '10.0.0.0/8' }] } }],
    ['a wildcard', { detail: { path: [{ wildcard: 'a*/*.txt' }] } }],
    ['a star itself', { detail: { path: [{ wildcard: 'a\\*b*' }] } }],
    ['either of two fields', { $or: [{ source: ['erp'] }, { detail: { score: [7] } }] }],
    ['either within a field', { detail: { $or: [{ score: [1] }, { isNew: [true] }], zero: [0] } }],
  ])('matches %s', (_name, pattern) => {
    expect(new EventPattern(pattern).matches(event)).toBe(true);
  });

  it.each<[string, Json]>([
    ['another text', { source: ['erp'] }],
    ['another case', { source: ['CRM'] }],
    ['a number as text', { detail: { score: ['7'] } }],
    ['fields of two objects of an array', { detail: { people: { name: ['Ada'], role: ['dev'] } } }],
    ['a missing field', { detail: { other: ['x'] } }],
    ['anything but, of a missing field', { detail: { other: [{ 'anything-but': 'x' }] } }],
    ['an object as a value', { detail: { company: [{ exists: true }] } }],
    ['a number outside a range', { detail: { score: [{ numeric: ['>', 7, '<', 10] }] } }],
    ['a range of a text', { source: [{ numeric: ['>', 0] }] }],
    ['an address outside a network', { detail: { ip: [{ cidr: '10.2.0.0/16' }] } }],
    ['a dot that stands for itself', { detail: { path: [{ wildcard: 'a*c?txt' }] } }],
    [
      'a field as missing that only one object of an array lacks',
      { detail: { offers: { price: [{ exists: false }] } } },
    ],
    ['a field named $or where it holds no patterns', { $or: ['a', 'b'] }],
    ['neither of two', { $or: [{ source: ['erp'] }, { detail: { score: [8] } }] }],
    [
      'one of two when the rest fails',
      { source: ['erp'], $or: [{ detail: { zero: [0] } }, { detail: { score: [7] } }] },
    ],
  ])('does not match %s', (_name, pattern) => {
    expect(new EventPattern(pattern).matches(event)).toBe(false);
  });

  it.each<[string, Json]>([
    ['nothing', {}],
    ['a value that is not in an array', { source: 'crm' }],
    ['an empty array', { source: [] }],
    ['an operator that is not one', { source: [{ like: 'c' }] }],
    ['two operators in one', { source: [{ prefix: 'c', suffix: 'm' }] }],
    ['an unknown comparison', { detail: { score: [{ numeric: ['~', 1] }] } }],
    ['an empty range', { detail: { score: [{ numeric: ['>', 5, '<', 5] }] } }],
    ['two stars in a row', { source: [{ wildcard: 'a**' }] }],
    ['no network', { detail: { ip: [{ cidr: '10.0.0.0' }] } }],
    ['a network of one address', { detail: { ip: [{ cidr: '10.0.0.1/32' }] } }],
    ['a network with two slashes', { detail: { ip: [{ cidr: '10.0.0.0/8/8' }] } }],
    ['anything but texts and numbers', { source: [{ 'anything-but': ['erp', 1] }] }],
    ['anything but an empty prefix', { source: [{ 'anything-but': { prefix: '' } }] }],
    ['anything but a prefix in any case', { source: [{ 'anything-but': { prefix: { 'equals-ignore-case': 'E' } } }] }],
    ['anything but no prefix at all', { source: [{ 'anything-but': { prefix: [] } }] }],
    ['exists with a text', { source: [{ exists: 'yes' }] }],
    ['one alternative only', { $or: [{ source: ['crm'] }] }],
  ])('refuses %s', (_name, pattern) => {
    expect(() => new EventPattern(pattern)).toThrow(PatternError);
  });
});
