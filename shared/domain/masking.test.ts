import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import type { JsonObject } from '../contracts/index.ts';
import { maskOf, personalFields } from './masking.ts';

const Input = z.object({
  name: z.string().meta({ personal: true }),
  email: z.email().meta({ personal: true, title: 'E-mail' }),
  born: z.exactOptional(z.string().meta({ personal: 'leave-out' })),
  message: z.string(),
  contacts: z.exactOptional(z.array(z.object({ phone: z.string().meta({ personal: true }), role: z.string() }))),
});

const FIELDS = personalFields(Input);
const LEAD = {
  name: 'Hanna Zürcher',
  email: 'hanna.z@shop.example',
  born: '1980-02-03',
  message: 'Write to HANNA.Z@shop.example. Hannah and Hanna are two. Greetings, Zürcher',
  contacts: [
    { phone: '+49 30 901820', role: 'buyer' },
    { phone: '7', role: 'Hanna' },
  ],
};

describe('personal fields', () => {
  it('are the ones that the schema marks, at any depth', () => {
    expect(FIELDS).toEqual([
      { path: ['name'], how: 'mask' },
      { path: ['email'], how: 'mask' },
      { path: ['born'], how: 'leave-out' },
      { path: ['contacts', 'phone'], how: 'mask' },
    ]);
    expect(personalFields(z.object({ message: z.string() }))).toEqual([]);
  });
});

describe('a mask', () => {
  it('hides values at their place and wherever else they stand, under one token each', () => {
    const mask = maskOf(LEAD, FIELDS);
    expect(mask.hide(LEAD)).toEqual({
      name: '<name-1>',
      email: '<email-1>',
      message: 'Write to <email-1>. Hannah and <name-2> are two. Greetings, <name-3>',
      contacts: [
        { phone: '<phone-1>', role: 'buyer' },
        { phone: '<phone-2>', role: '<name-2>' },
      ],
    });
    expect(mask.hide({ crm: ['Hanna Zürcher <hanna.z@shop.example>', '7 of 9'] })).toEqual({
      crm: ['<name-1> <<email-1>>', '7 of 9'],
    });
  });

  it('brings back what it hid, and leaves alone what it did not', () => {
    const mask = maskOf(LEAD, FIELDS);
    const draft = { to: '<email-1>', text: 'Dear <name-2>, call <phone-1>. <name-9> <b-1>' };
    expect(mask.bringBack(draft)).toEqual({
      to: 'hanna.z@shop.example',
      text: 'Dear Hanna, call +49 30 901820. <name-9> <b-1>',
    });
  });

  it('lets pass what an agent says that it needs', () => {
    const hidden = maskOf(LEAD, FIELDS, ['email', 'contacts.phone']).hide(LEAD);
    expect(hidden).toMatchObject({
      name: '<name-1>',
      email: LEAD.email,
      contacts: LEAD.contacts.map(({ phone }) => ({ phone })),
    });
  });

  it('hides card numbers wherever they stand, and no other long number', () => {
    const mask = maskOf({ message: '' }, []);
    const said = { message: 'My card 4111 1111 1111 1111, order 4111 1111 1111 1112, again 4111-1111-1111-1111' };
    const hidden = mask.hide(said);
    expect(hidden).toEqual({ message: 'My card <card-1>, order 4111 1111 1111 1112, again <card-2>' });
    expect(mask.bringBack(hidden)).toEqual(said);
  });

  it.each<[string, JsonObject]>([
    ['pattern characters', { ...LEAD, name: 'A.*(b)[c]', message: 'axx(b)[c] A.*(b)[c]' }],
    ['the name of a field', { ...LEAD, name: 'Email', message: 'Email and name' }],
    ['nothing', { ...LEAD, name: '', message: 'Hm' }],
  ])('takes a name of %s as text', (_what, lead) => {
    const mask = maskOf(lead, FIELDS);
    const hidden = JSON.stringify(mask.hide(lead));
    expect(hidden).not.toContain('A.*(b)');
    expect(JSON.parse(hidden)['message']).not.toBe('');
  });
});
