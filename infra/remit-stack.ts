import { ArnFormat, Aspects, CfnOutput, Stack, type StackProps } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { EmailIdentity, Identity } from 'aws-cdk-lib/aws-ses';
import type { Construct } from 'constructs';
import type { Workflow } from '../shared/authoring/index.ts';
import type { Watched } from './alarms-stack.ts';
import { Autonomy } from './constructs/autonomy.ts';
import { BatchMachine } from './constructs/batch-machine.ts';
import { BroughtFiles } from './constructs/brought-files.ts';
import { CaseMachines } from './constructs/case-machines.ts';
import { letAskClaude } from './constructs/claude-access.ts';
import { Connectors } from './constructs/connectors.ts';
import { DataStores } from './constructs/data-stores.ts';
import { Erasure } from './constructs/erasure.ts';
import { Evaluations } from './constructs/evaluations.ts';
import { InboundMail, receivesMail } from './constructs/inbound-mail.ts';
import { Intake } from './constructs/intake.ts';
import { LogRetention } from './constructs/log-retention.ts';
import { OwnerConsole } from './constructs/owner-console.ts';
import type { RemitFunction } from './constructs/remit-function.ts';
import { Rescue } from './constructs/rescue.ts';
import { StepFunctions } from './constructs/step-functions.ts';
import { Sweep } from './constructs/sweep.ts';
import { WebApi } from './constructs/web-api.ts';
import { WEBHOOK_SECRET_PREFIX, WorkflowTriggers } from './constructs/workflow-triggers.ts';
import type { DeploymentSettings } from './settings.ts';
import type { DeployedVersions } from './versions.ts';

export interface RemitStackProps extends StackProps {
  readonly workflows: readonly Workflow[];
  readonly settings: DeploymentSettings;
  readonly versions: DeployedVersions;
}

/** The whole system but its alarms. Everything that belongs to one workflow is made from its definition. */
export class RemitStack extends Stack {
  readonly #props: RemitStackProps;
  readonly #stores: DataStores;
  readonly #steps: StepFunctions;
  readonly #intake: Intake;
  readonly #web: WebApi;
  readonly #rescue: Rescue;
  readonly #autonomy: Autonomy;
  readonly #erasure: Erasure;
  readonly #evaluations: Evaluations;
  readonly #console: OwnerConsole;
  readonly #identity: EmailIdentity;

