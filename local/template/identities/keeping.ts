import { arn, fingerprint, type Identify, nameOf, type Subject, textOf } from '../identity.ts';

/** DynamoDB, S3, Secrets Manager, KMS, logs, CloudWatch, IAM and Cognito. */
export const keepingIdentities: Readonly<Record<string, Identify>> = {
  'AWS::DynamoDB::Table': tableIdentity,
  'AWS::DynamoDB::GlobalTable': tableIdentity,
  'AWS::SecretsManager::Secret': (subject) => {
    const name = nameOf(subject, 'Name', 500);
    const secretArn = arn(subject, 'secretsmanager', `secret:${name}-${fingerprint(subject, 'secret', 6)}`);
    return { physicalId: secretArn, attributes: { Id: secretArn } };
  },
  'AWS::KMS::Key': (subject) => {
    const id = fingerprint(subject, 'key', 32);
    return { physicalId: id, attributes: { KeyId: id, Arn: arn(subject, 'kms', `key/${id}`) } };
  },
  'AWS::KMS::Alias': (subject) => ({ physicalId: textOf(subject, 'AliasName'), attributes: {} }),
  'AWS::Logs::LogGroup': (subject) => {
    const name = nameOf(subject, 'LogGroupName', 512);
    return { physicalId: name, attributes: { Arn: arn(subject, 'logs', `log-group:${name}:*`) } };
  },
  'AWS::CloudWatch::Alarm': (subject) => {
    const name = nameOf(subject, 'AlarmName', 255);
    return { physicalId: name, attributes: { Arn: arn(subject, 'cloudwatch', `alarm:${name}`) } };
  },
  'AWS::CloudWatch::Dashboard': (subject) => ({ physicalId: nameOf(subject, 'DashboardName', 255), attributes: {} }),
  'AWS::IAM::Role': (subject) => {
    const name = nameOf(subject, 'RoleName');
    const path = textOf(subject, 'Path') || '/';
    return {
      physicalId: name,
      attributes: {
        Arn: `arn:${subject.place.partition}:iam::${subject.place.accountId}:role${path}${name}`,
        RoleId: `AROA${fingerprint(subject, 'role', 17).toUpperCase()}`,
      },
    };
  },
  'AWS::IAM::Policy': (subject) => ({ physicalId: nameOf(subject, 'PolicyName', 128), attributes: {} }),
  'AWS::IAM::ManagedPolicy': (subject) => {
    const name = nameOf(subject, 'ManagedPolicyName', 128);
    const policyArn = `arn:${subject.place.partition}:iam::${subject.place.accountId}:policy/${name}`;
    return { physicalId: policyArn, attributes: { PolicyArn: policyArn } };
  },
  'AWS::Cognito::UserPool': (subject) => {
    const id = `${subject.place.region}_${fingerprint(subject, 'pool', 9)}`;
    const provider = `cognito-idp.${subject.place.region}.amazonaws.com/${id}`;
    return {
      physicalId: id,
      attributes: {
        UserPoolId: id,
        Arn: arn(subject, 'cognito-idp', `userpool/${id}`),
        ProviderName: provider,
        ProviderURL: `${subject.endpoint}/_local/signin/${id}`,
      },
    };
  },
  'AWS::Cognito::UserPoolClient': (subject) => {
    const id = fingerprint(subject, 'client', 26);
    return { physicalId: id, attributes: { ClientId: id, Name: nameOf(subject, 'ClientName', 128) } };
  },
  'AWS::Cognito::UserPoolGroup': (subject) => ({ physicalId: textOf(subject, 'GroupName'), attributes: {} }),
  'AWS::Cognito::UserPoolDomain': (subject) => ({ physicalId: textOf(subject, 'Domain'), attributes: {} }),
  'AWS::Cognito::ManagedLoginBranding': (subject) => {
    const id = fingerprint(subject, 'branding', 32);
    return { physicalId: id, attributes: { ManagedLoginBrandingId: id } };
  },
  'AWS::S3::Bucket': (subject) => {
    const name = nameOf(subject, 'BucketName', 63).toLowerCase();
    return { physicalId: name, attributes: { Arn: `arn:${subject.place.partition}:s3:::${name}` } };
  },
  'AWS::S3::BucketPolicy': (subject) => ({ physicalId: nameOf(subject, 'Id', 80), attributes: {} }),
  'AWS::CDK::Metadata': (subject) => ({ physicalId: subject.logicalId, attributes: {} }),
};

function tableIdentity(subject: Subject): ReturnType<Identify> {
  const name = nameOf(subject, 'TableName', 255);
  const tableArn = arn(subject, 'dynamodb', `table/${name}`);
  return { physicalId: name, attributes: { Arn: tableArn, TableId: fingerprint(subject, 'table', 32) } };
}
