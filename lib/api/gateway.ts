import { Arn, ArnFormat, Aws, RemovalPolicy, Stack } from 'aws-cdk-lib'
import { PolicyDocument, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam'
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda'
import { LogGroup } from 'aws-cdk-lib/aws-logs'
import type { Construct } from 'constructs'
import { acceptGatewayRole } from '../nag.ts'
import type { Settings } from '../settings.ts'

/** A gateway gives up after thirty seconds, and a function a little before it. */
export const apiTimeoutSeconds = 29
/** More memory is more processor: at 1 GB a cold start is half of what it is at 512 MB, and a warm call costs the same. */
export const apiMemoryMegabytes = 1024

/** The one role by which a gateway calls the functions of its stack: none of them needs a permission of its own. */
export function gatewayRole(scope: Construct): Role {
  const stack = Stack.of(scope)
  const functions = Arn.format(
    { service: 'lambda', resource: 'function', resourceName: `${stack.stackName}-*`, arnFormat: ArnFormat.COLON_RESOURCE_NAME },
    stack,
  )
  const role = new Role(scope, 'Gateway', {
    assumedBy: new ServicePrincipal('apigateway.amazonaws.com'),
    inlinePolicies: {
      call: new PolicyDocument({
        statements: [new PolicyStatement({ actions: ['lambda:InvokeFunction'], resources: [functions] })],
      }),
    },
  })
  acceptGatewayRole(role)
  return role
}

/** Where a gateway finds a function. */
export const invocationUri = ({ functionArn }: LambdaFunction): string =>
  `arn:aws:apigateway:${Aws.REGION}:lambda:path/2015-03-31/functions/${functionArn}/invocations`

/** The prefix is one that AWS's own log delivery may write to without an entry of its own in the account's policy. */
export const accessLog = (scope: Construct, { logDays }: Settings): LogGroup =>
  new LogGroup(scope, 'AccessLog', {
    logGroupName: `/aws/vendedlogs/${Stack.of(scope).stackName}`,
    retention: logDays,
    removalPolicy: RemovalPolicy.DESTROY,
  })
