import { App, Stack } from 'aws-cdk-lib'
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam'
import { Code, Function as LambdaFunction, Runtime } from 'aws-cdk-lib/aws-lambda'
import { Bucket } from 'aws-cdk-lib/aws-s3'
import { describe, expect, test, vi } from 'vitest'
import { acceptBucket, acceptGatewayRole, checkEverything } from '../../lib/nag.ts'
import { temporary } from './panel.ts'

// That the panel itself has nothing unaccepted is what every synth of the other files asserts: it throws otherwise.

/** What the packs say of a stack with something planted in it. */
function findings(plant: (stack: Stack) => void): string {
  const app = new App({ outdir: temporary('panel-nag-'), analyticsReporting: false })
  plant(new Stack(app, 'Planted', { env: { region: 'eu-west-1' } }))
  checkEverything(app)
  const said: string[] = []
  const spies = (['error', 'warn', 'log'] as const).map((level) =>
    vi.spyOn(console, level).mockImplementation((...words) => void said.push(words.join(' '))),
  )
  const writing = vi.spyOn(process.stderr, 'write').mockImplementation((words) => said.push(String(words)) > 0)
  try {
    app.synth()
    return ''
  } catch (error) {
    return `${said.join('\n')}\n${String(error)}`
  } finally {
    for (const spy of [...spies, writing]) spy.mockRestore()
  }
}

describe('the packs', () => {
  test('find a bucket that logs nothing and answers without TLS', () => {
    const found = findings((stack) => void new Bucket(stack, 'Bad'))
    expect(found).toContain('AwsSolutions-S1')
    expect(found).toContain('AwsSolutions-S10')
  })

  test('find a function without a dead-letter queue', () => {
    const plant = (stack: Stack) => {
      new LambdaFunction(stack, 'Bad', { runtime: Runtime.NODEJS_24_X, handler: 'index.handler', code: Code.fromInline('//') })
    }
    expect(findings(plant)).toContain('Serverless-LambdaDLQ')
  })

  test('find a role that may do everything, also where a narrower wildcard was accepted', () => {
    const found = findings((stack) => {
      const role = new Role(stack, 'Bad', { assumedBy: new ServicePrincipal('apigateway.amazonaws.com') })
      role.addToPolicy(new PolicyStatement({ actions: ['lambda:*'], resources: ['*'] }))
      acceptGatewayRole(role)
    })
    expect(found).toContain('AwsSolutions-IAM5[Action::lambda:*]')
    expect(found).toContain('AwsSolutions-IAM5[Resource::*]')
  })

  test('let pass what was accepted with a reason, and only that', () => {
    const found = findings((stack) => acceptBucket(new Bucket(stack, 'Odd'), 'a test'))
    expect(found).not.toMatch(/AwsSolutions-S1\b/)
    expect(found).toContain('AwsSolutions-S10')
  })
})
