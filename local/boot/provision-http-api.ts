import * as z from 'zod';
import type { HttpApi, JwtAuthorizer, Route, Throttling } from '../apigateway/index.ts';
import { BootError, type Resource } from '../template/index.ts';
import { type Provision, propertiesOf, type Stack } from './stack.ts';

/** An HTTP API is made as a whole from its API resource; the parts that belong to it are only checked where they stand. */
export const provisionHttpApi: Readonly<Record<string, Provision>> = {
  'AWS::ApiGatewayV2::Api': (resource, stack) => {
    const first = resourcesOf(stack, 'AWS::ApiGatewayV2::Api')[0];
    if (first !== resource) throw new BootError('The local runtime serves one HTTP API; the template has several.');
    stack.api.setApi(toHttpApi(resource, stack));
  },
  'AWS::ApiGatewayV2::Stage': () => undefined,
  'AWS::ApiGatewayV2::Route': () => undefined,
  'AWS::ApiGatewayV2::Integration': () => undefined,
  'AWS::ApiGatewayV2::Authorizer': () => undefined,
};

function toHttpApi(resource: Resource, stack: Stack): HttpApi {
  const api = propertiesOf(resource, Api);
  const [stageResource] = resourcesOf(stack, 'AWS::ApiGatewayV2::Stage');
  if (stageResource === undefined) throw new BootError(`The HTTP API ${resource.logicalId} has no stage.`);
  const stage = propertiesOf(stageResource, Stage);
  return {
    id: resource.physicalId,
    stage: {
      name: stage.StageName,
      variables: stage.StageVariables ?? {},
      throttling: toThrottling(stage.DefaultRouteSettings),
      routeThrottling: toRouteThrottling(stage.RouteSettings ?? {}),
    },
    routes: resourcesOf(stack, 'AWS::ApiGatewayV2::Route').map((route) => toRoute(route, stack)),
    cors: toCors(api.CorsConfiguration),
  };
}

