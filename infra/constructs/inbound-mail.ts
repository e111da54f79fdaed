import { Annotations, ArnFormat, CfnOutput, Duration, Stack } from 'aws-cdk-lib';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { SqsDestination } from 'aws-cdk-lib/aws-lambda-destinations';
import { EmailIdentity, Identity, type ReceiptRuleOptions, ReceiptRuleSet, TlsPolicy } from 'aws-cdk-lib/aws-ses';
import { Construct } from 'constructs';
import type { InboundMailTrigger, Workflow } from '../../shared/authoring/index.ts';
import { FilesBucket } from './files-bucket.ts';
import type { Intake } from './intake.ts';
import { RemitFunction } from './remit-function.ts';

/** For how long a mail is kept as it came; what was read of it is in the case. */
const KEPT_DAYS = 30;

const RULE_SET_NAME = 'remit-inbound';

export interface InboundMailProps {
  readonly workflows: readonly Workflow[];
  readonly intake: Intake;
  /** The domain that mail is received for; empty for none. */
  readonly domain: string;
  /** Domain of the identity that the stack verifies anyway. */
  readonly mailDomain: string;
  readonly mailFrom: string;
  /** What the function that reads mails needs beside the mails. */
  readonly grant: (reader: RemitFunction) => void;
  /** Removes the mails of people who are to be forgotten. */
  readonly eraser: RemitFunction;
}

/** Whether any mail comes in: answers can be told where to come to. */
export function receivesMail(workflows: readonly Workflow[], domain: string): boolean {
  return domain !== '' && workflows.some(({ triggers }) => triggers.some(isInboundMail));
}

/**
 * Mail that starts cases: a receipt rule for each address keeps the mail in a bucket and calls the function that reads it.
 * Without a domain, or without a workflow that waits for mail, nothing of it is made.
 */
export class InboundMail extends Construct {
  constructor(scope: Construct, id: string, props: InboundMailProps) {
    super(scope, id);
    const addresses = props.workflows.flatMap(({ id: workflow, triggers }) =>
      triggers.filter(isInboundMail).map((trigger) => ({ workflow, trigger })),
    );
    if (addresses.length === 0) return;
    if (props.domain === '') {
      const names = addresses.map(({ workflow, trigger }) => `${workflow}/${trigger.id}`).join(', ');
      Annotations.of(this).addWarningV2(
        'remit:no-inbound-domain',
        `No mail starts ${names}: set remit:inboundMailDomain to the domain that mail is received for.`,
      );
      return;
    }
    this.#make(addresses, props);
  }

  #make(addresses: readonly Address[], props: InboundMailProps): void {
    const { intake, domain, mailDomain, mailFrom, grant, eraser } = props;
    const { bucket } = new FilesBucket(this, 'Mails', { keptDays: KEPT_DAYS });
    // A mail of 40 MB is taken apart in memory.
    const reader = new RemitFunction(this, 'ReceiveMail', {
      entry: 'receive-mail',
      memorySize: 1_024,
      timeout: Duration.seconds(60),
    });
    reader.set('REMIT_INBOUND_BUCKET', bucket.bucketName);
    reader.set('REMIT_INBOUND_DOMAIN', domain);
    reader.set('REMIT_MAIL_FROM', mailFrom);
    reader.allow(new PolicyStatement({ actions: ['s3:GetObject'], resources: [bucket.arnForObjects('mail/*')] }));
    eraser.allow(new PolicyStatement({ actions: ['s3:DeleteObject'], resources: [bucket.arnForObjects('mail/*')] }));
    intake.grantSend(reader);
    grant(reader);
    reader.live.configureAsyncInvoke({
      onFailure: new SqsDestination(intake.deadLetters),
      retryAttempts: 2,
      maxEventAge: Duration.hours(6),
    });
    if (domain !== mailDomain) new EmailIdentity(this, 'Domain', { identity: Identity.domain(domain) });
    const rules = this.#rules(addresses, props, {
      bucketName: bucket.bucketName,
      functionArn: reader.live.functionArn,
    });
    this.#letSesIn(reader, bucket);
    // SES tries both as the rule is made.
    if (bucket.policy !== undefined) rules.node.addDependency(bucket.policy);
    rules.node.addDependency(reader.live);
    new CfnOutput(this, 'RuleSet', {
      value: RULE_SET_NAME,
      description: 'Receives mail once it is the active one: aws ses set-active-receipt-rule-set --rule-set-name',
    });
  }

  /** A rule takes an address with whatever stands in it behind a plus. */
  #rules(
    addresses: readonly Address[],
    { domain, mailFrom }: InboundMailProps,
    place: { readonly bucketName: string; readonly functionArn: string },
  ): ReceiptRuleSet {
    const rules = new ReceiptRuleSet(this, 'Rules', { receiptRuleSetName: RULE_SET_NAME });
    for (const { workflow, trigger } of addresses) {
      const name = `${workflow}-${trigger.id}`;
      rules.addRule(name, receiptRule(name, [`${trigger.to}@${domain}`], `${workflow}/${trigger.id}`, place));
    }
    // Answers to what our own people get, and to whoever answers to the sender of a mail in place of its Reply-To.
    const ours = [`${ANSWERS}@${domain}`, ...(mailFrom.endsWith(`@${domain}`) ? [mailFrom] : [])];
    rules.addRule(ANSWERS, receiptRule(ANSWERS, ours, ANSWERS, place));
    return rules;
  }

  /** For the rules of this set alone. */
  #letSesIn(reader: RemitFunction, bucket: FilesBucket['bucket']): void {
    const stack = Stack.of(this);
    const rules = stack.formatArn({
      service: 'ses',
      resource: 'receipt-rule-set',
      resourceName: `${RULE_SET_NAME}:receipt-rule/*`,
      arnFormat: ArnFormat.SLASH_RESOURCE_NAME,
    });
    bucket.addToResourcePolicy(
      new PolicyStatement({
        principals: [new ServicePrincipal('ses.amazonaws.com')],
        actions: ['s3:PutObject'],
        resources: [bucket.arnForObjects('mail/*')],
        conditions: { StringEquals: { 'aws:SourceAccount': stack.account }, ArnLike: { 'aws:SourceArn': rules } },
      }),
    );
    reader.live.addPermission('Ses', {
      principal: new ServicePrincipal('ses.amazonaws.com'),
      sourceAccount: stack.account,
      sourceArn: rules,
    });
  }
}

interface Address {
  readonly workflow: string;
  readonly trigger: InboundMailTrigger;
}

const LONGEST_RULE_NAME = 64;
/** What stands before the @ of the address for answers, and the folder of such mails; the rules of mails have the same name. */
const ANSWERS = 'answers';

function receiptRule(
  name: string,
  recipients: string[],
  folder: string,
  { bucketName, functionArn }: { readonly bucketName: string; readonly functionArn: string },
): ReceiptRuleOptions {
  return {
    receiptRuleName: name.slice(0, LONGEST_RULE_NAME),
    recipients,
    scanEnabled: true,
    tlsPolicy: TlsPolicy.REQUIRE,
    actions: [
      { bind: () => ({ s3Action: { bucketName, objectKeyPrefix: `mail/${folder}/` } }) },
      // Only once the mail is kept.
      { bind: () => ({ lambdaAction: { functionArn, invocationType: 'Event' } }) },
    ],
  };
}

function isInboundMail(trigger: Workflow['triggers'][number]): trigger is InboundMailTrigger {
  return trigger.kind === 'inbound-mail';
}
