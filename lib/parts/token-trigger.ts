import { Duration, Stack } from 'aws-cdk-lib'
import { LambdaVersion, type UserPool, UserPoolOperation } from 'aws-cdk-lib/aws-cognito'
import type { ITopic } from 'aws-cdk-lib/aws-sns'
import type { Construct } from 'constructs'
import { plainName, registry } from '../definitions.ts'
import { alarm } from './alarm.ts'
import type { Ground } from './grants.ts'
import { type CodeOf, PanelFunction } from './panel-function.ts'

interface TokenTriggersProps {
  readonly pools: readonly UserPool[]
  readonly ground: Ground
  readonly codeOf: CodeOf
  readonly alarms: ITopic
}

/** Cognito waits five seconds for an answer, and makes no token without one. */
const timeoutSeconds = 5

/** Asked by the pools before they make a token: of the second form, which alone may speak of an access token's scopes. */
export function addTokenTriggers(scope: Construct, { pools, ground, codeOf, alarms }: TokenTriggersProps): void {
  for (const definition of registry.poolTriggers) {
    const { lambda } = new PanelFunction(scope, {
      definition,
      setGoingBy: 'pool',
      ground,
      codeOf,
      timeoutSeconds,
      memoryMegabytes: 256,
    })
    for (const pool of pools) pool.addTrigger(UserPoolOperation.PRE_TOKEN_GENERATION_CONFIG, lambda, LambdaVersion.V2_0)
    alarm(scope, `${plainName(definition)}-failing`, {
      name: `${Stack.of(scope).stackName}-${plainName(definition)}`,
      failing: definition.failing,
      metric: lambda.metricErrors({ statistic: 'Sum', period: Duration.minutes(5) }),
      rings: { from: 1 },
      topic: alarms,
    })
  }
}
