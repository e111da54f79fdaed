import { describe, expect, test } from 'vitest';
import { listed, type Resource, spelled, synthesized } from './testing/synthesized.ts';

const template = synthesized();
const idOf = (type: string, part: string): string =>
  Object.keys(template.of(type)).find((id) => id.includes(part)) ?? `no ${type} ${part}`;
const INTAKE = { 'Fn::GetAtt': [idOf('AWS::SQS::Queue', 'IntakeQueue'), 'Arn'] };
const DEAD_LETTERS = { 'Fn::GetAtt': [idOf('AWS::SQS::Queue', 'DeadLetters'), 'Arn'] };

describe('the API', () => {
  const routes = Object.values(template.of('AWS::ApiGatewayV2::Route'));

  test('lets in without a token only what proves itself: signed webhooks, links of mails, and pages with a cookie', () => {
    expect(routesOf(routes, 'NONE')).toEqual([
      'GET /cases',
      'GET /cases/{id}',
      'GET /cases/{id}/overturn',
      'GET /evaluations/{id}',
      'GET /inbox',
      'GET /inbox/{id}',
      'GET /r/{id}',
      'GET /remember/{id}',
      'GET /remembered/{id}',
      'GET /signin',
      'GET /signin/callback',
      'GET /signin/out',
      'GET /start',
      'GET /start/{workflow}/{trigger}',
      'GET /workflows',
      'GET /workflows/{id}',
      'HEAD /r/{id}',
      'POST /cases/{id}/overturn',
      'POST /hooks/{workflow}',
      'POST /inbox',
      'POST /inbox/absence',
      'POST /inbox/{id}',
      'POST /r/{id}',
      'POST /r/{id}/code',
      'POST /remember/{id}',
      'POST /remembered/{id}',
      'POST /signin/out',
      'POST /start/{workflow}/{trigger}',
      'POST /workflows/{id}/switch',
    ]);
  });

  test('asks for a token of the sign-in everywhere else', () => {
    expect(routesOf(routes, 'JWT')).toEqual([
      'DELETE /api/me/absence',
      'DELETE /api/shapes/{id}',
      'GET /api/cases',
      'GET /api/cases/{id}',
      'GET /api/cases/{id}/consequences',
      'GET /api/evaluations',
      'GET /api/evaluations/{id}',
      'GET /api/me/absence',
      'GET /api/requests',
      'GET /api/workflows/{id}/autonomy',
      'GET /api/workflows/{id}/examples',
      'GET /api/workflows/{id}/proposed-rules',
      'GET /api/workflows/{id}/reviewers',
      'GET /api/workflows/{id}/settings',
      'GET /api/workflows/{id}/shapes',
      'POST /api/cases/{id}/overturn',
      'POST /api/erasures',
      'POST /api/evaluations',
      'POST /api/evaluations/{id}/attempts',
      'POST /api/evaluations/{id}/evidence',
      'POST /api/requests/{id}/answer',
      'POST /api/requests/{id}/remember',
      'POST /api/switch',
      'POST /api/workflows/{id}/back-test',
      'POST /api/workflows/{id}/evaluations',
      'POST /api/workflows/{id}/seeds',
      'PUT /api/me/absence',
      'PUT /api/workflows/{id}/settings',
    ]);
    const authorizer = idOf('AWS::ApiGatewayV2::Authorizer', 'SignedIn');
    for (const { Properties } of routes) {
      if (Properties['AuthorizationType'] === 'JWT')
        expect(spelled(Properties['AuthorizerId'])).toBe(`<${authorizer}>`);
    }
  });

  test('has no route of another kind', () => {
    expect(routes).toHaveLength(57);
  });

  test('takes tokens of its own people and its own client only', () => {
    expect(template.all[idOf('AWS::ApiGatewayV2::Authorizer', 'SignedIn')]?.Properties).toMatchObject({
      AuthorizerType: 'JWT',
      IdentitySource: ['$request.header.Authorization'],
      JwtConfiguration: {
        Audience: [{ Ref: idOf('AWS::Cognito::UserPoolClient', 'Web') }],
        Issuer: expect.anything(),
      },
    });
  });

  test('cuts off a flood', () => {
    expect(Object.values(template.of('AWS::ApiGatewayV2::Stage'))).toMatchObject([
      { Properties: { DefaultRouteSettings: { ThrottlingRateLimit: 200, ThrottlingBurstLimit: 500 } } },
    ]);
  });

  test('logs each call, but no path, for the link of a mail is a secret, and nothing of who called', () => {
    const [stage] = Object.values(template.of('AWS::ApiGatewayV2::Stage'));
    const format = JSON.stringify(stage?.Properties['AccessLogSettings']);
    expect(format).toContain('$context.routeKey');
    expect(format).not.toMatch(/\$context\.(path|identity|authorizer\.claims)/);
  });

  test('lets nobody make an account for themselves, and nobody in with a password alone', () => {
    expect(Object.values(template.of('AWS::Cognito::UserPool'))).toMatchObject([
      { Properties: { AdminCreateUserConfig: { AllowAdminCreateUserOnly: true }, MfaConfiguration: 'ON' } },
    ]);
  });
});

