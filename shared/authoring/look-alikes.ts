/** Letters that pass for Latin ones, each before the one that it passes for. */
const ALWAYS = [
  // Cyrillic
  'аaсcԁdеeһhіiјjӏlоoрpԛqѕsуyүyхxѵvԝwАAВBСCЕEНHІIЈJКKМMОOРPЅSТTХXУYҮYӀIѴVҺhԚQԜW',
  // Greek
  'αaγyιiκkνvοoρpτtυuϳjΑAΒBΕEΖZΗHΙIΚKΜMΝNΟOΡPΤTΥYΧXͿJ',
  // Armenian
  'օoոnսuհhցgզqյjՕOՍUՏSԼL',
  // Cherokee
  'ᎠDᎡRᎢTᎥiᎪAᎫJᎬEᎳWᎷMᎻHᎽYᎹyᏀGᏃZᏏbᏒRᏔWᏙVᏚSᏞLᏟCᏢPᏦKᏴB',
  // Lisu
  'ꓐBꓑPꓓDꓔTꓖGꓗKꓙJꓚCꓜZꓝFꓟMꓠNꓡLꓢSꓣRꓦVꓧHꓪWꓫXꓬYꓮAꓰEꓲIꓳOꓴU',
  // Coptic
  'ⲁaⲉeⲏhⲓiⲕkⲙmⲛnⲟoⲣpⲥcⲧtⲩyⲭxⲂBⲈEⲎHⲒIⲔKⲘMⲚNⲞOⲢPⲤCⲦTⲨYⲬX',
];
/** They pass for Latin ones beside such only; ς is what NFKC makes of the Greek letter that looks like c. */
const BESIDE_LATIN = ['кkтtмmнhвbгrпnьb', 'εeηnωwχxβbςc', 'ɑaɡgɩi', 'ᴀaʙbᴄcᴅdᴇeꜰfɢgʜhɪiᴊjᴋkʟlᴍmɴnᴏoᴘpʀrꜱsᴛtᴜuᴠvᴡwʏyᴢz'];

const always = pairsOf(ALWAYS);
const all = new Map([...always, ...pairsOf(BESIDE_LATIN)]);
const anyOfThem = new RegExp(`[${[...all.keys()].join('')}]`, 'u');

const LATIN = /\p{Script=Latin}/gu;
const OTHERS =
  /[\p{Script=Cyrillic}\p{Script=Greek}\p{Script=Armenian}\p{Script=Cherokee}\p{Script=Lisu}\p{Script=Coptic}]/gu;
/** One letter is a sign of its own more often than a word in disguise. */
const SHORTEST = 2;

/**
 * Letters of other scripts that pass for Latin ones as those: in words with Latin letters; and words of such letters alone
 * in a text that is mostly Latin. Words of a text in another script stay as they are.
 */
export function latinOf(text: string): string {
  if (!anyOfThem.test(text)) return text;
  const isLatin = isMostlyLatin(text);
  return text.replace(/[\p{L}\p{M}]+/gu, (word) => {
    if (!anyOfThem.test(word)) return word;
    if (word.search(LATIN) >= 0) return translated(word, all);
    return isLatin && isInDisguise(word) ? translated(word, always) : word;
  });
}

function isMostlyLatin(text: string): boolean {
  const others = (text.match(OTHERS) ?? []).filter((letter) => !always.has(letter));
  return (text.match(LATIN) ?? []).length > others.length;
}

function isInDisguise(word: string): boolean {
  const letters = word.match(/\p{L}/gu) ?? [];
  return letters.length >= SHORTEST && letters.every((letter) => always.has(letter));
}

function translated(word: string, table: ReadonlyMap<string, string>): string {
  return Array.from(word, (letter) => table.get(letter) ?? letter).join('');
}

function pairsOf(rows: readonly string[]): Map<string, string> {
  const letters = Array.from(rows.join(''));
  return new Map(letters.flatMap((letter, at) => (at % 2 === 0 ? [[letter, letters[at + 1] ?? letter] as const] : [])));
}
