import { page } from './page.ts';

/** Where to look and what scripts may call. */
export function indexPage(): string {
  return page(
    'Remit on this machine',
    `<h1>Remit on this machine</h1>
<p>The sign-in of this machine believes every name; <code>sales-lead@remit.example</code> is asked most.</p>
<h2>For people</h2>
<ul>
<li><a href="/inbox">Inbox: what somebody is asked</a></li>
<li><a href="/cases">Cases: what the agents decided</a></li>
<li><a href="/workflows">Workflows: how each of them does</a></li>
<li><a href="/start">Start a case by hand</a></li>
</ul>
<h2>Outside of Remit, as it stands in for it</h2>
<p>No mail leaves this machine.</p>
<ul>
<li><a href="/_local/mail/">Caught mails</a> (<a href="/_local/mail">as JSON</a>)</li>
<li><a href="/_local/channels/">Channels, as Slack would show them</a> (<a href="/_local/channels">as JSON</a>)</li>
<li><a href="/_local/crm/">CRM</a> (<a href="/_local/crm">as JSON</a>)</li>
<li><a href="/_local/files/">Files in buckets, and a form to drop one</a> (<a href="/_local/files">as JSON</a>)</li>
<li><a href="/_local/effects/">What agents did in the sandbox</a></li>
</ul>
<h2>How it runs</h2>
<ul>
<li><a href="/_local/alarms">Alarms</a></li>
<li><a href="/_local/metrics">Metrics</a></li>
<li><a href="/_local/meter">What all calls so far would cost on AWS</a> (<code>?caseId=</code> for one case)</li>
<li><a href="/_local/access">What each role has used of what it is allowed</a></li>
<li><a href="/_local/clock">The runtime's time</a></li>
</ul>
<h2>For scripts</h2>
<ul>
<li><code>POST /_local/mail/reply {"mail", "text"}</code>: answers a mail as its reader would; the answer comes in as any mail does</li>
<li><code>GET /_local/mail/stand-ins</code>: mails that stand-ins, such as the help desk, would have sent</li>
<li><code>POST /_local/mail/inbound {"from", "to", "subject", "text"}</code>, or a mail as <code>message/rfc822</code>: a mail that comes in</li>
<li><code>GET /_local/effects?caseId=</code>: what sandbox connectors performed</li>
<li><code>GET /_local/cards?caseId=</code>: what the sandbox's channels show of its questions</li>
<li><code>POST /_local/token {"user", "groups"}</code>: a bearer token</li>
<li><code>POST /_local/sign {"workflow", "body"}</code>: the headers of a signed webhook</li>
<li><code>POST /_local/clock {"advanceSeconds"}</code>: moves the time forward</li>
<li><code>POST /_local/erase {"texts"}</code>: takes out caught mails and histories of ended executions that hold one of these</li>
</ul>`,
  );
}