describe('the sign-in', () => {
  const [client] = Object.values(template.of('AWS::Cognito::UserPoolClient'));

  test('has pages, and leads back to ours alone', () => {
    expect(client?.Properties).toMatchObject({
      AllowedOAuthFlows: ['code'],
      AllowedOAuthScopes: ['openid', 'email'],
      GenerateSecret: false,
      PreventUserExistenceErrors: 'ENABLED',
    });
    const api = `<${idOf('AWS::ApiGatewayV2::Api', 'Api')}.ApiEndpoint>`;
    const urls = (name: string): string[] => listed(client?.Properties[name]).map(spelled);
    expect(urls('CallbackURLs')).toEqual([`${api}/signin/callback`]);
    expect(urls('LogoutURLs')).toEqual([`${api}/signin/out`]);
    expect(Object.values(template.of('AWS::Cognito::UserPoolDomain'))).toMatchObject([
      { Properties: { ManagedLoginVersion: 2 } },
    ]);
    expect(Object.keys(template.of('AWS::Cognito::ManagedLoginBranding'))).toHaveLength(1);
  });
});

test('people reach the pages at the address that is set, behind a proxy or a domain of their own', () => {
  const publicUrl = 'https://tools.company.example/remit';
  const moved = synthesized(undefined, { settings: { 'remit:publicUrl': `${publicUrl}/` } });
  const [client] = Object.values(moved.of('AWS::Cognito::UserPoolClient'));
  expect(client?.Properties).toMatchObject({ CallbackURLs: [`${publicUrl}/signin/callback`] });
  const addresses = Object.values(moved.of('AWS::Lambda::Function')).flatMap(({ Properties }) => {
    const { Variables: variables = {} } = (Properties['Environment'] ?? {}) as { Variables?: Record<string, unknown> };
    return variables['REMIT_PUBLIC_URL'] ?? [];
  });
  expect(new Set(addresses)).toEqual(new Set([publicUrl]));
});

describe('events', () => {
  test('reach the intake by a rule of the definition, with their own id', () => {
    const rule = template.all[idOf('AWS::Events::Rule', 'leadqualificationinmailreply')];
    expect(rule?.Properties).toMatchObject({
      EventBusName: { Ref: idOf('AWS::Events::EventBus', 'Bus') },
      EventPattern: { source: ['linkedin'], 'detail-type': ['InMail reply'] },
      Targets: [
        {
          Arn: INTAKE,
          DeadLetterConfig: { Arn: DEAD_LETTERS },
          InputTransformer: {
            InputTemplate:
              '{"workflow":"lead-qualification","trigger":"inmail-reply","eventId":<id>,"receivedAt":<time>,"body":<detail>}',
          },
        },
      ],
    });
  });
});

describe('schedules', () => {
  test('put their slot on the intake, in the time zone of the definition', () => {
    const schedule = template.all[idOf('AWS::Scheduler::Schedule', 'leadqualificationopenleads')];
    const target = schedule?.Properties['Target'] as { readonly Input: string };
    expect(schedule?.Properties).toMatchObject({
      ScheduleExpression: 'cron(0 8 ? * MON-FRI *)',
      ScheduleExpressionTimezone: 'Europe/Berlin',
      State: 'ENABLED',
      Target: { Arn: INTAKE, DeadLetterConfig: { Arn: DEAD_LETTERS } },
    });
    const slot = '<aws.scheduler.scheduled-time>';
    expect(JSON.parse(target.Input)).toEqual({
      ...{ workflow: 'lead-qualification', trigger: 'open-leads' },
      ...{ eventId: slot, receivedAt: slot, body: { due: slot } },
    });
  });
});

describe('the watch over autonomy', () => {
  test('looks every quarter of an hour', () => {
    const rule = template.all[idOf('AWS::Events::Rule', 'AutonomyWatch')];
    expect(rule?.Properties).toMatchObject({
      ScheduleExpression: 'rate(15 minutes)',
      State: 'ENABLED',
      Targets: [{ DeadLetterConfig: { Arn: DEAD_LETTERS } }],
    });
  });
});

describe('spot-checks', () => {
  test('are drawn once a day', () => {
    const rule = template.all[idOf('AWS::Events::Rule', 'AutonomySpotChecks')];
    expect(rule?.Properties).toMatchObject({
      ScheduleExpression: 'cron(0 4 * * ? *)',
      State: 'ENABLED',
      Targets: [{ DeadLetterConfig: { Arn: DEAD_LETTERS } }],
    });
  });
});

describe('an execution that failed as a whole', () => {
  test('is taken up by the rescue, and put aside if that fails', () => {
    const rule = template.all[idOf('AWS::Events::Rule', 'FailedCases')];
    expect(rule?.Properties).toMatchObject({
      EventPattern: {
        source: ['aws.states'],
        detail: {
          status: ['FAILED', 'TIMED_OUT', 'ABORTED'],
          stateMachineArn: [{ Ref: idOf('AWS::StepFunctions::StateMachine', 'MachinesCase') }],
        },
      },
      Targets: [{ DeadLetterConfig: { Arn: DEAD_LETTERS }, RetryPolicy: { MaximumRetryAttempts: 8 } }],
    });
  });
});

test('what may not be delivered to a queue is delivered by nobody else', () => {
  const services = Object.values(template.of('AWS::SQS::QueuePolicy')).flatMap(({ Properties }) => {
    const { Statement: statements } = Properties['PolicyDocument'] as {
      Statement: { Effect: string; Principal: object }[];
    };
    return statements.filter(({ Effect }) => Effect === 'Allow').map(({ Principal }) => Principal);
  });
  expect(new Set(services.map((one) => JSON.stringify(one)))).toEqual(new Set(['{"Service":"events.amazonaws.com"}']));
});

function routesOf(routes: readonly Resource[], authorization: string): string[] {
  return routes
    .filter(({ Properties }) => Properties['AuthorizationType'] === authorization)
    .map(({ Properties }) => String(Properties['RouteKey']))
    .toSorted();
}
