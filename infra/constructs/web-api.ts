import { Aws, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { CfnStage, HttpApi, HttpMethod, type HttpRouteProps } from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpUserPoolAuthorizer } from 'aws-cdk-lib/aws-apigatewayv2-authorizers';
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import {
  CfnManagedLoginBranding,
  ManagedLoginVersion,
  Mfa,
  OAuthScope,
  UserPool,
  type UserPoolClient,
} from 'aws-cdk-lib/aws-cognito';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { RemitFunction } from './remit-function.ts';

/** A flood from outside is cut off here, before it costs anything. */
const THROTTLE = { rateLimit: 200, burstLimit: 500 } as const;

/** The route and not the path: the link of a mail is a secret. Nothing of who called. */
const ACCESS_LOG = {
  requestId: '$context.requestId',
  time: '$context.requestTime',
  route: '$context.routeKey',
  status: '$context.status',
  latencyMs: '$context.responseLatency',
  problem: '$context.error.message',
  refused: '$context.authorizer.error',
};

/** What the world reaches: webhooks, the pages for people, and the API for people who are signed in. */
export class WebApi extends Construct {
  readonly api: HttpApi;
  readonly receiveWebhook: RemitFunction;
  readonly showRequest: RemitFunction;
  readonly answerRequest: RemitFunction;
  readonly readCases: RemitFunction;
  readonly rememberShape: RemitFunction;
  readonly backTest: RemitFunction;
  readonly signIn: RemitFunction;
  readonly showInbox: RemitFunction;
  readonly setAbsence: RemitFunction;
  readonly startByHand: RemitFunction;
  readonly sendCode: RemitFunction;
  readonly #publicUrl: string;
  readonly #integrations = new Map<RemitFunction, HttpLambdaIntegration>();

  /** `publicUrl`: in place of the API's own address; empty for that. */
  constructor(scope: Construct, id: string, { publicUrl }: { readonly publicUrl: string }) {
    super(scope, id);
    this.#publicUrl = publicUrl.replace(/\/$/, '');
    this.api = new HttpApi(this, 'Api', { apiName: 'remit', createDefaultStage: true });
    const stage = this.api.defaultStage?.node.defaultChild;
    if (stage instanceof CfnStage) this.#guard(stage);
    this.receiveWebhook = new RemitFunction(this, 'ReceiveWebhook', { entry: 'receive-webhook' });
    this.showRequest = new RemitFunction(this, 'ShowRequest', { entry: 'show-request' });
    this.answerRequest = new RemitFunction(this, 'AnswerRequest', { entry: 'answer-request' });
    this.readCases = new RemitFunction(this, 'ReadCases', { entry: 'read-cases' });
    // Both read what some hundred ledgers hold.
    this.rememberShape = new RemitFunction(this, 'RememberShape', { entry: 'remember-shape', memorySize: 1_024 });
    this.backTest = new RemitFunction(this, 'BackTest', { entry: 'back-test', memorySize: 1_024 });
    this.signIn = new RemitFunction(this, 'SignIn', { entry: 'sign-in' });
    this.showInbox = new RemitFunction(this, 'ShowInbox', { entry: 'show-inbox' });
    this.setAbsence = new RemitFunction(this, 'SetAbsence', { entry: 'set-absence' });
    this.startByHand = new RemitFunction(this, 'StartByHand', { entry: 'start-by-hand' });
    this.sendCode = new RemitFunction(this, 'SendCode', { entry: 'send-code' });
  }

  get publicUrl(): string {
    return this.#publicUrl === '' ? this.api.apiEndpoint : this.#publicUrl;
  }

  /** Called when all settings of the functions are made, because their versions are fixed then. */
  connect(signedIn: readonly SignedInRoute[] = [], pages: readonly PageRoute[] = []): void {
    const { authorizer, client, pool } = this.#signIn();
    this.sendCode.set('REMIT_PUBLIC_URL', this.publicUrl);
    // HubSpot signs the address too.
    this.receiveWebhook.set('REMIT_PUBLIC_URL', this.publicUrl);
    const byCookie = [this.signIn, this.showRequest, this.showInbox, this.answerRequest, this.setAbsence];
    for (const fn of [...byCookie, this.startByHand, this.rememberShape, ...pages.map((page) => page.fn)]) {
      fn.set('REMIT_SIGNIN_ISSUER', pool.userPoolProviderUrl);
      fn.set('REMIT_SIGNIN_CLIENT', client.userPoolClientId);
      fn.set('REMIT_PUBLIC_URL', this.publicUrl);
    }
    this.#route('POST', '/hooks/{workflow}', this.receiveWebhook);
    this.#route('GET', '/r/{id}', this.showRequest);
    // Scanners of mails ask so first.
    this.#route('HEAD', '/r/{id}', this.showRequest);
    this.#route('POST', '/r/{id}', this.answerRequest);
    this.#route('POST', '/r/{id}/code', this.sendCode);
    this.#route('GET', '/api/cases', this.readCases, { authorizer });
    this.#route('GET', '/api/cases/{id}', this.readCases, { authorizer });
    this.#route('GET', '/api/requests', this.readCases, { authorizer });
    this.#route('POST', '/api/requests/{id}/answer', this.answerRequest, { authorizer });
    this.#route('POST', '/api/requests/{id}/remember', this.rememberShape, { authorizer });
    this.#route('DELETE', '/api/shapes/{id}', this.rememberShape, { authorizer });
    this.#route('GET', '/api/workflows/{id}/shapes', this.backTest, { authorizer });
    this.#route('POST', '/api/workflows/{id}/back-test', this.backTest, { authorizer });
    this.#route('GET', '/api/workflows/{id}/proposed-rules', this.backTest, { authorizer });
    for (const { method, path, fn } of signedIn) this.#route(method, path, fn, { authorizer });
    this.#route('GET', '/api/cases/{id}/consequences', this.readCases, { authorizer });
    this.#route('POST', '/api/cases/{id}/overturn', this.answerRequest, { authorizer });
    this.#route('GET', '/api/workflows/{id}/examples', this.readCases, { authorizer });
    for (const method of ['GET', 'PUT', 'DELETE'] as const) {
      this.#route(method, '/api/me/absence', this.setAbsence, { authorizer });
    }
    this.#connectPages();
    for (const { method = 'GET', path, fn } of pages) this.#route(method, path, fn);
  }

