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
  const seen = (await page.evaluate(SEEN_TEXTS)) as { text: string; ink: string; grounds: string[] }[];
  return seen
    .map(({ text, ink, grounds }) => ({ text, ratio: ratioOf(luminance([ink, ...grounds]), luminance(grounds)) }))
    .toSorted((a, b) => a.ratio - b.ratio);
}

/** Relative luminance (0 to 1) of the ground that the whole page stands on. */
export async function groundLuminance(page: Page): Promise<number> {
  return luminance([String(await page.evaluate('getComputedStyle(document.body).backgroundColor'))]);
}

/** Runs in the page: each element with text of its own, its colour, and what is behind it down to the first ground that nothing shines through. */
const SEEN_TEXTS = `(() => {
  const isClear = (colour) => colour === 'transparent' || /, 0\\)$/.test(colour);
  const isSolid = (colour) => /^rgb\\(/.test(colour);
  const groundsOf = (element) => {
    const grounds = [];
    for (let at = element; at !== null; at = at.parentElement) {
      const { backgroundColor } = getComputedStyle(at);
      if (!isClear(backgroundColor)) grounds.push(backgroundColor);
      if (isSolid(backgroundColor)) return grounds;
    }
    return [...grounds, 'rgb(255, 255, 255)'];
  };
  const ownText = (element) => [...element.childNodes].filter((node) => node.nodeType === 3).map((node) => node.data).join('').trim();
  return [...document.body.querySelectorAll('*')]
    .filter((element) => ownText(element) !== '' && element.checkVisibility({ visibilityProperty: true }))
    .map((element) => ({ text: ownText(element), ink: getComputedStyle(element).color, grounds: groundsOf(element) }));
})()`;

function ratioOf(one: number, other: number): number {
  return (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
}

/** Of colours one before the other, the last of which is solid. */
function luminance(colours: readonly string[]): number {
  const seen = colours.map(channelsOf).reduceRight((behind, { channels, alpha }) => ({
    channels: channels.map((channel, at) => alpha * channel + (1 - alpha) * (behind.channels[at] ?? 0)),
    alpha: 1,
  }));
  const [red = 0, green = 0, blue = 0] = seen.channels.map(linear);
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/**
 * Channels from 0 to 1.
 * @throws Error for a colour in any other form than `rgb(r, g, b)`, `rgba(r, g, b, a)` and `color(srgb r g b / a)`, the last of which
 * is how Chromium writes what was mixed: nothing is known of its luminance.
 */
function channelsOf(colour: string): { readonly channels: readonly number[]; readonly alpha: number } {
  const [, form, inside = ''] = /^(rgba?|color)\((?:srgb )?([\d.e, /-]+)\)$/.exec(colour) ?? [];
  const [red = Number.NaN, green = Number.NaN, blue = Number.NaN, alpha = 1] = inside.split(/[\s,/]+/).map(Number);
  const channels = [red, green, blue].map((channel) => (form === 'color' ? channel : channel / 255));
  if (channels.some(Number.isNaN)) throw new Error(`The colour ${colour} is not understood.`);
  return { channels, alpha };
}

function linear(share: number): number {
  return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
}