  constructor(scope: Construct, id: string, props: RemitStackProps) {
    super(scope, id, props);
    this.#props = props;
    Aspects.of(this).add(new LogRetention(props.settings.logRetentionDays));
    this.#stores = new DataStores(this, 'Stores');
    this.#steps = new StepFunctions(this, 'Steps');
    this.#intake = new Intake(this, 'Intake');
    this.#web = new WebApi(this, 'Web', { publicUrl: props.settings.publicUrl });
    this.#rescue = new Rescue(this, 'Rescue');
    this.#autonomy = new Autonomy(this, 'Autonomy');
    this.#erasure = new Erasure(this, 'Erasure', props.settings);
    this.#evaluations = new Evaluations(this, 'Evaluations', props.settings);
    this.#console = new OwnerConsole(this, 'OwnerConsole');
    this.#identity = new EmailIdentity(this, 'MailDomain', { identity: Identity.domain(props.settings.mailDomain) });
    this.#grantData();
    this.#grantShapes();
    this.#grantMail();
    this.#grantSecrets();
    this.#grantConnectors();
    for (const fn of [
      this.#intake.startCase,
      this.#steps.openCase,
      this.#steps.evaluate,
      ...this.#autonomy.functions,
      this.#evaluations.startEvaluation,
      this.#console.showConsole,
    ]) {
      fn.set('REMIT_VERSIONS', JSON.stringify(props.versions));
    }
    this.#connect();
    new CfnOutput(this, 'Url', { value: this.#web.publicUrl });
    new CfnOutput(this, 'IntakeArn', { value: this.#intake.queue.queueArn });
    new CfnOutput(this, 'DeadLettersArn', { value: this.#intake.deadLetters.queueArn });
    new CfnOutput(this, 'DeadLettersUrl', { value: this.#intake.deadLetters.queueUrl });
  }

  /** What alarms of other stacks look at, beside the metrics that the functions count. */
  get watched(): Watched {
    const { queue, deadLetters } = this.#intake;
    return { intake: queue, deadLetters, apiId: this.#web.api.apiId, receivesMail: this.#receivesMail };
  }

  #grantData(): void {
    const {
      openCase,
      runTurn,
      advanceCase,
      openRequest,
      awaitAnswer,
      remindRequest,
      settleRequest,
      performAction,
      closeCase,
      tellOutcome,
      advanceBatch,
    } = this.#steps;
    const { answerRequest, showRequest, readCases, showInbox, setAbsence, sendCode } = this.#web;
    const { startCase } = this.#intake;
    const writers = [
      startCase,
      openCase,
      advanceCase,
      openRequest,
      remindRequest,
      settleRequest,
      performAction,
      closeCase,
      answerRequest,
      this.#rescue.rescueCase,
    ];
    for (const writer of writers) this.#stores.grantCommit(writer);
    const readers = [showRequest, readCases, showInbox, sendCode, tellOutcome, advanceBatch];
    for (const reader of readers) this.#stores.grantReadCase(reader);
    const actionReaders = [advanceCase, closeCase, answerRequest, readCases, advanceBatch];
    for (const reader of actionReaders) this.#stores.grantReadActions(reader);
    const listReaders = [answerRequest, readCases, showInbox, this.#rescue.rescueCase];
    for (const reader of listReaders) this.#stores.grantReadLists(reader);
    const settingsReaders = [
      openRequest,
      remindRequest,
      startCase,
      openCase,
      performAction,
      showRequest,
      sendCode,
      tellOutcome,
    ];
    for (const reader of settingsReaders) this.#stores.grantReadSettings(reader);
    this.#stores.grantReadIntents(answerRequest);
    const askers = [openRequest, remindRequest, settleRequest, answerRequest, tellOutcome];
    for (const reader of [...askers, showRequest, showInbox, sendCode]) this.#stores.grantReadAsked(reader);
    const ledgerReaders = [advanceCase, performAction, closeCase, answerRequest, readCases];
    for (const reader of [...ledgerReaders, showRequest, showInbox, sendCode]) this.#stores.grantReadLedger(reader);
    for (const reader of [advanceCase, answerRequest]) this.#stores.grantReadCaps(reader);
    // Whether other actions of the case are done.
    this.#stores.grantReadActions(performAction);
    this.#stores.grantKeepAbsences(setAbsence);
    this.#stores.grantNoteTold(tellOutcome);
    this.#stores.grantRenewCodes(sendCode);
    for (const fn of [openRequest, remindRequest, tellOutcome]) this.#stores.grantShowCards(fn);
    for (const checker of [performAction, openRequest, awaitAnswer]) this.#stores.grantCheckCase(checker);
    this.#autonomy.grantData(this.#stores);
    this.#erasure.grantData(this.#stores, [startCase, openCase]);
    this.#evaluations.grantData(this.#stores, this.#steps);
    this.#console.grantData(this.#stores);
    // What counts against the agents takes their phase at once.
    for (const reader of [advanceCase, performAction]) this.#stores.grantReadLists(reader);
    this.#stores.grantStoreToken(awaitAnswer);
    this.#stores.grantUseToken(answerRequest);
    this.#stores.grantSpend(runTurn);
    this.#stores.grantKeepReadings(runTurn);
    this.#stores.grantKeepTurns(runTurn);
    // What people made of earlier answers of its models.
    this.#stores.grantReadLists(runTurn);
    this.#stores.grantUseReadings(advanceCase);
    this.#stores.grantReadSandbox(runTurn);
    this.#stores.grantListSandbox(startCase);
    this.#stores.grantActInSandbox(performAction);
    this.#stores.grantWorkOffBatches(advanceBatch);
  }

  /** Remembered approvals, and what is read to test a rule on the past. */
  #grantShapes(): void {
    const { rememberShape, backTest } = this.#web;
    this.#stores.grantCommit(rememberShape);
    this.#stores.grantReadCase(backTest);
    for (const reader of [rememberShape, backTest]) {
      this.#stores.grantReadLists(reader);
      this.#stores.grantReadLedger(reader);
    }
    for (const reader of [this.#steps.advanceCase, backTest]) this.#stores.grantReadShapes(reader);
  }

  #grantMail(): void {
    const { openRequest, remindRequest, performAction, tellOutcome, advanceBatch } = this.#steps;
    const { watchAutonomy } = this.#autonomy;
    const asking = [openRequest, remindRequest, tellOutcome, this.#web.sendCode];
    const senders = [...asking, performAction, advanceBatch, watchAutonomy];
    for (const sender of senders) this.#letSend(sender);
    for (const linker of [openRequest, remindRequest, tellOutcome]) linker.set('REMIT_PUBLIC_URL', this.#web.publicUrl);
    if (this.#receivesMail) this.#erasure.grantKey(performAction);
  }

  #letSend(sender: RemitFunction): void {
    const { mailFrom, inboundMailDomain } = this.#props.settings;
    sender.allow(
      new PolicyStatement({
        actions: ['ses:SendEmail'],
        resources: [this.#identity.emailIdentityArn],
        conditions: { StringEquals: { 'ses:FromAddress': mailFrom } },
      }),
    );
    sender.set('REMIT_MAIL_FROM', mailFrom);
    if (this.#receivesMail) sender.set('REMIT_INBOUND_DOMAIN', inboundMailDomain);
  }

  get #receivesMail(): boolean {
    return receivesMail(this.#props.workflows, this.#props.settings.inboundMailDomain);
  }

  /** Reads mails, and finds what they answer. */
  #grantReadMail(reader: RemitFunction): void {
    this.#stores.grantFindAnswered(reader);
    this.#erasure.grantKey(reader);
    this.#letSend(reader);
    reader.set('REMIT_PUBLIC_URL', this.#web.publicUrl);
  }

  #grantSecrets(): void {
    const { settings } = this.#props;
    const askers = [this.#steps.runTurn, this.#steps.evaluate];
    const apiKey = letAskClaude(this, settings, askers);
    const { receiveWebhook } = this.#web;
    receiveWebhook.allow(
      new PolicyStatement({
        actions: ['secretsmanager:GetSecretValue'],
        resources: [
          this.formatArn({
            service: 'secretsmanager',
            resource: 'secret',
            resourceName: `${WEBHOOK_SECRET_PREFIX}*`,
            arnFormat: ArnFormat.COLON_RESOURCE_NAME,
          }),
        ],
      }),
    );
    for (const reader of [...askers, receiveWebhook]) {
      reader.set('REMIT_WEBHOOK_SECRET_PREFIX', WEBHOOK_SECRET_PREFIX);
      reader.set('REMIT_ANTHROPIC_KEY_SECRET', apiKey.secretName);
    }
  }

  /** An action's facts are read again right before it, so its function reads too. */
  #grantConnectors(): void {
    const { workflows, settings } = this.#props;
    const connectors = new Connectors(this, 'Connectors', { workflows, retentionDays: settings.retentionDays });
    const { runTurn, performAction } = this.#steps;
    for (const reader of [runTurn, performAction]) connectors.grantRead(reader);
    connectors.grantAct(performAction);
  }

  /** Versions of functions are fixed from here on: all settings have been made. */
  #connect(): void {
    this.#intake.grantSend(this.#steps.advanceBatch);
    const machines = new CaseMachines(this, 'Machines', this.#steps);
    const { answerRequest } = this.#web;
    machines.grantStartCase(this.#intake.startCase);
    const batches = new BatchMachine(this, 'Batches', {
      ...{ machines, intake: this.#intake, advanceBatch: this.#steps.advanceBatch },
    });
    batches.grantStart(this.#intake.startCase);
    for (const starter of [this.#rescue.rescueCase, answerRequest]) machines.grantRestartCase(starter);
    machines.grantAnswer(answerRequest);
    this.#autonomy.grantAsk(machines);
    this.#evaluations.connect(machines, this.#steps);
    for (const sender of [this.#web.receiveWebhook, this.#web.startByHand]) this.#intake.grantSend(sender);
    this.#intake.connect();
    machines.connectAfter(this.#intake.startCase);
    const signedIn = [...this.#autonomy.routes(), ...this.#erasure.routes(), ...this.#evaluations.routes()];
    this.#web.connect(signedIn, [...this.#evaluations.pages(), ...this.#console.pages(), ...this.#autonomy.pages()]);
    this.#autonomy.connect(this.#intake.deadLetters);
    this.#intake.grantEraseDeadLetters(this.#erasure.eraseSubject);
    this.#erasure.connect(this.#intake.deadLetters);
    new Sweep(this, 'Sweep', this.#web.answerRequest);
    this.#rescue.connect(machines, this.#intake.deadLetters);
    const { workflows, settings } = this.#props;
    const { inboundMailDomain: domain, mailDomain, mailFrom } = settings;
    const grant = (reader: RemitFunction): void => this.#grantReadMail(reader);
    const eraser = this.#erasure.eraseSubject;
    new InboundMail(this, 'InboundMail', {
      ...{ workflows, intake: this.#intake, domain, mailDomain, mailFrom, grant, eraser },
    });
    new BroughtFiles(this, 'BroughtFiles', {
      ...{ workflows, intake: this.#intake, advanceBatch: this.#steps.advanceBatch },
    });
    const triggers = new WorkflowTriggers(this, 'Triggers', this.#intake);
    triggers.letRulesSend(workflows);
    for (const workflow of workflows) triggers.add(workflow);
  }
}
