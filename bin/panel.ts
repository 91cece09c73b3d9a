import { App, Validations } from 'aws-cdk-lib'
import { AwsSolutionsChecks, ServerlessChecks } from 'cdk-nag'
import { bundle } from '../lib/bundle.ts'
import { addPanel, built } from '../lib/panel.ts'
import { readSettings } from '../lib/settings.ts'

const app = new App()
const settings = readSettings(app.node.getContext('stages'), app.node.tryGetContext('stage'))
await bundle()
addPanel(app, settings, { account: process.env['CDK_DEFAULT_ACCOUNT'], region: process.env['CDK_DEFAULT_REGION'] }, built)
Validations.of(app).addPlugins(new AwsSolutionsChecks(app), new ServerlessChecks(app))
app.synth()