function toRoute(resource: Resource, stack: Stack): Route {
  const route = propertiesOf(resource, RouteProperties);
  const integrationId = route.Target.replace(/^integrations\//, '');
  const integration = resourcesOf(stack, 'AWS::ApiGatewayV2::Integration').find(
    (one) => one.physicalId === integrationId,
  );
  if (integration === undefined) throw new BootError(`The route ${route.RouteKey} has no integration.`);
  const { IntegrationUri, TimeoutInMillis } = propertiesOf(integration, Integration);
  return {
    key: route.RouteKey,
    functionArn: /functions\/(.+)\/invocations$/.exec(IntegrationUri)?.[1] ?? IntegrationUri,
    timeoutMs: TimeoutInMillis ?? 30_000,
    authorizer: route.AuthorizationType === 'JWT' ? toAuthorizer(route.AuthorizerId ?? '', stack) : null,
    scopes: route.AuthorizationScopes ?? [],
  };
}

/** Tokens are checked with the keys of the local sign-in, which speaks only for user pools of the template. */
function toAuthorizer(id: string, stack: Stack): JwtAuthorizer {
  const resource = resourcesOf(stack, 'AWS::ApiGatewayV2::Authorizer').find((one) => one.physicalId === id);
  if (resource === undefined) throw new BootError(`The template has no authorizer ${id}.`);
  const authorizer = propertiesOf(resource, Authorizer);
  const { Issuer, Audience } = authorizer.JwtConfiguration;
  const pools = resourcesOf(stack, 'AWS::Cognito::UserPool').map((pool) => pool.attributes['ProviderURL']);
  if (!pools.includes(Issuer)) {
    throw new BootError(
      `The authorizer ${resource.logicalId} trusts ${Issuer}, which is no user pool of the template.`,
    );
  }
  const [, header = 'authorization'] = /^\$request\.header\.(.+)$/.exec(authorizer.IdentitySource[0] ?? '') ?? [];
  return { issuer: Issuer, audience: Audience, header: header.toLowerCase() };
}

function resourcesOf(stack: Stack, type: string): readonly Resource[] {
  return stack.resources.filter((resource) => resource.type === type);
}

function toThrottling(settings: z.infer<typeof RouteSettings> | undefined): Throttling | null {
  if (settings?.ThrottlingRateLimit === undefined && settings?.ThrottlingBurstLimit === undefined) return null;
  const requestsPerSecond = settings.ThrottlingRateLimit ?? ACCOUNT_THROTTLING.requestsPerSecond;
  return { requestsPerSecond, burst: settings.ThrottlingBurstLimit ?? ACCOUNT_THROTTLING.burst };
}

function toRouteThrottling(
  settings: Readonly<Record<string, z.infer<typeof RouteSettings>>>,
): Record<string, Throttling> {
  return Object.fromEntries(
    Object.entries(settings).flatMap(([routeKey, one]) => {
      const throttling = toThrottling(one);
      return throttling === null ? [] : [[routeKey, throttling]];
    }),
  );
}

/** What an account has where a stage sets only one of the two. */
const ACCOUNT_THROTTLING: Throttling = { requestsPerSecond: 10_000, burst: 5000 };

function toCors(cors: z.infer<typeof CorsConfiguration> | undefined): HttpApi['cors'] {
  if (cors === undefined) return null;
  return {
    allowOrigins: cors.AllowOrigins ?? [],
    allowMethods: cors.AllowMethods ?? [],
    allowHeaders: cors.AllowHeaders ?? [],
    exposeHeaders: cors.ExposeHeaders ?? [],
    allowCredentials: cors.AllowCredentials ?? false,
    maxAgeSeconds: cors.MaxAge ?? null,
  };
}

const CorsConfiguration = z.strictObject({
  AllowCredentials: z.boolean().optional(),
  AllowHeaders: z.array(z.string()).optional(),
  AllowMethods: z.array(z.string()).optional(),
  AllowOrigins: z.array(z.string()).optional(),
  ExposeHeaders: z.array(z.string()).optional(),
  MaxAge: z.number().optional(),
});

const Api = z.strictObject({
  CorsConfiguration: CorsConfiguration.optional(),
  Description: z.string().optional(),
  DisableExecuteApiEndpoint: z.literal(false).optional(),
  Name: z.string(),
  ProtocolType: z.literal('HTTP'),
  Tags: z.unknown().optional(),
});

const RouteSettings = z.strictObject({
  DetailedMetricsEnabled: z.boolean().optional(),
  ThrottlingBurstLimit: z.number().optional(),
  ThrottlingRateLimit: z.number().optional(),
});

const Stage = z.strictObject({
  AccessLogSettings: z.unknown().optional(),
  ApiId: z.string(),
  AutoDeploy: z.boolean().optional(),
  DefaultRouteSettings: RouteSettings.optional(),
  Description: z.string().optional(),
  RouteSettings: z.record(z.string(), RouteSettings).optional(),
  StageName: z.string(),
  StageVariables: z.record(z.string(), z.string()).optional(),
  Tags: z.unknown().optional(),
});

const RouteProperties = z.strictObject({
  ApiId: z.string(),
  AuthorizationScopes: z.array(z.string()).optional(),
  AuthorizationType: z.enum(['NONE', 'JWT']).optional(),
  AuthorizerId: z.string().optional(),
  RouteKey: z.string(),
  Target: z.string(),
});

const Integration = z.strictObject({
  ApiId: z.string(),
  Description: z.string().optional(),
  IntegrationType: z.literal('AWS_PROXY'),
  IntegrationUri: z.string(),
  IntegrationMethod: z.string().optional(),
  PayloadFormatVersion: z.literal('2.0'),
  TimeoutInMillis: z.number().optional(),
});

const Authorizer = z.strictObject({
  ApiId: z.string(),
  AuthorizerType: z.literal('JWT'),
  IdentitySource: z.array(z.string()),
  JwtConfiguration: z.strictObject({ Audience: z.array(z.string()), Issuer: z.string() }),
  Name: z.string(),
});
