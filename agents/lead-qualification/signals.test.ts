import { describe, expect, it } from 'vitest';
import { Lead } from './lead.ts';
import { leadSignals } from './signals.ts';

const signals = (message: string) =>
  Object.entries(
    leadSignals(
      Lead.parse({ name: 'A', email: 'x@y.example', company: 'Y', title: '', message, channel: 'contact-form' }),
    ),
  ).flatMap(([name, holds]) => (holds ? [name] : []));

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
});
