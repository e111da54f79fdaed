import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import type { JsonObject } from '../contracts/index.ts';
import { Money } from '../contracts/index.ts';
import { amountWords, readAmount } from './amounts.ts';
import { changesBetween, changeTable } from './changes.ts';
import { editFields } from './edit-section.ts';
import { factsOf } from './facts.ts';
import { formFields } from './form-fields.ts';
import { type Html, html, markupOf } from './html.ts';
import type { JsonSchema } from './json-schema.ts';
import { proposalOf } from './proposal.ts';
import { readFields } from './read-field.ts';
import { attribute, elements, parsed, shownText } from './read-markup.ts';

const asSchema = (type: z.ZodType): JsonSchema => z.toJSONSchema(type) as JsonSchema;
const schema = asSchema(z.strictObject({ amount: Money, text: z.string() }));
const fields = formFields(schema, { amount: 'Amount' });
const draft: JsonObject = { amount: { currency: 'EUR', minor: 30_500 }, text: 'Issue tracker' };
const sent = (amount: string) =>
  readFields(
    fields,
    new Map([
      ['edit/amount', [amount]],
      ['edit/text', ['Issue tracker']],
    ]),
    draft,
  );

const whole = (parts: Html[]): string => markupOf(html`<!doctype html><body>${parts}</body>`);

describe('an amount', () => {
  it.each([
    ['305.00 EUR', { minor: 30_500, currency: 'EUR' }],
    ['-0.05 EUR', { minor: -5, currency: 'EUR' }],
    ['500 JPY', { minor: 500, currency: 'JPY' }],
    ['1.250 KWD', { minor: 1_250, currency: 'KWD' }],
  ])('reads %s and is written so', (words, amount) => {
    expect(amountWords(amount)).toBe(words);
    expect(readAmount(words)).toEqual(amount);
  });

  it.each(['305', '3.055 EUR', '1,250.00 EUR', '5.5 JPY', 'EUR', '', '1e3 EUR', '90071992547409920 EUR'])(
    'is not guessed from %j',
    (words) => expect(readAmount(words)).toBeUndefined(),
  );

  it('stands as one value with its currency wherever it is shown', () => {
    expect(factsOf(draft, {})[0]).toEqual({
      key: 'amount',
      label: 'Amount',
      value: { kind: 'amount', text: '305.00 EUR' },
    });
    const labels = { amountMinor: 'Amount in cents', currency: 'Currency' };
    expect(factsOf({ amountMinor: 39_000, currency: 'NOK' }, labels)[0]).toMatchObject({
      label: 'Amount',
      value: { text: '390.00 NOK' },
    });
    expect(factsOf({ amountMinor: 39_000 }, labels, 'NOK')[0]).toMatchObject({ value: { text: '390.00 NOK' } });
    expect(factsOf({ amountMinor: 39_000 }, labels)[0]).toMatchObject({
      label: 'Amount in cents',
      value: { kind: 'number', text: '39000' },
    });
    const titled = asSchema(z.object({ wastedMinor: z.int().meta({ title: 'Avoidable amount in cents' }) }));
    expect(proposalOf({ wastedMinor: 500 }, titled, {}, 'EUR')).toMatchObject({
      facts: [{ label: 'Avoidable amount', value: { text: '5.00 EUR' } }],
    });
  });

  it('is no amount where something else stands beside it', () => {
    const value = { minor: 5, currency: 'EUR', note: 'net' };
    expect(factsOf({ amount: value }, {})[0]?.value.kind).toBe('facts');
  });

  it('is changed in one field, as people write it', () => {
    const [input] = elements(parsed(whole(editFields(fields, draft, null))), 'input');
    expect(input && attribute(input, 'value')).toBe('305.00 EUR');
    expect(sent('305.00 EUR').value).toEqual(draft);
    expect(sent('300 eur').value).toEqual({ ...draft, amount: { minor: 30_000, currency: 'EUR' } });
    expect(sent('300').problems).toMatchObject([
      { name: 'edit/amount', problem: expect.stringContaining('its currency') },
    ]);
  });

  it('is refused beyond what its schema allows, in the same words', () => {
    const least = z.object({
      amount: z.object({ minor: z.int().min(100).max(10_000), currency: z.enum(['EUR', 'USD']) }),
    });
    const [field] = formFields(asSchema(least), {});
    const read = (amount: string) =>
      readFields(field ? [field] : [], new Map([['edit/amount', [amount]]]), draft).problems.map(
        ({ problem }) => problem,
      );
    expect(read('0.50 EUR')).toEqual(['is less than 1.00 EUR']);
    expect(read('100.01 EUR')).toEqual(['is more than 100.00 EUR']);
    expect(read('5.00 GBP')).toEqual(['is not in EUR or USD']);
    expect(read('100.00 EUR')).toEqual([]);
  });

  it('is one difference where it was changed', () => {
    const after = { ...draft, amount: { minor: 30_000, currency: 'EUR' } };
    const table = changeTable(changesBetween(draft, after, fields), 'Drafted', 'Approved');
    expect(shownText(parsed(whole([table])))).toContain('Amount305.00 EUR300.00 EUR');
  });
});
