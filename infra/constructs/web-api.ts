import { CfnStage, HttpApi, HttpMethod, type HttpRouteProps } from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpUserPoolAuthorizer } from 'aws-cdk-lib/aws-apigatewayv2-authorizers';
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import { Mfa, UserPool, type UserPoolClient } from 'aws-cdk-lib/aws-cognito';
import { Construct } from 'constructs';
import { RemitFunction } from './remit-function.ts';

/** A flood from outside is cut off here, before it costs anything. */
const THROTTLE = { rateLimit: 200, burstLimit: 500 } as const;

/** What the world reaches: webhooks, the request pages of the mails, and the API for people who are signed in. */
export class WebApi extends Construct {
  readonly api: HttpApi;
  readonly receiveWebhook: RemitFunction;
  readonly showRequest: RemitFunction;
  readonly answerRequest: RemitFunction;
  readonly readCases: RemitFunction;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    this.api = new HttpApi(this, 'Api', { apiName: 'remit', createDefaultStage: true });
    const stage = this.api.defaultStage?.node.defaultChild;
    if (stage instanceof CfnStage) {
      stage.defaultRouteSettings = {
        throttlingRateLimit: THROTTLE.rateLimit,
        throttlingBurstLimit: THROTTLE.burstLimit,
      };
    }
    this.receiveWebhook = new RemitFunction(this, 'ReceiveWebhook', { entry: 'receive-webhook' });
    this.showRequest = new RemitFunction(this, 'ShowRequest', { entry: 'show-request' });
    this.answerRequest = new RemitFunction(this, 'AnswerRequest', { entry: 'answer-request' });
    this.readCases = new RemitFunction(this, 'ReadCases', { entry: 'read-cases' });
  }

  get publicUrl(): string {
    return this.api.apiEndpoint;
  }

  /** Called when all settings of the functions are made, because their versions are fixed then. */
  connect(): void {
    const { authorizer } = this.#signIn();
    this.#route('POST', '/hooks/{workflow}', this.receiveWebhook);
    this.#route('GET', '/r/{id}', this.showRequest);
    this.#route('POST', '/r/{id}', this.answerRequest);
    this.#route('GET', '/api/cases', this.readCases, { authorizer });
    this.#route('GET', '/api/cases/{id}', this.readCases, { authorizer });
    this.#route('GET', '/api/requests', this.readCases, { authorizer });
    this.#route('POST', '/api/requests/{id}/answer', this.answerRequest, { authorizer });
  }

  #signIn(): { authorizer: HttpUserPoolAuthorizer; client: UserPoolClient } {
    const pool = new UserPool(this, 'People', {
      selfSignUpEnabled: false,
      signInAliases: { email: true },
      mfa: Mfa.OPTIONAL,
      mfaSecondFactor: { otp: true, sms: false },
    });
    const client = pool.addClient('Web', { generateSecret: false });
    return { client, authorizer: new HttpUserPoolAuthorizer('SignedIn', pool, { userPoolClients: [client] }) };
  }

  #route(
    method: 'GET' | 'POST',
    path: string,
    fn: RemitFunction,
    options: Pick<HttpRouteProps, 'authorizer'> = {},
  ): void {
    const id = `${method} ${path}`;
    this.api.addRoutes({
      path,
      methods: [method === 'GET' ? HttpMethod.GET : HttpMethod.POST],
      integration: new HttpLambdaIntegration(id, fn.live),
      ...options,
    });
  }
}
