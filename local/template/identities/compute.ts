import { arn, fingerprint, type Identify, nameOf, type Subject, textOf } from '../identity.ts';

/** Lambda, Step Functions and API Gateway. */
export const computeIdentities: Readonly<Record<string, Identify>> = {
  'AWS::Lambda::Function': (subject) => {
    const name = nameOf(subject, 'FunctionName');
    return { physicalId: name, attributes: { Arn: arn(subject, 'lambda', `function:${name}`) } };
  },
  'AWS::Lambda::Version': (subject) => {
    const functionArn = functionArnOf(subject);
    const functionName = functionArn.slice(functionArn.lastIndexOf(':') + 1);
    const content = subject.contentOf('AWS::Lambda::Function', functionName);
    const version = String(subject.versionNumber(functionArn, content));
    const versionArn = `${functionArn}:${version}`;
    return { physicalId: versionArn, attributes: { Version: version, FunctionArn: versionArn } };
  },
  'AWS::Lambda::Alias': (subject) => {
    const aliasArn = `${functionArnOf(subject)}:${textOf(subject, 'Name')}`;
    return { physicalId: aliasArn, attributes: { AliasArn: aliasArn } };
  },
  'AWS::Lambda::Permission': (subject) => ({ physicalId: nameOf(subject, 'Id', 100), attributes: {} }),
  'AWS::Lambda::EventInvokeConfig': (subject) => ({ physicalId: nameOf(subject, 'Id'), attributes: {} }),
  'AWS::Lambda::EventSourceMapping': (subject) => {
    const id = uuidOf(subject);
    return {
      physicalId: id,
      attributes: { Id: id, EventSourceMappingArn: arn(subject, 'lambda', `event-source-mapping:${id}`) },
    };
  },
  'AWS::StepFunctions::StateMachine': (subject) => {
    const name = nameOf(subject, 'StateMachineName', 80);
    const machineArn = arn(subject, 'states', `stateMachine:${name}`);
    const revision = subject.ownContent();
    return { physicalId: machineArn, attributes: { Arn: machineArn, Name: name, StateMachineRevisionId: revision } };
  },
  'AWS::StepFunctions::StateMachineVersion': (subject) => {
    const machineArn = textOf(subject, 'StateMachineArn');
    const content = subject.contentOf('AWS::StepFunctions::StateMachine', machineArn);
    const number = subject.versionNumber(machineArn, content, textOf(subject, 'StateMachineRevisionId'));
    return { physicalId: `${machineArn}:${number}`, attributes: { Arn: `${machineArn}:${number}` } };
  },
  'AWS::StepFunctions::StateMachineAlias': (subject) => {
    const aliasArn = `${machineOfAlias(subject)}:${nameOf(subject, 'Name', 80)}`;
    return { physicalId: aliasArn, attributes: { Arn: aliasArn } };
  },
  'AWS::ApiGatewayV2::Api': (subject) => {
    const id = fingerprint(subject, 'api', 10);
    return { physicalId: id, attributes: { ApiId: id, ApiEndpoint: subject.endpoint } };
  },
  'AWS::ApiGatewayV2::Stage': (subject) => ({ physicalId: textOf(subject, 'StageName'), attributes: {} }),
  'AWS::ApiGatewayV2::Route': (subject) => shortId(subject, 'RouteId'),
  'AWS::ApiGatewayV2::Integration': (subject) => shortId(subject, 'IntegrationId'),
  'AWS::ApiGatewayV2::Authorizer': (subject) => shortId(subject, 'AuthorizerId'),
};

function functionArnOf(subject: Subject): string {
  const nameOrArn = textOf(subject, 'FunctionName');
  return nameOrArn.startsWith('arn:') ? nameOrArn : arn(subject, 'lambda', `function:${nameOrArn}`);
}

/** An alias names only versions; the machine is the version's ARN without its number. */
function machineOfAlias(subject: Subject): string {
  const routing = subject.property('RoutingConfiguration') ?? [subject.property('DeploymentPreference') ?? null];
  const [version] = /arn:[^"]+:stateMachine:[^":]+(?=:\d+")/.exec(JSON.stringify(routing)) ?? [''];
  return version;
}

function shortId(subject: Subject, attribute: string): ReturnType<Identify> {
  const id = fingerprint(subject, attribute, 7);
  return { physicalId: id, attributes: { [attribute]: id } };
}

function uuidOf(subject: Subject): string {
  const hex = Buffer.from(fingerprint(subject, 'uuid', 16)).toString('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20, 32)].join('-');
}
