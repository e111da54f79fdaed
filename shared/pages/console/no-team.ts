import { html } from '../html.ts';

/** Said in place of a list to somebody whom no workflow names. */
export const noTeam = html`<p class="note">No workflow names you. Its team is set where it is defined; operators read them all.</p>`;
