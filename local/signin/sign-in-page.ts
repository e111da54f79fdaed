import { escapeHtml } from '../surface/page.ts';
import type { KnownPerson } from './sessions.ts';

export interface SignInPage {
  /** Where the form goes; what was asked for stays in it. */
  readonly action: string;
  readonly hidden: Readonly<Record<string, string>>;
  readonly email: string;
  readonly chosenGroups: readonly string[];
  readonly groups: readonly string[];
  readonly people: readonly KnownPerson[];
  /** Null while nothing is wrong. */
  readonly problem: string | null;
}

/** A page on which somebody says who they are. It proves nothing, and says so. */
export function signInPage(page: SignInPage): string {
  return frame(
    'Sign in',
    `<h1>Sign in</h1>
<p class="note">This stands in for the sign-in of your AWS account, on this machine only. Nobody is asked for a password: be whoever you want to try.</p>
${page.people.length === 0 ? '' : knownPeople(page)}
<form method="post" action="${escapeHtml(page.action)}">
${hiddenInputs(page.hidden)}
<label for="email">E-mail address</label>
<input id="email" name="email" type="email" required autocomplete="off" autofocus value="${escapeHtml(page.email)}"${page.problem === null ? '' : ' aria-invalid="true" aria-describedby="problem"'}>
${page.problem === null ? '' : `<p id="problem" class="problem" role="alert">${escapeHtml(page.problem)}</p>`}
${page.groups.length === 0 ? '' : groupChoice(page)}
<label for="more">${page.groups.length === 0 ? 'Groups' : 'Other groups'} <small>(with spaces between, may be empty)</small></label>
<input id="more" name="more" type="text" autocomplete="off" value="${escapeHtml(page.chosenGroups.filter((one) => !page.groups.includes(one)).join(' '))}">
<button type="submit">Sign in</button>
</form>`,
  );
}

/** For what must not be answered by sending the browser anywhere. */
export function refusalPage(title: string, text: string): string {
  return frame(title, `<h1>${escapeHtml(title)}</h1>\n<p>${escapeHtml(text)}</p>`);
}

function knownPeople({ people, action, hidden }: SignInPage): string {
  const buttons = people.map(
    ({ email, groups }) => `<form method="post" action="${escapeHtml(action)}" class="person">
${hiddenInputs({ ...hidden, email, more: groups.join(' ') })}
<button type="submit"><strong>${escapeHtml(email)}</strong><span>${escapeHtml(groups.length === 0 ? 'no groups' : groups.join(', '))}</span></button>
</form>`,
  );
  return `<section aria-labelledby="known"><h2 id="known">As before</h2>\n${buttons.join('\n')}\n</section>\n<h2>As somebody else</h2>`;
}

function groupChoice({ groups, chosenGroups }: SignInPage): string {
  const boxes = groups.map((group) => {
    const checked = chosenGroups.includes(group) ? ' checked' : '';
    return `<label class="box"><input type="checkbox" name="group" value="${escapeHtml(group)}"${checked}> ${escapeHtml(group)}</label>`;
  });
  return `<fieldset><legend>Groups</legend>\n${boxes.join('\n')}\n</fieldset>`;
}

function hiddenInputs(hidden: Readonly<Record<string, string>>): string {
  const inputs = Object.entries(hidden).map(
    ([name, value]) => `<input type="hidden" name="${escapeHtml(name)}" value="${escapeHtml(value)}">`,
  );
  return inputs.join('\n');
}

function frame(title: string, body: string): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)} · Remit on this machine</title>
<style>
  :root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif; --line: light-dark(#c6c9d0, #4a4f5a); --accent: light-dark(#1f4fbf, #8fb2ff); --card: light-dark(#fff, #1d2026); --page: light-dark(#f3f4f7, #121418); --red: light-dark(#a3161f, #ff9d9d); }
  * { box-sizing: border-box; }
  body { margin: 0; background: var(--page); }
  main { max-width: 26rem; margin: 8vh auto; padding: 1.75rem; background: var(--card); border: 1px solid var(--line); border-radius: 12px; }
  h1 { font-size: 1.4rem; margin: 0 0 .5rem; } h2 { font-size: 1rem; margin: 1.5rem 0 .5rem; }
  .note { margin: 0 0 1.25rem; padding: .6rem .8rem; border-left: 3px solid var(--accent); background: var(--page); font-size: .9rem; }
  label, legend { display: block; margin: 1rem 0 .25rem; font-weight: 600; } small { font-weight: 400; }
  fieldset { margin: 1rem 0 0; padding: 0; border: 0; } legend { margin: 0; padding: 0; }
  .box { font-weight: 400; margin: .25rem 0; min-height: 1.75rem; }
  input:not([type=checkbox]), button { width: 100%; font: inherit; padding: .6rem .75rem; border-radius: 8px; border: 1px solid var(--line); background: transparent; color: inherit; }
  button { margin-top: 1.25rem; border-color: var(--accent); background: var(--accent); color: var(--card); font-weight: 600; cursor: pointer; min-height: 2.75rem; }
  .person button { margin-top: .4rem; background: transparent; color: inherit; border-color: var(--line); text-align: left; font-weight: 400; overflow-wrap: anywhere; }
  .person span { display: block; font-size: .875rem; opacity: .8; }
  :focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
  .problem { color: var(--red); margin: .25rem 0 0; }
</style>
</head>
<body>
<main>
${body}
</main>
</body>
</html>
`;
}
