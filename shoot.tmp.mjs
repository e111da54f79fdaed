import { chromium } from 'playwright-core';

const [, , file, name, dark] = process.argv;
const b = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox'] });
for (const [w, h] of [
  [1280, 1700],
  [390, 1900],
]) {
  const p = await b.newPage({ viewport: { width: w, height: h }, colorScheme: dark === 'dark' ? 'dark' : 'light' });
  await p.goto('file://' + file);
  await p.evaluate('document.querySelectorAll(".worst details")[0].open = true');
  const full = await p.evaluate('document.documentElement.scrollHeight');
  const wide = await p.evaluate('document.documentElement.scrollWidth');
  console.log(w, 'scroll', wide, full);
  for (let i = 0; i * h < full && i < 6; i++)
    await p.screenshot({
      path: `/tmp/w/${name}${w}-${i}.png`,
      clip: { x: 0, y: i * h, width: w, height: Math.min(h, full - i * h) },
      fullPage: true,
    });
  await p.close();
}
await b.close();
