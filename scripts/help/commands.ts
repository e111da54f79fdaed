/** The scripts of package.json in the order of a first week, each with what it is for. */
export const COMMANDS: readonly {
  readonly title: string;
  readonly commands: readonly (readonly [name: string, what: string])[];
}[] = [
  {
    title: 'To run it',
    commands: [
      ['start', 'the whole system on this machine, until Ctrl-C'],
      ['demo', "the same with a morning's traffic, and what became of it"],
      ['trigger', 'starts a case: a webhook, a file, a mail, an event'],
      ['case', 'the newest cases, or the whole story of one'],
      ['verify', 'whether the record of a case was changed'],
    ],
  },
  {
    title: 'To build a workflow',
    commands: [
      ['new', 'asks five questions and writes a workflow'],
      ['build', 'bundles and learned models; says with its line what cannot be used'],
      ['eval', 'measures a workflow on labelled examples, and whether it passes its gates'],
      ['examples', 'corrections of people, as labelled examples'],
      ['backtest', 'which past cases another rule or threshold would have changed'],
      ['tools', 'tools of an MCP server, with their digests'],
    ],
  },
  {
    title: 'To give it freedom, and to watch it',
    commands: [
      ['autonomy', 'what a workflow has earned, and what is missing for the next phase'],
      ['seed', 'puts questions with known answers among those that wait'],
      ['drift', 'whether what comes in has moved away from what was learned'],
      ['roi', 'whether it pays'],
      ['cost', 'what cases cost on AWS'],
      ['access', 'what each function is allowed and has never used'],
      ['evidence', 'a folder that an auditor can check offline'],
      ['erase', 'takes one person out of everything that is kept'],
    ],
  },
  {
    title: 'To deploy it',
    commands: [
      ['synth', 'the CloudFormation template, in cdk.out; needs no account'],
      ['predeploy', 'what a deploy of this tree means for the questions that wait'],
    ],
  },
  {
    title: 'To change Remit itself',
    commands: [
      ['check', 'the fast part of what must hold'],
      ['test', 'all that must hold'],
      ['format', 'puts the sources in form'],
      ['local', 'the local AWS alone, on a template that is there'],
      ['conformance', 'the local state machines against what Step Functions is known to do'],
      ['bench:init', 'how long functions take to start'],
      ['bench:local', 'how many cases this machine does'],
      ['bench:cascade', 'what the tiers of models decide, and cost'],
      ['bench:evidence', 'how many examples it takes'],
      ['bench:models', 'how good the learned models are'],
      ['bench:console', 'how long the pages for owners take'],
      ['help', 'this list'],
    ],
  },
];
