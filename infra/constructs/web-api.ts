import { RemovalPolicy } from 'aws-cdk-lib';
import { CfnStage, HttpApi, HttpMethod, type HttpRouteProps } from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpUserPoolAuthorizer } from 'aws-cdk-lib/aws-apigatewayv2-authorizers';
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import { Mfa, UserPool, type UserPoolClient } from 'aws-cdk-lib/aws-cognito';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
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

/** What the world reaches: webhooks, the request pages of the mails, and the API for people who are signed in. */
export class WebApi extends Construct {
  readonly api: HttpApi;
  readonly receiveWebhook: RemitFunction;
  readonly showRequest: RemitFunction;
  readonly answerRequest: RemitFunction;
  readonly readCases: RemitFunction;
  readonly rememberShape: RemitFunction;
  readonly backTest: RemitFunction;

  constructor(scope: Construct, id: string) {
    super(scope, id);
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
  }

  get publicUrl(): string {
    return this.api.apiEndpoint;
  }

  /** Called when all settings of the functions are made, because their versions are fixed then. */
  connect(signedIn: readonly SignedInRoute[] = []): void {
    const { authorizer } = this.#signIn();
    this.#route('POST', '/hooks/{workflow}', this.receiveWebhook);
    this.#route('GET', '/r/{id}', this.showRequest);
    this.#route('POST', '/r/{id}', this.answerRequest);
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
  }

  #guard(stage: CfnStage): void {
    stage.defaultRouteSettings = {
      throttlingRateLimit: THROTTLE.rateLimit,
      throttlingBurstLimit: THROTTLE.burstLimit,
    };
    const logs = new LogGroup(this, 'AccessLogs', {
      logGroupName: '/aws/vendedlogs/apigateway/remit',
      retention: RetentionDays.THREE_MONTHS,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    stage.accessLogSettings = { destinationArn: logs.logGroupArn, format: JSON.stringify(ACCESS_LOG) };
  }

  #signIn(): { authorizer: HttpUserPoolAuthorizer; client: UserPoolClient } {
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
    const client = pool.addClient('Web', { generateSecret: false });
    return { client, authorizer: new HttpUserPoolAuthorizer('SignedIn', pool, { userPoolClients: [client] }) };
  }

  #route(
    method: 'GET' | 'POST' | 'PUT' | 'DELETE',
    path: string,
    fn: RemitFunction,
    options: Pick<HttpRouteProps, 'authorizer'> = {},
  ): void {
    const id = `${method} ${path}`;
    this.api.addRoutes({
      path,
      methods: [HttpMethod[method]],
      integration: new HttpLambdaIntegration(id, fn.live),
      ...options,
    });
  }
}

/** A route of the API for people who are signed in. */
export interface SignedInRoute {
  readonly method: 'GET' | 'POST' | 'PUT';
  readonly path: string;
  readonly fn: RemitFunction;
}
