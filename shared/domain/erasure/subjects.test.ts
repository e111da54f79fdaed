import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { workflows } from '../../../agents/index.ts';
import { markedFields } from '../marked-fields.ts';
import { identifyingFields, listedSubjects, MANY_SUBJECTS, standsIn, subjectName, subjectsOf } from './subjects.ts';

const Form = z.object({
  email: z.email().meta({ identifies: true }),
  name: z.string(),
  others: z.array(z.object({ badge: z.string().meta({ identifies: true }) })).optional(),
});

describe('whom a case is about', () => {
  it('is said by the fields that identify, in any case of their letters and each once', () => {
    const input = { email: ' Ada@Example.com', name: 'ben@example.com', others: [{ badge: 'B-1' }, { badge: 'b-1' }] };
    expect(subjectsOf(Form, input, true)).toEqual(['ada@example.com', 'b-1']);
  });

  it('is every address in an input that does not fit, wherever it stands', () => {
    const input = { mail: 'Ada <ada@example.com>, see ben@example.com.', deep: [{ from: 'cleo@example.com' }] };
    expect(subjectsOf(Form, input, false)).toEqual(['ada@example.com', 'ben@example.com', 'cleo@example.com']);
  });

  it('is nobody where the input says nothing', () => {
    expect(subjectsOf(Form, 'no form at all', false)).toEqual([]);
    expect(subjectsOf(Form, { email: '', name: '' }, true)).toEqual([]);
  });

  it('is the same under another spelling of the same letters', () => {
    expect(subjectName('ＡＤＡ@example.com ')).toBe('ada@example.com');
  });
});

it('lists a case under each of its people, and under one name for all where these are too many', () => {
  const names = Array.from({ length: 21 }, (_, at) => `p${at}@desk.example`);
  expect(listedSubjects(names.slice(1))).toEqual(names.slice(1));
  expect(listedSubjects(names)).toEqual([MANY_SUBJECTS]);
  expect(subjectsOf(Form, { text: MANY_SUBJECTS }, false)).toEqual([]);
});

it('finds a name where it stands by itself, and nothing for an empty text', () => {
  expect(standsIn(subjectName('Write to Ada@Desk.example.'), 'ada@desk.example')).toBe(true);
  expect(standsIn('joada@desk.example', 'ada@desk.example')).toBe(false);
  expect(standsIn('', 'ada@desk.example')).toBe(false);
});

describe('addresses in what does not fit', () => {
  const of = (text: string) => subjectsOf(Form, { text }, false);

  it('are found wherever they stand', () => {
    expect(of('Write to <Ada@Hire.example>, (or bo@b.example); not to @handle, a@b or a@@b.example.')).toEqual([
      'ada@hire.example',
      'bo@b.example',
    ]);
  });

  it('are looked for in time that grows with the text, whatever it is', () => {
    for (const text of ['a'.repeat(200_000), '@'.repeat(200_000), 'a@'.repeat(100_000), `a@${'.'.repeat(200_000)}`]) {
      expect(of(text)).toEqual([]);
    }
  });
});

describe('the workflows of this deployment', () => {
  it.each(workflows.map((workflow) => [workflow.id, workflow] as const))(
    'can find the people again whom %s is about, so that they can be erased',
    (_id, { input }) => {
      const isAboutPeople = markedFields(input, 'personal').length > 0;
      expect(identifyingFields(input).length > 0 || !isAboutPeople).toBe(true);
    },
  );
});
