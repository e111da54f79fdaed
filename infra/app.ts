import { readFileSync } from 'node:fs';
import { App } from 'aws-cdk-lib';
import { workflows } from '../agents/index.ts';
import { addStacks } from './deployment.ts';
import { readSettings } from './settings.ts';
import { deployedVersions } from './versions.ts';

// The CDK command hands the context of cdk.json over; run by itself, the app reads it. What the command hands over wins.
const { context } = JSON.parse(readFileSync(new URL('../cdk.json', import.meta.url), 'utf8'));
const app = new App({ analyticsReporting: false, context });

addStacks(app, {
  workflows,
  settings: readSettings(app.node),
  // The CDK command sets it where it finds credentials.
  account: process.env['CDK_DEFAULT_ACCOUNT'] || null,
  versions: deployedVersions(workflows.map(({ id }) => id)),
});

app.synth();
