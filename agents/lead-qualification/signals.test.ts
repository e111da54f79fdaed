import { describe, expect, it } from 'vitest';
import { Lead } from './lead.ts';
import { needSignals } from './need-signals.ts';
import { leadSignals } from './signals.ts';

const signals = (message: string) =>
  Object.entries(
    leadSignals(
      Lead.parse({ name: 'A', email: 'x@y.example', company: 'Y', title: '', message, channel: 'contact-form' }),
    ),
  ).flatMap(([name, holds]) => (holds === true ? [name] : []));
const need = (message: string) => {
  const { needsNamed, rivalServes } = needSignals(message, message.toLowerCase().replaceAll(/[^\p{L}\p{N}]/gu, ''));
  return [needsNamed, rivalServes];
};

describe('what is plain in a message', () => {
  it.each<[string, string[]]>([
    ['', []],
    ['We would like to see a demo.', []],
    ['We use Slotterly today… well, for now', ['competitorNamed', 'hasteNamed']],
    ['we use s-l-o-t-t-e-r-l-y', ['competitorNamed']],
    ['Our current vendor is fine', ['rivalHinted']],
    ['Wir vergleichen mehrere Anbieter', ['rivalHinted']],
    ['We need it by Friday', ['dateNamed']],
    ['It is urgent', ['hasteNamed']],
    ['Our contract runs out', ['hasteNamed']],
    ['C’est urgent, cette semaine', ['hasteNamed']],
    ['No rush at all', ['hasteDenied']],
    ['Es ist nicht eilig', ['hasteDenied']],
  ])('of %o is %o', (message, expected) => {
    expect(signals(message)).toEqual(expected);
  });

  it('is found at once in a message of the longest size', () => {
    expect(signals('läuft '.repeat(1_600))).toEqual([]);
    expect(signals('before the '.repeat(900))).toEqual([]);
  });

  it('is found at once where the needs are looked for, too', () => {
    const spans = ['book a '.repeat(1_400), 'send us '.repeat(1_200), 'plan plan plan '.repeat(660)];
    expect(spans.map((message) => need(message)[1])).toEqual(['none', 'none', 'none']);
  });
});

describe('the need that a message seems to be about', () => {
  it.each<[string, [string, string]]>([
    ['Can it plan crews of three?', ['planning', 'none']],
    ['Können Kunden Termine online buchen?', ['booking', 'none']],
    ['Notre facturation est à la main', ['billing', 'none']],
    ['Clients book, and then we invoice them', ['booking and billing', 'none']],
    ['Do you have SSO and an API?', ['systems', 'none']],
    ['Please book a demo and send us the invoice for the first year', ['none', 'none']],
    ['Bitte senden Sie ein Angebot und einen Termin für die Demo', ['none', 'none']],
    ['We leave Rotaplume', ['none', 'planning']],
    ['Bookavanti and Billowick do not talk to each other', ['none', 'booking and billing']],
  ])('of %o is %o', (message, expected) => {
    expect(need(message)).toEqual(expected);
  });
});
