import { chromium } from 'playwright-core';
const b = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox'] });
const p = await b.newPage({ viewport: { width: 390, height: 1500 } });
await p.goto('file:///work/h-evals/.remit/evals/lead-qualification/report.html');
await p.evaluate('document.querySelector(".worst details").open = true; document.querySelectorAll(".worst")[1].querySelector("details").open = true');
for (const [n, sel] of [['a','.worst >> nth=0'],['b','.stack:has(.shares)'],['c','.plot >> nth=0'],['d','.matrix >> nth=3']]) await p.locator(sel).first().screenshot({ path: `/tmp/w/x/${n}.png` });
await b.close();
