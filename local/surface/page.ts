/** A plain page of the surface. */
export function page(title: string, body: string): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<link rel="icon" href="data:,">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)}</title>
<style>
  :root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif; }
  body { max-width: 48rem; margin: 0 auto; padding: 1rem; }
  article { border-top: 1px solid #8886; padding: 1rem 0; }
  h1 { font-size: 1.3rem; } h2 { font-size: 1.05rem; margin: 0; }
  dl { display: grid; grid-template-columns: max-content 1fr; gap: 0 .75rem; margin: .25rem 0; }
  dt { opacity: .7; } dd { margin: 0; overflow-wrap: anywhere; }
  iframe { box-sizing: border-box; width: 100%; height: 44rem; border: 1px solid #8886; border-radius: 4px; background: #fff; }
  pre { white-space: pre-wrap; overflow-wrap: anywhere; }
  li { overflow-wrap: anywhere; }
  form { display: grid; gap: .5rem; } label { display: grid; } label.choice { display: block; }
  input:not([type=checkbox]), select, textarea { font: inherit; box-sizing: border-box; width: 100%; padding: .4rem; }
  button { font: inherit; justify-self: start; padding: .4rem 1.2rem; }
</style>
</head>
<body>
${body}
</body>
</html>
`;
}

export function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}
