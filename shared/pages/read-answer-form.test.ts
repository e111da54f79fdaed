import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Json, JsonObject } from '../contracts/index.ts';
import type { JsonSchema } from './json-schema.ts';
import { isNewCodeRequest, readAnswerForm } from './read-answer-form.ts';
import { attribute, elements, parsed, submission } from './read-markup.ts';
import { renderRequestPage } from './request-page.ts';
import { requestView } from './request-view.ts';
import { mailArguments, mailSchema } from './sample-lead.ts';
import { hotLead, incompleteLead } from './sample-requests.ts';

const filledIn = { code: '481 093', reason: 'It fits.' };

describe('reading an answer form', () => {
  it('reads what a browser sends for an untouched page', () => {
    const sent = submission(renderRequestPage(requestView(hotLead)).body, 'approve', filledIn);
    expect(readAnswerForm(sent, mailSchema, { draft: mailArguments })).toEqual({
      verb: 'approve',
      code: '481093',
      reason: 'It fits.',
      digest: hotLead.request.digest,
      seen: requestView(hotLead).seen,
      shown: '',
      edits: null,
    });
  });

  it('gives the whole draft with the change for an edit', () => {
    const typed = { ...filledIn, 'edit/subject': '20 minutes?', 'edit/body': 'Hi Maria,\nsee you.' };
    const sent = submission(renderRequestPage(requestView(hotLead)).body, 'edit', typed);
    expect(readAnswerForm(sent, mailSchema)).toMatchObject({
      verb: 'edit',
      edits: { ...mailArguments, subject: '20 minutes?', body: 'Hi Maria,\nsee you.' },
    });
  });

  it('refuses an approval of a form that was changed', () => {
    const sent = submission(renderRequestPage(requestView(hotLead)).body, 'approve', {
      ...filledIn,
      'edit/to': 'other@nordvind.example',
    });
    expect(readAnswerForm(sent, mailSchema, { draft: mailArguments })).toEqual({
      problems: [expect.stringContaining('you changed the form')],
      marked: ['verb'],
    });
  });

  it('takes a rejection whatever stands in the edit form', () => {
    const sent = submission(renderRequestPage(requestView(hotLead)).body, 'reject', {
      ...filledIn,
      'edit/to': 'nobody',
    });
    expect(readAnswerForm(sent, mailSchema, { draft: mailArguments })).toMatchObject({ verb: 'reject', edits: null });
  });

  it('names every field that is wrong by its label', () => {
    const typed = { code: 'abc', reason: '', 'edit/to': 'nobody', 'edit/subject': '', 'edit/body': 'x'.repeat(5001) };
    const sent = submission(renderRequestPage(requestView(hotLead)).body, 'edit', typed);
    expect(readAnswerForm(sent, mailSchema)).toEqual({
      problems: [
        'Code: the code has digits only, as in the mail',
        'To: is no e-mail address',
        'Subject: is needed',
        'Text: has 5001 characters, 5000 are allowed',
      ],
      marked: ['code', 'edit/to', 'edit/subject', 'edit/body'],
    });
  });

  it.each(['reject', 'respond'])('wants a reason to %s', (verb) => {
    expect(readAnswerForm(`verb=${verb}&code=481093&reason=%20`, mailSchema)).toEqual({
      problems: ['Reason: say why, in a few words'],
      marked: ['reason'],
    });
  });

  it.each([
    ['', 'no button'],
    ['verb=delete&code=1234', 'a verb that does not exist'],
    ['verb=__proto__&code=1234', 'a name that every object has'],
    ['%ff%fe=&verb', 'broken encoding'],
  ])('refuses %j: %s', (body) => {
    expect(readAnswerForm(body, mailSchema)).toMatchObject({
      problems: expect.arrayContaining(['Answer: choose one of the buttons']),
    });
  });

  it.each([
    ['edit/score', '7.5', 'Lead score: is no whole number'],
    ['edit/score', '1,000', 'Lead score: is no whole number'],
    ['edit/score', '0x10', 'Lead score: is no whole number'],
    ['edit/score', '11', 'Lead score: is more than 10'],
    ['edit/score', '', 'Lead score: is needed'],
    ['edit/tier', 'lukewarm', 'Priority: choose one of the options'],
    ['edit/tier', '', 'Priority: choose one'],
  ])('%s = %j is a problem: %s', (name, value, problem) => {
    const view = requestView(incompleteLead);
    const sent = new URLSearchParams(submission(renderRequestPage(view).body, 'edit', filledIn));
    sent.set(name, value);
    const labels = incompleteLead.workflow.labels;
    expect(readAnswerForm(sent.toString(), incompleteLead.argumentsSchema, { labels })).toMatchObject({
      problems: [problem],
    });
  });

  it('never takes over a draft value that does not fit the schema', () => {
    const draft: JsonObject = { tier: 'lukewarm', score: 'high' };
    const parts = { ...incompleteLead, request: { ...incompleteLead.request, draft } };
    const sent = submission(renderRequestPage(requestView(parts)).body, 'edit', filledIn);
    const read = readAnswerForm(sent, parts.argumentsSchema, { draft, labels: parts.workflow.labels });
    expect(read).toMatchObject({
      problems: [
        'Priority: choose one',
        'Lead score: is needed',
        'Can decide to buy: choose one',
        'Company size fits: choose one',
      ],
    });
  });

  it('answers nothing when the enter key is pressed: the first button of the form is dead', () => {
    const [first, ...others] = elements(parsed(renderRequestPage(requestView(hotLead)).body), 'button');
    expect(first && attribute(first, 'disabled')).toBe('');
    const values = others.map((button) => attribute(button, 'value'));
    expect(values).toEqual(['new-code', 'sign-in', 'approve', 'edit', 'reject', 'respond']);
  });

  it('tells a wish for a new code from an answer', () => {
    expect([isNewCodeRequest('verb=new-code'), isNewCodeRequest('verb=approve&code=1')]).toEqual([true, false]);
  });
});