  /** Pages that prove by a cookie who is signed in; the functions check it. */
  #connectPages(): void {
    this.#route('GET', '/inbox', this.showInbox);
    this.#route('GET', '/inbox/{id}', this.showInbox);
    this.#route('POST', '/inbox', this.answerRequest);
    this.#route('POST', '/inbox/{id}', this.answerRequest);
    this.#route('POST', '/cases/{id}/overturn', this.answerRequest);
    this.#route('POST', '/inbox/absence', this.setAbsence);
    // By the function that may write them anyway: the console, which lists them, only reads.
    for (const path of ['/remember/{id}', '/remembered/{id}']) {
      this.#route('GET', path, this.rememberShape);
      this.#route('POST', path, this.rememberShape);
    }
    this.#route('GET', '/start', this.startByHand);
    this.#route('GET', '/start/{workflow}/{trigger}', this.startByHand);
    this.#route('POST', '/start/{workflow}/{trigger}', this.startByHand);
    this.#route('GET', '/signin', this.signIn);
    this.#route('GET', '/signin/callback', this.signIn);
    this.#route('GET', '/signin/out', this.signIn);
    this.#route('POST', '/signin/out', this.signIn);
  }

  #guard(stage: CfnStage): void {
    stage.defaultRouteSettings = {
      throttlingRateLimit: THROTTLE.rateLimit,
      throttlingBurstLimit: THROTTLE.burstLimit,
    };
    const logs = new LogGroup(this, 'AccessLogs', {
      logGroupName: '/aws/vendedlogs/apigateway/remit',
      removalPolicy: RemovalPolicy.DESTROY,
    });
    stage.accessLogSettings = { destinationArn: logs.logGroupArn, format: JSON.stringify(ACCESS_LOG) };
  }

  #signIn(): { authorizer: HttpUserPoolAuthorizer; client: UserPoolClient; pool: UserPool } {
    const pool = new UserPool(this, 'People', {
      selfSignUpEnabled: false,
      signInAliases: { email: true },
      // Whoever signs in may answer for money and customers.
      mfa: Mfa.REQUIRED,
      mfaSecondFactor: { otp: true, sms: false },
      passwordPolicy: {
        minLength: 12,
        requireLowercase: true,
        requireUppercase: true,
        requireDigits: true,
        requireSymbols: true,
      },
    });
    // They read what all teams own.
    pool.addGroup('Operators', { groupName: 'operators' });
    const client = pool.addClient('Web', {
      generateSecret: false,
      preventUserExistenceErrors: true,
      oAuth: {
        flows: { authorizationCodeGrant: true },
        scopes: [OAuthScope.OPENID, OAuthScope.EMAIL],
        callbackUrls: [`${this.publicUrl}/signin/callback`],
        logoutUrls: [`${this.publicUrl}/signin/out`],
      },
    });
    this.#signInPages(pool, client);
    const authorizer = new HttpUserPoolAuthorizer('SignedIn', pool, { userPoolClients: [client] });
    return { client, pool, authorizer };
  }

  /** The newer pages, because only they ask again who is signed in already where a fresh sign-in is needed. */
  #signInPages(pool: UserPool, client: UserPoolClient): void {
    const { region } = Stack.of(this);
    pool.addDomain('SignInPages', {
      // One of its kind in a region, for all accounts of AWS.
      cognitoDomain: { domainPrefix: `remit-${Aws.ACCOUNT_ID}-${region}` },
      managedLoginVersion: ManagedLoginVersion.NEWER_MANAGED_LOGIN,
    });
    new CfnManagedLoginBranding(this, 'SignInLooks', {
      userPoolId: pool.userPoolId,
      clientId: client.userPoolClientId,
      useCognitoProvidedValues: true,
    });
  }

  #route(
    method: keyof typeof METHODS,
    path: string,
    fn: RemitFunction,
    options: Pick<HttpRouteProps, 'authorizer'> = {},
  ): void {
    this.api.addRoutes({ path, methods: [METHODS[method]], integration: this.#integration(fn), ...options });
  }

  /** One for all routes of a function, and one permission: a stack holds 500 resources, and routes are many. */
  #integration(fn: RemitFunction): HttpLambdaIntegration {
    const known = this.#integrations.get(fn);
    if (known !== undefined) return known;
    const made = new HttpLambdaIntegration(fn.node.id, fn.live, { scopePermissionToRoute: false });
    this.#integrations.set(fn, made);
    return made;
  }
}

/** A route of the API for people who are signed in. */
export interface SignedInRoute {
  readonly method: 'GET' | 'POST' | 'PUT';
  readonly path: string;
  readonly fn: RemitFunction;
}

/** A page that proves by a cookie who is signed in; the function checks it. */
export interface PageRoute {
  readonly method?: 'GET' | 'POST';
  readonly path: string;
  readonly fn: RemitFunction;
}

const METHODS = {
  GET: HttpMethod.GET,
  HEAD: HttpMethod.HEAD,
  POST: HttpMethod.POST,
  PUT: HttpMethod.PUT,
  DELETE: HttpMethod.DELETE,
} as const;
