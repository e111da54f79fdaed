import type { Locator, Page } from 'playwright-core';

/** What a person reads there: hidden text is not part of it. */
export function seenText(place: Locator): Promise<string> {
  // biome-ignore lint/performance/useDomNodeTextContent: the DOM also holds text that nobody sees.
  return place.innerText();
}

/** True when a part of the page lies beside the screen. */
export async function scrollsSideways(page: Page): Promise<boolean> {
  return (await page.evaluate('document.documentElement.scrollWidth > document.documentElement.clientWidth')) === true;
}

/** A text on the page and how it stands out from what is behind it (1 to 21). */
export interface TextContrast {
  readonly text: string;
  readonly ratio: number;
}

/** The contrast of every text that can be seen, as WCAG 2 computes it, lowest first. */
export async function textContrasts(page: Page): Promise<TextContrast[]> {
  const seen = (await page.evaluate(SEEN_TEXTS)) as { text: string; ink: string; ground: string }[];
  return seen
    .map(({ text, ink, ground }) => ({ text, ratio: ratioOf(luminance(ink), luminance(ground)) }))
    .toSorted((a, b) => a.ratio - b.ratio);
}

/** Relative luminance (0 to 1) of the ground that the whole page stands on. */
export async function groundLuminance(page: Page): Promise<number> {
  return luminance(String(await page.evaluate('getComputedStyle(document.body).backgroundColor')));
}

/** Runs in the page: each element with text of its own, its colour, and the first ground behind it that is not clear. */
const SEEN_TEXTS = `(() => {
  const isClear = (colour) => colour === 'transparent' || /, 0\\)$/.test(colour);
  const groundOf = (element) => {
    for (let at = element; at !== null; at = at.parentElement) {
      const { backgroundColor } = getComputedStyle(at);
      if (!isClear(backgroundColor)) return backgroundColor;
    }
    return 'rgb(255, 255, 255)';
  };
  const ownText = (element) => [...element.childNodes].filter((node) => node.nodeType === 3).map((node) => node.data).join('').trim();
  return [...document.body.querySelectorAll('*')]
    .filter((element) => ownText(element) !== '' && element.checkVisibility({ visibilityProperty: true }))
    .map((element) => ({ text: ownText(element), ink: getComputedStyle(element).color, ground: groundOf(element) }));
})()`;

function ratioOf(one: number, other: number): number {
  return (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
}

/** @throws Error for a colour that is not written as `rgb(r, g, b)`: nothing is known of its luminance. */
function luminance(colour: string): number {
  const channels = /^rgba?\((\d+), (\d+), (\d+)(?:, 1)?\)$/.exec(colour)?.slice(1).map(Number);
  if (channels === undefined) throw new Error(`The colour ${colour} is not understood.`);
  const [red = 0, green = 0, blue = 0] = channels.map((channel) => linear(channel / 255));
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function linear(share: number): number {
  return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
}
