import { App } from 'aws-cdk-lib'
import { bundle } from '../lib/bundle.ts'
import { checkEverything } from '../lib/nag.ts'
import { addPanel, built } from '../lib/panel.ts'
import { readSettings } from '../lib/settings.ts'

const app = new App()
const settings = readSettings(app.node.getContext('stages'), app.node.tryGetContext('stage'))
await bundle()
addPanel(app, settings, { account: process.env['CDK_DEFAULT_ACCOUNT'], region: process.env['CDK_DEFAULT_REGION'] }, built)
checkEverything(app)
app.synth()
