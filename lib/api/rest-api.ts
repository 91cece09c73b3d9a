import { Duration, Size, Stack } from 'aws-cdk-lib'
import {
  AccessLogFormat,
  ApiDefinition,
  CfnUsagePlan,
  EndpointType,
  LogGroupLogDestination,
  MethodLoggingLevel,
  SpecRestApi,
} from 'aws-cdk-lib/aws-apigateway'
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda'
import { Construct } from 'constructs'
import type { Failing } from '../../functions/kit/worker.ts'
import { registry } from '../definitions.ts'
import { acceptRestApi } from '../nag.ts'
import { alarm } from '../parts/alarm.ts'
import type { Ground } from '../parts/grants.ts'
import { type CodeOf, PanelFunction } from '../parts/panel-function.ts'
import { byPath, type Routed, routesOf } from '../routes.ts'
import { accessLog, apiMemoryMegabytes, apiTimeoutSeconds, gatewayRole, invocationUri } from './gateway.ts'
import { gatewayResponses } from './gateway-responses.ts'

export interface RestApiProps {
  readonly ground: Ground
  readonly codeOf: CodeOf
  readonly failing: Failing
}

/** What a key may do. One plan for each tier of resellers; so far there is one. */
const plan = { perSecond: 20, atOnce: 40, perDay: 500_000 }
/** What all keys together may do. */
const throttle = { perSecond: 200, atOnce: 400 }

/**
 * The API that a gateway key opens. API Gateway's own keys and plans meter it, by the hash that the authorizer answers:
 * the gateway never holds a key that anybody could use.
 */
export class RestApi extends Construct {
  readonly domainName: string
  /** The first part of every path at the gateway, which the edge adds. */
  readonly stagePath: string
  /** What new keys are put on. */
  readonly planId: string

  constructor(scope: Construct, { ground, codeOf, failing }: RestApiProps) {
    super(scope, 'Api')
    const { store, settings } = ground
    const { stackName } = Stack.of(this)
    const role = gatewayRole(this)
    const functionOf = (definition: Routed['definition']): LambdaFunction =>
      new PanelFunction(scope, {
        definition,
        setGoingBy: 'api',
        ground,
        codeOf,
        timeoutSeconds: apiTimeoutSeconds,
        memoryMegabytes: apiMemoryMegabytes,
      }).lambda
    const [authorizer] = registry.authorizers
    if (!authorizer) throw new Error('nobody looks a reseller’s key up')

    const operation = ({ definition, operationId }: Routed) => ({
      operationId,
      // The authorizer says whose key it is and which hash to meter; the gateway then demands that hash as its own key.
      security: [{ owner: [], meter: [] }],
      responses: { default: { description: 'See the published description' } },
      'x-amazon-apigateway-integration': {
        type: 'aws_proxy',
        httpMethod: 'POST',
        credentials: role.roleArn,
        uri: invocationUri(functionOf(definition)),
        timeoutInMillis: apiTimeoutSeconds * 1000,
      },
    })
    const log = accessLog(this, settings)
    const api = new SpecRestApi(this, 'Rest', {
      restApiName: stackName,
      endpointTypes: [EndpointType.REGIONAL],
      minCompressionSize: Size.kibibytes(1),
      // An account has one role for all of its REST APIs' logs; without it none of them can write any.
      cloudWatchRole: true,
      apiDefinition: ApiDefinition.fromInline({
        openapi: '3.0.1',
        info: { title: stackName, version: '1' },
        'x-amazon-apigateway-api-key-source': 'AUTHORIZER',
        'x-amazon-apigateway-gateway-responses': gatewayResponses,
        paths: byPath(routesOf('reseller'), operation),
        components: {
          securitySchemes: {
            owner: {
              type: 'apiKey',
              in: 'header',
              name: 'x-api-key',
              'x-amazon-apigateway-authtype': 'custom',
              'x-amazon-apigateway-authorizer': {
                type: 'request',
                identitySource: 'method.request.header.x-api-key',
                authorizerUri: invocationUri(functionOf(authorizer)),
                authorizerCredentials: role.roleArn,
                // A revoked key opens nothing from the next request on.
                authorizerResultTtlInSeconds: 0,
              },
            },
            meter: { type: 'apiKey', in: 'header', name: 'x-api-key' },
          },
        },
      }),
      deployOptions: {
        stageName: 'live',
        throttlingRateLimit: throttle.perSecond,
        throttlingBurstLimit: throttle.atOnce,
        accessLogDestination: new LogGroupLogDestination(log),
        accessLogFormat: AccessLogFormat.custom(JSON.stringify(accessLogFormat)),
        // Execution logs hold headers, and with them keys.
        loggingLevel: MethodLoggingLevel.OFF,
        dataTraceEnabled: false,
      },
    })
    this.planId = new CfnUsagePlan(this, 'Standard', {
      usagePlanName: `${stackName}-standard`,
      throttle: { rateLimit: plan.perSecond, burstLimit: plan.atOnce },
      quota: { limit: plan.perDay, period: 'DAY' },
      apiStages: [{ apiId: api.restApiId, stage: api.deploymentStage.stageName }],
    }).ref
    acceptRestApi(api)
    this.domainName = `${api.restApiId}.execute-api.${store.region}.amazonaws.com`
    this.stagePath = `/${api.deploymentStage.stageName}`

    alarm(this, 'Failing', {
      name: `${stackName}-api`,
      failing,
      metric: api.deploymentStage.metricServerError({ statistic: 'Sum', period: Duration.minutes(5) }),
      rings: { from: 5 },
      topic: store.alarms,
    })
  }
}

/** As the HTTP APIs' log: nothing personal, and nothing of the key but what became of it. */
const accessLogFormat = {
  requestId: '$context.requestId',
  method: '$context.httpMethod',
  resource: '$context.resourcePath',
  status: '$context.status',
  milliseconds: '$context.responseLatency',
  integrationMilliseconds: '$context.integrationLatency',
  authorizerStatus: '$context.authorizer.status',
  gatewayError: '$context.error.responseType',
}
