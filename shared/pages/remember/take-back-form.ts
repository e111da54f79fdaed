import { attributes, type Html, html } from '../html.ts';
import type { Place } from '../request-view.ts';

/** Takes a remembered yes back, with a reason. `n` tells the forms of one page apart. */
export function takeBackForm(
  { root, formToken }: Pick<Place, 'root' | 'formToken'>,
  { shapeId, n }: { readonly shapeId: string; readonly n: number },
): Html {
  const [id, hint] = [`take-back-${n}`, `take-back-${n}-hint`];
  return html`<details class="more"><summary>Take it back</summary><form method="post" class="answer" autocomplete="off" accept-charset="utf-8"${attributes({ action: `${root}/remembered/${shapeId}` })}><input type="hidden" name="csrf" value="${formToken}"><div class="field"><label for="${id}">Reason</label><p class="hint" id="${hint}">From then on people are asked again. Kept for everybody of the team to read.</p><textarea id="${id}" name="reason" rows="2" maxlength="2000" dir="auto" required aria-describedby="${hint}"></textarea></div><div class="verbs"><div><button type="submit" class="reject">Take it back now</button></div></div></form></details>`;
}