describe('a form that is sent back untouched', () => {
  it('gives the draft to the byte, for any schema and any text', () => {
    fc.assert(
      fc.property(objectOf(anyText), ({ schema, value }) => {
        expect(untouched(schema, value, true)).toEqual(value);
      }),
      { numRuns: 200 },
    );
  });

  it('gives the same value without the draft where nothing is empty and line breaks are plain', () => {
    fc.assert(
      fc.property(objectOf(plainText), ({ schema, value }) => {
        expect(untouched(schema, value, false)).toEqual(value);
      }),
      { numRuns: 200 },
    );
  });
});

function untouched(schema: JsonSchema, draft: JsonObject, withDraft: boolean): Json {
  const parts = { ...hotLead, argumentsSchema: schema, request: { ...hotLead.request, draft } };
  const sent = submission(renderRequestPage(requestView(parts)).body, 'edit', filledIn);
  const read = readAnswerForm(sent, schema, withDraft ? { draft } : {});
  return 'edits' in read ? read.edits : [...read.problems];
}

type Sample = { schema: JsonSchema; value: Json };

const anyText = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string({ unit: fc.constantFrom('a', '\r', '\n', '\0', '<', '&', '"', '\u202e', '\ud800', ' ', '\t', '\f') }),
);
const plainText = fc.string({
  minLength: 1,
  unit: fc.constantFrom('a', 'ß', '\n', '<', '&', '"', '+', '%', '\u202e', '\u05d0'),
});
const key = fc.string({
  minLength: 1,
  maxLength: 6,
  unit: fc.constantFrom('a', 'b', '/', '~', '0', ' ', '"', '_', 'proto'),
});

function objectOf(text: fc.Arbitrary<string>, depth = 2): fc.Arbitrary<{ schema: JsonSchema; value: JsonObject }> {
  const member = fc.tuple(fieldOf(text, depth), fc.boolean(), fc.boolean());
  return fc.dictionary(key, member, { maxKeys: 4 }).map((members) => {
    const entries = Object.entries(members);
    const there = entries.filter(([, [, isRequired, isThere]]) => isRequired || isThere);
    return {
      schema: {
        type: 'object',
        properties: Object.fromEntries(entries.map(([name, [{ schema }]]) => [name, schema])),
        required: entries.filter(([, [, isRequired]]) => isRequired).map(([name]) => name),
      },
      value: Object.fromEntries(there.map(([name, [{ value }]]) => [name, value])),
    };
  });
}

function fieldOf(text: fc.Arbitrary<string>, depth: number): fc.Arbitrary<Sample> {
  const scalars = [
    text.map((value) => ({ schema: { type: 'string' }, value })),
    fc
      .double({ noNaN: true, noDefaultInfinity: true })
      .map((value) => ({ schema: { type: 'number' }, value: value + 0 || 0 })),
    fc.maxSafeInteger().map((value) => ({ schema: { type: 'integer' }, value })),
    fc.boolean().map((value) => ({ schema: { type: 'boolean' }, value })),
    fc.constantFrom('hot', 'warm', 'cold').map((value) => ({ schema: { enum: ['hot', 'warm', 'cold'] }, value })),
    fc.integer({ min: 1, max: 9 }).map((value) => ({ schema: { enum: [1, 2, 3, 4, 5, 6, 7, 8, 9] }, value })),
    fc.date({ min: new Date(0), max: new Date(4e12), noInvalidDate: true }).map((date) => ({
      schema: { type: 'string', format: 'date' },
      value: date.toISOString().slice(0, 10),
    })),
    lines(text).map((value) => ({ schema: { type: 'array', items: { type: 'string' } }, value })),
    fc
      .array(fc.integer(), { minLength: text === anyText ? 0 : 1 })
      .map((value) => ({ schema: { type: 'array', items: { type: 'integer' } }, value })),
    fc
      .constantFrom(...(text === anyText ? [null, 4] : [4]))
      .map((value) => ({ schema: { anyOf: [{ type: 'integer' }, { type: 'null' }] }, value })),
    fc.dictionary(key, text).map((value) => ({
      schema: { type: 'object', additionalProperties: { type: 'string' } },
      value,
    })),
    fc.array(fc.record({ a: text })).map((value) => ({ schema: { type: 'array', items: { type: 'object' } }, value })),
  ] satisfies fc.Arbitrary<Sample>[];
  return depth === 0 ? fc.oneof(...scalars) : fc.oneof(...scalars, objectOf(text, depth - 1));
}

/** Items of any text with the draft at hand; without it an item needs something on its one line. */
function lines(text: fc.Arbitrary<string>): fc.Arbitrary<string[]> {
  if (text === anyText) return fc.array(text);
  const line = text.map((item) => item.replaceAll('\n', ' ')).filter((item) => item.trim() !== '');
  return fc.array(line, { minLength: 1 });
}
