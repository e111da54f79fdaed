import { styleElement } from './html.ts';

/** Colours for mail readers that follow the dark setting; others keep the inline ones. */
export const darkStyle = styleElement(
  [
    ':root{color-scheme:light dark;supported-color-schemes:light dark}',
    '@media (prefers-color-scheme:dark){',
    '.paper{background-color:#0d1210!important}',
    '.card{background-color:#151c19!important;border-color:#28322d!important}',
    '.ink,.ink h1{color:#e8eeea!important}',
    '.soft{color:#a0aea7!important}',
    '.line{border-color:#28322d!important}',
    '.accent{color:#7ad7b9!important}',
    '.button{background-color:#7ad7b9!important}',
    '.button-words{color:#06251c!important}}',
  ].join(''),
);
