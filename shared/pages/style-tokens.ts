/** Colours, type and space of the pages, light and dark. Text pairs hold a contrast of 4.5 : 1 or more. */
export const styleTokens = `
:root{color-scheme:light dark;
--paper:#f4f6f4;--card:#fff;--sunk:#f7f9f7;--ink:#14201b;--soft:#54625b;--line:#dce3de;--edge:#76857d;
--accent:#0b5f4b;--accent-deep:#084a3a;--on-accent:#fff;--accent-wash:#e4f1ec;
--warn:#7d4600;--warn-wash:#fdf2df;--warn-line:#ecc98d;
--bad:#9f2328;--bad-wash:#fdecea;--bad-line:#efb9b5;
--shade:#45458a;--shade-wash:#ededf9;--shade-line:#b9b9e4;
--lift:0 1px 2px rgb(20 32 27/.05),0 8px 24px -12px rgb(20 32 27/.12);
--sans:ui-sans-serif,system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue","Noto Sans",Arial,sans-serif;
--mono:ui-monospace,"SF Mono","Cascadia Mono",Menlo,Consolas,"DejaVu Sans Mono",monospace}
@media (prefers-color-scheme:dark){:root{
--paper:#0d1210;--card:#151c19;--sunk:#111714;--ink:#e8eeea;--soft:#a0aea7;--line:#28322d;--edge:#6c7a73;
--accent:#7ad7b9;--accent-deep:#9be6cd;--on-accent:#06251c;--accent-wash:#12302a;
--warn:#f1bd72;--warn-wash:#2b2212;--warn-line:#5d4a22;
--bad:#ff9f97;--bad-wash:#331a1a;--bad-line:#6d3533;
--shade:#b9b9f5;--shade-wash:#20203a;--shade-line:#45457a;
--lift:0 1px 2px rgb(0 0 0/.4)}}
*,*::before,*::after{box-sizing:border-box}
html{-webkit-text-size-adjust:100%;text-size-adjust:100%;scroll-padding-top:1rem;scroll-behavior:smooth}
body{margin:0;background:var(--paper);color:var(--ink);font:400 1rem/1.5 var(--sans);
overflow-wrap:anywhere;font-variant-numeric:tabular-nums;-webkit-font-smoothing:antialiased}
h1,h2,h3,p,dl,dd,ul,ol,fieldset,figure{margin:0;padding:0;border:0}
ul,ol{list-style:none}
h1,h2,h3,legend,summary{text-wrap:balance}
a{color:var(--accent);text-underline-offset:.15em}
:focus-visible{outline:3px solid var(--accent);outline-offset:2px;border-radius:6px}
@media (prefers-reduced-motion:reduce){html{scroll-behavior:auto}}
`;
