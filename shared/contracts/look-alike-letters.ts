/** Letters that pass for Latin ones, each before the one that it passes for. */
const ALWAYS = [
  // Cyrillic
  'аaсcԁdеeһhіiјjӏlоoрpԛqѕsуyүyхxѵvԝwАAВBСCЕEНHІIЈJКKМMОOРPЅSТTХXУYҮYӀIѴVҺhԚQԜW',
  // Greek
  'αaγyιiκkνvοoρpτtυuϳjϲcΑAΒBΕEΖZΗHΙIΚKΜMΝNΟOΡPΤTΥYΧXͿJϹC',
  // Armenian
  'օoոnսuհhցgզqյjՕOՍUՏSԼL',
  // Cherokee
  'ᎠDᎡRᎢTᎥiᎪAᎫJᎬEᎳWᎷMᎻHᎽYᎹyᏀGᏃZᏏbᏒRᏔWᏙVᏚSᏞLᏟCᏢPᏦKᏴB',
  // Lisu
  'ꓐBꓑPꓓDꓔTꓖGꓗKꓙJꓚCꓜZꓝFꓟMꓠNꓡLꓢSꓣRꓦVꓧHꓪWꓫXꓬYꓮAꓰEꓲIꓳOꓴU',
  // Coptic
  'ⲁaⲉeⲏhⲓiⲕkⲙmⲛnⲟoⲣpⲥcⲧtⲩyⲭxⲂBⲈEⲎHⲒIⲔKⲘMⲚNⲞOⲢPⲤCⲦTⲨYⲬX',
];
/** They pass for Latin ones beside such only; ς is what NFKC makes of ϲ. */
const BESIDE_LATIN = ['кkтtмmнhвbгrпnьb', 'εeηnωwχxβbςc', 'ɑaɡgɩi', 'ᴀaʙbᴄcᴅdᴇeꜰfɢgʜhɪiᴊjᴋkʟlᴍmɴnᴏoᴘpʀrꜱsᴛtᴜuᴠvᴡwʏyᴢz'];

/** Letters that pass for Latin ones, and for which, wherever they stand in a text that is mostly Latin. */
export const PASSING_LETTERS: ReadonlyMap<string, string> = pairsOf(ALWAYS);
/** Those, and more that do so only beside a Latin letter. */
export const PASSING_BESIDE_LATIN: ReadonlyMap<string, string> = new Map([
  ...PASSING_LETTERS,
  ...pairsOf(BESIDE_LATIN),
]);

/**
 * Whether a person who reads takes a letter for a Latin one beside it: of Cyrillic, Greek, Armenian and phonetic writing those
 * that look so, of scripts that hardly look otherwise all.
 */
export function deceivesReaders(letter: string): boolean {
  return (
    (PASSING_LETTERS.has(letter) && letter !== TELLS_ITSELF) ||
    /^[ɑɡ\p{Script=Cherokee}\p{Script=Lisu}\p{Script=Coptic}]$/u.test(letter)
  );
}

/** A capital that differs from Y for who sees it, and passes for it in capitals that are read in a hurry. */
const TELLS_ITSELF = 'У';

function pairsOf(rows: readonly string[]): Map<string, string> {
  const letters = Array.from(rows.join(''));
  return new Map(letters.flatMap((letter, at) => (at % 2 === 0 ? [[letter, letters[at + 1] ?? letter] as const] : [])));
}
