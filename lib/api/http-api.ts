import { Duration, Stack } from 'aws-cdk-lib'
import { CfnApi, CfnStage } from 'aws-cdk-lib/aws-apigatewayv2'
import { Metric } from 'aws-cdk-lib/aws-cloudwatch'
import { Construct } from 'constructs'
import { sessionScope } from '../../core/identity/scopes.ts'
import type { Failing } from '../../functions/kit/worker.ts'
import { grantsOf } from '../definitions.ts'
import { alarm } from '../parts/alarm.ts'
import type { Ground } from '../parts/grants.ts'
import { type CodeOf, PanelFunction } from '../parts/panel-function.ts'
import { type ApiName, byPath, type Routed, routesOf } from '../routes.ts'
import { accessLog, apiMemoryMegabytes, apiTimeoutSeconds, gatewayRole, invocationUri } from './gateway.ts'

export interface HttpApiProps {
  readonly api: Exclude<ApiName, 'reseller'>
  /** Whose access tokens open what is not open to everybody. */
  readonly pool: 'customers' | 'staff'
  readonly ground: Ground
  readonly codeOf: CodeOf
  readonly failing: Failing
  /** Requests a second, at most, and how many at once beyond that. */
  readonly throttle: Throttle
}

interface Throttle {
  readonly perSecond: number
  readonly atOnce: number
}

/** Passwords are guessed and mail is sent here: Cognito's own quota is shared by everything in the account. */
const identityThrottle: Throttle = { perSecond: 20, atOnce: 40 }
/** Every open page comes here every few minutes, and nothing is guessed: what somebody floods must not end sessions. */
const refreshThrottle: Throttle = { perSecond: 100, atOnce: 200 }

/** An HTTP API from the registry: one OpenAPI body, one role, and three resources an endpoint. */
export class HttpApi extends Construct {
  /** Where the edge finds it. */
  readonly domainName: string

  constructor(scope: Construct, { api, pool, ground, codeOf, failing, throttle }: HttpApiProps) {
    super(scope, 'Api')
    const { store, settings } = ground
    const all = routesOf(api)
    const role = gatewayRole(this)
    const functions = new Map(
      [...new Set(all.map(({ definition }) => definition))].map((definition) => [
        definition,
        new PanelFunction(scope, {
          definition,
          setGoingBy: 'api',
          ground,
          codeOf,
          timeoutSeconds: apiTimeoutSeconds,
          memoryMegabytes: apiMemoryMegabytes,
        }).lambda,
      ]),
    )
    const uriOf = ({ definition }: Routed): string => {
      const lambda = functions.get(definition)
      if (!lambda) throw new Error(`${definition.name} has a route and no function`)
      return invocationUri(lambda)
    }
    const operation = (one: Routed) => ({
      operationId: one.operationId,
      ...(one.definition.who?.kind === 'anyone' ? {} : { security: [{ session: [sessionScope] }] }),
      responses: { default: { description: 'See the published description' } },
      'x-amazon-apigateway-integration': {
        type: 'aws_proxy',
        httpMethod: 'POST',
        payloadFormatVersion: '2.0',
        credentials: role.roleArn,
        uri: uriOf(one),
        timeoutInMillis: apiTimeoutSeconds * 1000,
      },
    })

    const { pool: userPool, client } = store.pools[pool]
    const made = new CfnApi(this, 'Http', {
      body: {
        openapi: '3.0.1',
        info: { title: Stack.of(this).stackName, version: '1' },
        paths: byPath(all, operation),
        components: {
          securitySchemes: {
            session: {
              type: 'oauth2',
              'x-amazon-apigateway-authorizer': {
                type: 'jwt',
                identitySource: '$request.header.Authorization',
                jwtConfiguration: {
                  issuer: `https://cognito-idp.${store.region}.amazonaws.com/${userPool.userPoolId}`,
                  audience: [client.userPoolClientId],
                },
              },
            },
          },
        },
      },
    })
    const log = accessLog(this, settings)
    new CfnStage(this, 'Stage', {
      apiId: made.ref,
      stageName: '$default',
      autoDeploy: true,
      accessLogSettings: { destinationArn: log.logGroupArn, format: JSON.stringify(accessLogFormat) },
      defaultRouteSettings: { throttlingRateLimit: throttle.perSecond, throttlingBurstLimit: throttle.atOnce },
      routeSettings: Object.fromEntries(all.filter(asksIdentity).map(({ route }) => [route, routeThrottle(route)])),
    })
    this.domainName = `${made.ref}.execute-api.${store.region}.amazonaws.com`

    const { stackName } = Stack.of(this)
    alarm(this, 'Failing', {
      name: `${stackName}-api`,
      failing,
      metric: new Metric({
        namespace: 'AWS/ApiGateway',
        metricName: '5xx',
        dimensionsMap: { ApiId: made.ref },
        statistic: 'Sum',
        period: Duration.minutes(5),
      }),
      rings: { from: 5 },
      topic: store.alarms,
    })
  }
}

/** Names and figures of the call: no address, no browser, no path with a number in it, no query. */
const accessLogFormat = {
  requestId: '$context.requestId',
  route: '$context.routeKey',
  status: '$context.status',
  milliseconds: '$context.responseLatency',
  integrationMilliseconds: '$context.integrationLatency',
  integrationError: '$context.integrationErrorMessage',
  authorizerError: '$context.authorizer.error',
  gatewayError: '$context.error.responseType',
}

const asksIdentity = ({ definition }: Routed): boolean =>
  definition.who?.kind === 'anyone' && grantsOf(definition).some(({ on }) => on === 'pool')

/** In CloudFormation's own spelling: route settings are free-form, and CDK does not spell them. */
const routeThrottle = (route: string) => {
  const { perSecond, atOnce } = route.endsWith('/refresh') ? refreshThrottle : identityThrottle
  return { ThrottlingRateLimit: perSecond, ThrottlingBurstLimit: atOnce }
}
