import { existsSync, readFileSync } from 'node:fs'
import { transform } from 'esbuild'
import { describe, expect, test } from 'vitest'
import { queues } from '../../core/need.ts'
import { identityRecord } from '../../core/privacy/inventory.ts'
import { schema } from '../../data/schema.ts'
import { definitions, plainName, registry, type WorkerDefinition } from '../../lib/definitions.ts'
import { apiRequestFunction, type Door, pageRequestFunction } from '../../lib/edge/render.ts'
import { securityHeaders } from '../../lib/edge/security-headers.ts'
import { idleCosts, idleCostTable } from '../../lib/idle-cost.ts'
import { routes, routesOf } from '../../lib/routes.ts'
import { at, flat, listed, type Resource, type SynthesisedStack, synthesise } from './panel.ts'

const stacks = synthesise({}, 'packs alone')
const stack = (name: string): SynthesisedStack => stacks.get(name)!
const everything = [...stacks.values()].flatMap(({ resources }) => resources)
const all = (type: string): Resource[] => everything.filter(({ Type }) => Type === type)
const [store, customer, reseller, admin, edge, workers] = ['store', 'customer', 'reseller', 'admin', 'edge', 'workers'].map(
  stack,
) as [SynthesisedStack, SynthesisedStack, SynthesisedStack, SynthesisedStack, SynthesisedStack, SynthesisedStack]
const lambdaOf = ({ name }: { name: string }): Resource =>
  all('AWS::Lambda::Function').find(({ Properties }) => String(Properties['FunctionName']).endsWith(`-${plainName({ name })}`))!

describe('every stack', () => {
  test('stays well below what CloudFormation and API Gateway take', () => {
    expect([...stacks.keys()].sort()).toEqual(['admin', 'customer', 'edge', 'reseller', 'store', 'workers'])
    for (const { name, resources, text } of stacks.values()) {
      // CloudFormation takes 500, and 1 MB: with less room than for a dozen endpoints a stack is to be cut in two.
      expect(resources.length, name).toBeLessThan(460)
      expect(text.length, name).toBeLessThan(800_000)
    }
    for (const api of ['customer', 'reseller', 'admin'] as const) expect(routesOf(api).length).toBeLessThan(250)
  })

  test('keeps what must never be lost when the stack goes, or when a change would replace it', () => {
    const precious = ['DynamoDB::Table', 'Cognito::UserPool', 'Cognito::UserPoolClient', 'KMS::Key', 'S3::Bucket'].flatMap((type) =>
      all(`AWS::${type}`),
    )
    expect(precious).toHaveLength(2 + 2 + 2 + 1 + 5)
    for (const { id, DeletionPolicy, UpdateReplacePolicy } of precious)
      expect([DeletionPolicy, UpdateReplacePolicy], id).toEqual(['Retain', 'Retain'])
  })

  test('holds no bucket that anybody could reach, and none that answers without TLS (P-SEC-1)', () => {
    for (const { id, Properties } of all('AWS::S3::Bucket')) {
      expect(Object.values(Object(Properties['PublicAccessBlockConfiguration'])), id).toEqual([true, true, true, true])
      const policy = all('AWS::S3::BucketPolicy').find((one) => flat(one.Properties['Bucket']) === `<${id}>`)
      expect(JSON.stringify(policy?.Properties), id).toContain('"aws:SecureTransport":"false"')
    }
  })
})

describe('the store', () => {
  const [table, logTable] = ['Table', 'LogTable'].map(
    (id) => store.of('AWS::DynamoDB::Table').find((one) => one.id.replace(/[0-9A-F]{8}$/, '') === id)!,
  ) as [Resource, Resource]

  test('has the one table exactly as the schema says', () => {
    const keySchema = (partitionKey: string, sortKey: string) => [
      { AttributeName: partitionKey, KeyType: 'HASH' },
      { AttributeName: sortKey, KeyType: 'RANGE' },
    ]
    expect(table.Properties).toMatchObject({
      BillingMode: 'PAY_PER_REQUEST',
      KeySchema: keySchema(schema.partitionKey, schema.sortKey),
      TimeToLiveSpecification: { AttributeName: schema.timeToLive, Enabled: true },
      StreamSpecification: { StreamViewType: 'NEW_AND_OLD_IMAGES' },
      PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true, RecoveryPeriodInDays: 7 },
      DeletionProtectionEnabled: true,
    })
    const indexes = listed(table.Properties['GlobalSecondaryIndexes'])
    expect(indexes).toEqual(
      Object.entries(schema.indexes).map(([IndexName, { partitionKey, sortKey, carries }]) => ({
        IndexName,
        KeySchema: keySchema(partitionKey, sortKey),
        Projection: { ProjectionType: 'INCLUDE', NonKeyAttributes: [...carries] },
      })),
    )
  })

  test('keeps no recovery copy of the access log, and no stream of it (P-RET-3)', () => {
    expect(logTable.Properties['TimeToLiveSpecification']).toEqual({ AttributeName: 'expiresAt', Enabled: true })
    expect(logTable.Properties['StreamSpecification']).toBeUndefined()
    expect(logTable.Properties['PointInTimeRecoverySpecification']).toBeUndefined()
  })

  test('lets customers sign up by email with a code, and says nothing of who has an account', () => {
    const [pool] = store.of('AWS::Cognito::UserPool').filter(({ id }) => id.startsWith('Customers'))
    expect(pool?.Properties).toMatchObject({
      UsernameAttributes: ['email'],
      UsernameConfiguration: { CaseSensitive: false },
      AutoVerifiedAttributes: ['email'],
      AdminCreateUserConfig: { AllowAdminCreateUserOnly: false },
      // A second factor is everybody's own choice, and an app is the only kind there is.
      MfaConfiguration: 'OPTIONAL',
      EnabledMfas: ['SOFTWARE_TOKEN_MFA'],
      Policies: {
        PasswordPolicy: {
          MinimumLength: 10,
          RequireLowercase: true,
          RequireNumbers: true,
          RequireSymbols: false,
          RequireUppercase: false,
        },
      },
      VerificationMessageTemplate: { DefaultEmailOption: 'CONFIRM_WITH_CODE' },
      DeletionProtection: 'ACTIVE',
    })
    const attributes = listed(pool?.Properties['Schema']).filter((one) => at(one, 'AttributeDataType') !== undefined)
    expect(attributes.map((one) => [at(one, 'Name'), at(one, 'Mutable')])).toEqual([
      ['terms', false],
      ['ticket', true],
    ])
  })

  test('lets staff in by invitation alone, and never without a second factor', () => {
    const [pool] = store.of('AWS::Cognito::UserPool').filter(({ id }) => id.startsWith('Staff'))
    expect(pool?.Properties).toMatchObject({
      AdminCreateUserConfig: { AllowAdminCreateUserOnly: true },
      MfaConfiguration: 'ON',
      EnabledMfas: ['SOFTWARE_TOKEN_MFA'],
      DeletionProtection: 'ACTIVE',
    })
  })

  test('has both pools ask for the scopes of every access token, and lets no other pool ask', () => {
    const trigger = lambdaOf(registry.poolTriggers[0]!)
    for (const { id, Properties } of store.of('AWS::Cognito::UserPool')) {
      expect(at(Properties, 'LambdaConfig', 'PreTokenGenerationConfig'), id).toEqual({
        LambdaArn: { 'Fn::GetAtt': [trigger.id, 'Arn'] },
        LambdaVersion: 'V2_0',
      })
    }
    const leaves = store.of('AWS::Lambda::Permission').map(({ Properties }) => Properties)
    expect(leaves.map((leave) => [leave['Principal'], flat(leave['SourceArn'])]).sort()).toEqual(
      store
        .of('AWS::Cognito::UserPool')
        .map(({ id }) => ['cognito-idp.amazonaws.com', `<${id}.Arn>`])
        .sort(),
    )
  })

  test('has clients with a secret, whose access lasts five minutes and whose refresh tokens are used once', () => {
    const clients = store.of('AWS::Cognito::UserPoolClient')
    expect(clients).toHaveLength(2)
    for (const { Properties } of clients)
      expect(Properties).toMatchObject({
        GenerateSecret: true,
        ExplicitAuthFlows: ['ALLOW_USER_PASSWORD_AUTH'],
        AllowedOAuthFlowsUserPoolClient: false,
        AccessTokenValidity: 5,
        IdTokenValidity: 5,
        RefreshTokenValidity: 30 * 24 * 60,
        TokenValidityUnits: { AccessToken: 'minutes', IdToken: 'minutes', RefreshToken: 'minutes' },
        RefreshTokenRotation: { Feature: 'ENABLED', RetryGracePeriodSeconds: 60 },
        EnableTokenRevocation: true,
        PreventUserExistenceErrors: 'ENABLED',
      })
  })

  test('has the identity provider remember of people exactly what the inventory names (P-COL-6)', () => {
    const writable = (client: Resource): string[] => listed(client.Properties['WriteAttributes']).map(String)
    const clients = store.of('AWS::Cognito::UserPoolClient')
    expect([...new Set(clients.flatMap(writable))].sort()).toEqual(Object.keys(identityRecord).sort())
  })

  test('keeps the list of who was erased for longer than any recovery copy that has them in it, and not for good (P-RET-2)', () => {
    const [bucket] = store.of('AWS::S3::Bucket').filter(({ id }) => id.startsWith('Files'))
    const rules = listed(at(bucket?.Properties, 'LifecycleConfiguration', 'Rules'))
    const days = Number(
      at(
        rules.find((rule) => at(rule, 'Prefix') === 'erasures/'),
        'ExpirationInDays',
      ),
    )
    const copies = at(table.Properties, 'PointInTimeRecoverySpecification', 'RecoveryPeriodInDays')
    expect(days).toBeGreaterThan(2 * Number(copies))
    expect(days).toBeLessThan(100)
  })

  test('keeps the raw access-log files for days, and lets nobody write them but log delivery for this account', () => {
    const [bucket] = store.of('AWS::S3::Bucket').filter(({ id }) => id.startsWith('AccessLogFiles'))
    expect(at(bucket?.Properties, 'LifecycleConfiguration', 'Rules', 0, 'ExpirationInDays')).toBe(3)
    const policy = store.of('AWS::S3::BucketPolicy').find(({ id }) => id.startsWith('AccessLogFiles'))
    const allowed = listed(at(policy?.Properties, 'PolicyDocument', 'Statement')).filter((one) => at(one, 'Effect') === 'Allow')
    expect(allowed).toHaveLength(1)
    expect(allowed[0]).toMatchObject({ Action: 's3:PutObject', Principal: { Service: 'delivery.logs.amazonaws.com' } })
    expect(at(allowed[0], 'Condition', 'StringEquals', 'aws:SourceAccount')).toEqual({ Ref: 'AWS::AccountId' })
  })
})

describe('every function', () => {
  test.each(definitions.map((definition) => [definition.name, definition] as const))(
    '%s is three resources of one name: itself, its role and its log group',
    (_, definition) => {
      const { Properties } = lambdaOf(definition)
      const name = String(Properties['FunctionName'])
      expect(name.length).toBeLessThanOrEqual(64)
      expect(Properties).toMatchObject({
        Runtime: 'nodejs24.x',
        Architectures: ['arm64'],
        Handler: 'index.handler',
        Description: definition.summary,
      })
      expect(definition.summary.length).toBeLessThanOrEqual(256)
      expect(at(Properties, 'LoggingConfig')).toMatchObject({ LogFormat: 'JSON', ApplicationLogLevel: 'INFO' })
      const group = all('AWS::Logs::LogGroup').find(({ id }) => flat(at(Properties, 'LoggingConfig', 'LogGroup')) === `<${id}>`)
      expect(group?.Properties).toMatchObject({ LogGroupName: `/aws/lambda/${name}`, RetentionInDays: 90 })
    },
  )

  test('of an API costs three resources and no more', () => {
    for (const { resources, of } of [customer, admin]) {
      const beside = ['AWS::ApiGatewayV2::Api', 'AWS::ApiGatewayV2::Stage', 'AWS::CloudWatch::Alarm', 'AWS::CDK::Metadata']
      const rest = resources.filter(({ Type }) => !beside.includes(Type))
      // The gateway's own role and log.
      expect(rest.length).toBe(3 * of('AWS::Lambda::Function').length + 2)
    }
  })

  test('is one of the registry’s, or one of CDK’s own that run at a deployment and at no other time', () => {
    const others = all('AWS::Lambda::Function').filter(({ Properties }) => Properties['FunctionName'] === undefined)
    expect(others.map(({ id }) => id.replace(/[0-9A-F]{8}$/, ''))).toEqual([
      expect.stringMatching(/^CustomCDKBucketDeployment/),
      expect.stringMatching(/^AWSCDKTriggerCustomResourceProvider/),
    ])
    expect(all('AWS::Lambda::Function')).toHaveLength(definitions.length + others.length)
  })
})

describe('the APIs', () => {
  const bodyOf = (one: SynthesisedStack): unknown =>
    at([...one.of('AWS::ApiGatewayV2::Api'), ...one.of('AWS::ApiGateway::RestApi')][0]?.Properties, 'Body')
  const bodies = { customer: bodyOf(customer), reseller: bodyOf(reseller), admin: bodyOf(admin) }

  test('have every route of the registry, each in one of them, and no other', () => {
    const inBodies = Object.values(bodies).flatMap((body) =>
      Object.entries(Object(at(body, 'paths'))).flatMap(([path, verbs]) =>
        Object.keys(Object(verbs)).map((verb) => `${verb.toUpperCase()} ${path}`),
      ),
    )
    expect(inBodies.sort()).toEqual(routes.map(({ route }) => route).sort())
    expect(new Set(inBodies).size).toBe(inBodies.length)
  })

  test.each(routes.map((one) => [one.route, one] as const))(
    '%s calls its own function by the gateway’s role',
    (_, { api, path, verb, definition }) => {
      const integration = at(bodies[api], 'paths', path, verb, 'x-amazon-apigateway-integration')
      expect(flat(at(integration, 'uri'))).toContain(`<${lambdaOf(definition).id}.Arn>/invocations`)
      expect(flat(at(integration, 'credentials'))).toMatch(/^<ApiGateway\w+\.Arn>$/)
    },
  )

  test('demand an access token on every route of customers and staff, and none on the open ones', () => {
    let demanded = 0
    for (const { api, path, verb, definition, route } of routes.filter(({ api }) => api !== 'reseller')) {
      const security = at(bodies[api], 'paths', path, verb, 'security')
      if (definition.who?.kind === 'anyone') expect(security, route).toBeUndefined()
      else {
        expect(security, route).toEqual([{ session: ['panel/session'] }])
        demanded++
      }
    }
    expect(demanded).toBeGreaterThan(20)
  })

  test.each([
    ['customer', 'Customers'],
    ['admin', 'Staff'],
  ] as const)('of %s takes the tokens of the pool %s and of no other', (api, pool) => {
    const authorizer = at(bodies[api], 'components', 'securitySchemes', 'session', 'x-amazon-apigateway-authorizer')
    expect(at(authorizer, 'type')).toBe('jwt')
    expect(flat(at(authorizer, 'jwtConfiguration', 'issuer'))).toMatch(
      new RegExp(`^https://cognito-idp.eu-west-1.amazonaws.com/<panel-store:\\w*Ref${pool}\\w*>$`),
    )
    expect(listed(at(authorizer, 'jwtConfiguration', 'audience')).map(flat)).toEqual([
      expect.stringMatching(new RegExp(`^<panel-store:\\w*Ref${pool}Panel\\w*>$`)),
    ])
  })

  test('of resellers demands a key that the authorizer knows and the gateway meters, each time anew', () => {
    const body = bodies.reseller
    expect(at(body, 'x-amazon-apigateway-api-key-source')).toBe('AUTHORIZER')
    for (const { path, verb } of routesOf('reseller'))
      expect(at(body, 'paths', path, verb, 'security')).toEqual([{ owner: [], meter: [] }])
    expect(at(body, 'components', 'securitySchemes', 'meter')).toEqual({ type: 'apiKey', in: 'header', name: 'x-api-key' })
    const authorizer = at(body, 'components', 'securitySchemes', 'owner', 'x-amazon-apigateway-authorizer')
    expect(authorizer).toMatchObject({ type: 'request', authorizerResultTtlInSeconds: 0 })
    expect(flat(at(authorizer, 'authorizerUri'))).toContain(`<${lambdaOf(registry.authorizers[0]!).id}.Arn>`)
    const [plan] = reseller.of('AWS::ApiGateway::UsagePlan')
    expect(plan?.Properties).toMatchObject({ Throttle: { RateLimit: 20, BurstLimit: 40 } })
    expect(listed(plan?.Properties['ApiStages'])).toHaveLength(1)
  })

  test('of resellers refuses in the panel’s one vocabulary', () => {
    const answers = Object.entries(Object(at(bodies.reseller, 'x-amazon-apigateway-gateway-responses')))
    expect(answers.map(([type]) => type)).toEqual(
      expect.arrayContaining([
        'UNAUTHORIZED',
        'ACCESS_DENIED',
        'INVALID_API_KEY',
        'THROTTLED',
        'QUOTA_EXCEEDED',
        'DEFAULT_4XX',
        'DEFAULT_5XX',
      ]),
    )
    for (const [type, answer] of answers) {
      const problem: unknown = JSON.parse(String(at(answer, 'responseTemplates', 'application/json')))
      expect(problem, type).toEqual({
        error: { code: expect.stringMatching(/^[a-z-]+$/), message: expect.stringMatching(/\.$/), reference: '$context.requestId' },
      })
    }
    expect(at(bodies.reseller, 'x-amazon-apigateway-gateway-responses', 'THROTTLED', 'statusCode')).toBe('429')
  })

  test('log each call without saying whose it was', () => {
    const formats = [
      ...[customer, admin].map((one) => at(one.of('AWS::ApiGatewayV2::Stage')[0]?.Properties, 'AccessLogSettings', 'Format')),
      at(reseller.of('AWS::ApiGateway::Stage')[0]?.Properties, 'AccessLogSetting', 'Format'),
    ].map(String)
    expect(formats).toHaveLength(3)
    for (const format of formats) {
      expect(format).toContain('$context.requestId')
      expect(format).not.toMatch(/identity|sourceIp|userAgent|context\.path|apiKey|principal|claims|query/i)
    }
  })

  test('take so many calls a second and no more, and far fewer where passwords are guessed', () => {
    for (const one of [customer, admin]) {
      const settings = one.of('AWS::ApiGatewayV2::Stage')[0]?.Properties
      expect(at(settings, 'DefaultRouteSettings', 'ThrottlingRateLimit')).toBeGreaterThan(0)
      expect(at(settings, 'AutoDeploy')).toBe(true)
    }
    const tighter = Object(at(customer.of('AWS::ApiGatewayV2::Stage')[0]?.Properties, 'RouteSettings'))
    expect(Object.keys(tighter)).toEqual(
      expect.arrayContaining(['POST /api/session', 'POST /api/sign-up', 'POST /api/password/forgot']),
    )
    // Nothing is guessed where sessions are renewed, and everybody who is signed in comes there.
    for (const [route, limits] of Object.entries(tighter))
      expect(limits, route).toEqual(
        route === 'POST /api/session/refresh'
          ? { ThrottlingRateLimit: 100, ThrottlingBurstLimit: 200 }
          : { ThrottlingRateLimit: 20, ThrottlingBurstLimit: 40 },
      )
    expect(Object.keys(Object(at(admin.of('AWS::ApiGatewayV2::Stage')[0]?.Properties, 'RouteSettings')))).toContain(
      'POST /api/admin/session',
    )
  })
})

describe('the workers', () => {
  const of = <Kind extends WorkerDefinition['on']['kind']>(kind: Kind) => registry.workers.filter(({ on }) => on.kind === kind)
  const queueNamed = (name: string): Resource =>
    workers.of('AWS::SQS::Queue').find(({ Properties }) => Properties['QueueName'] === name)!

  test('read every queue, each by one of them', () => {
    expect(registry.workers.flatMap(({ on }) => (on.kind === 'queue' ? on.queue : [])).sort()).toEqual([...queues].sort())
  })

  test.each(of('queue').map((worker) => [worker.name, worker] as const))(
    '%s gets its messages back when it fails, and gives up after five tries',
    (_, { on, timeoutSeconds, name }) => {
      if (on.kind !== 'queue') throw new Error('not a queue')
      const queue = queueNamed(`panel-${on.queue}`)
      const dead = queueNamed('panel-given-up-dead')
      expect(queue.Properties).toMatchObject({ SqsManagedSseEnabled: true, RedrivePolicy: { maxReceiveCount: 5 } })
      expect(queue.Properties['VisibilityTimeout']).toBeGreaterThanOrEqual(6 * timeoutSeconds)
      expect(flat(at(queue.Properties, 'RedrivePolicy', 'deadLetterTargetArn'))).toBe(`<${dead.id}.Arn>`)
      expect(dead.Properties).toMatchObject({ SqsManagedSseEnabled: true, MessageRetentionPeriod: 14 * 86_400 })
      const source = workers
        .of('AWS::Lambda::EventSourceMapping')
        .find(({ Properties }) => flat(Properties['FunctionName']) === `<${lambdaOf({ name }).id}>`)
      expect(source?.Properties).toMatchObject({ BatchSize: on.batchSize, FunctionResponseTypes: ['ReportBatchItemFailures'] })
      expect(flat(source?.Properties['EventSourceArn'])).toBe(`<${queue.id}.Arn>`)
      expect(at(source?.Properties, 'ScalingConfig', 'MaximumConcurrency')).toBe(on.atOnce)
      expect(source?.Properties['MaximumBatchingWindowInSeconds']).toBe(on.batchSeconds)
      // Lambda wants a window for batches beyond ten.
      if (on.batchSize > 10) expect(on.batchSeconds).toBeGreaterThan(0)
    },
  )

  test('have queues that answer over TLS alone (P-SEC-1)', () => {
    const policies = workers.of('AWS::SQS::QueuePolicy').map(({ Properties }) => JSON.stringify(Properties))
    for (const { id } of workers.of('AWS::SQS::Queue'))
      expect(
        policies.filter((policy) => policy.includes(`"${id}"`) && policy.includes('aws:SecureTransport')),
        id,
      ).toHaveLength(1)
  })

  test('hear of the changes they asked for, bounded in tries, and note what was given up', () => {
    const [relay] = of('stream')
    if (relay?.on.kind !== 'stream') throw new Error('nothing is on the stream')
    const sources = workers.of('AWS::Lambda::EventSourceMapping').filter(({ Properties }) => Properties['StartingPosition'])
    expect(sources).toHaveLength(1)
    expect(sources[0]?.Properties).toMatchObject({
      StartingPosition: 'TRIM_HORIZON',
      BatchSize: relay.on.batchSize,
      BisectBatchOnFunctionError: true,
      FunctionResponseTypes: ['ReportBatchItemFailures'],
    })
    expect(sources[0]?.Properties['MaximumRetryAttempts']).toBeLessThan(100)
    expect(at(sources[0]?.Properties, 'DestinationConfig', 'OnFailure', 'Destination')).toBeDefined()
    const patterns = listed(at(sources[0]?.Properties, 'FilterCriteria', 'Filters')).map((one): unknown =>
      JSON.parse(String(at(one, 'Pattern'))),
    )
    // More than five filters need an increase of a quota; one with alternatives does not.
    expect(patterns).toHaveLength(2)
    expect(listed(at(patterns[0], 'dynamodb', 'Keys', 'pk', 'S')).map((rule) => at(rule, 'prefix') ?? rule)).toEqual(
      relay.on.prefixes,
    )
    // Of an account that was erased; every other order's movement of money passes it by.
    expect(patterns[1]).toEqual({
      dynamodb: { Keys: { pk: { S: [{ prefix: 'WALLET#' }] } }, OldImage: { expiresAt: { N: [{ exists: true }] } } },
    })
    expect(relay.on.expiring).toEqual(['WALLET#'])
  })

  test.each(of('schedule').map((worker) => [worker.name, worker] as const))(
    '%s runs by the clock, and a call that cannot be placed is kept',
    (_, { on, name }) => {
      if (on.kind !== 'schedule') throw new Error('not by the clock')
      const schedule = workers
        .of('AWS::Scheduler::Schedule')
        .find(({ Properties }) => flat(at(Properties, 'Target', 'Arn')) === `<${lambdaOf({ name }).id}.Arn>`)
      expect(schedule?.Properties['ScheduleExpression']).toBe(
        { minute: 'rate(1 minute)', hour: 'rate(1 hour)', day: 'rate(1 day)' }[on.every],
      )
      expect(at(schedule?.Properties, 'Target', 'DeadLetterConfig', 'Arn')).toBeDefined()
    },
  )

  test('give the edge its first secret and everybody the catalogue in its new form while they are deployed', () => {
    const triggers = workers
      .of('Custom::Trigger')
      .map(({ Properties }) => [flat(Properties['HandlerArn']), Properties['InvocationType']])
    expect(triggers.toSorted()).toEqual([
      // Not waited for: a catalogue that cannot be published must not keep the remedy from being deployed.
      [expect.stringContaining('publishcatalogue'), 'Event'],
      [expect.stringContaining('rotateedgesecret'), 'RequestResponse'],
    ])
  })
})

describe('the alarms', () => {
  const alarms = all('AWS::CloudWatch::Alarm')
  const describedAs = (text: string): Resource[] =>
    alarms.filter(({ Properties }) => String(Properties['AlarmDescription']).startsWith(text))
  const sectionOf = ({ Properties }: Resource): string => String(Properties['AlarmDescription']).split('docs/runbook.md#')[1] ?? ''

  test.each(registry.workers.map((worker) => [worker.name, worker] as const))(
    '%s has one that says who is hurt and what to do',
    (_, { name, failing }) => {
      const [alarm, ...others] = describedAs(`Who is hurt: ${failing.hurts}. `).filter(
        ({ Properties }) => String(Properties['AlarmName']) === `panel-workers-${plainName({ name })}`,
      )
      expect(others).toEqual([])
      expect(sectionOf(alarm!)).toBe(failing.runbook)
    },
  )

  test('are few, each tells somebody, and each says who is hurt', () => {
    // One for each worker; APIs, the edge, dead letters, the ledger, and what the panel measures of itself.
    expect(alarms.length).toBeLessThanOrEqual(registry.workers.length + 14)
    // Each metric that an alarm looks at is paid for.
    for (const { id, Properties } of alarms) expect(Properties['Metrics'], id).toBeUndefined()
    for (const { id, Properties } of alarms) {
      expect(listed(Properties['AlarmActions']), id).toHaveLength(1)
      expect(Properties['AlarmDescription'], id).toMatch(/^Who is hurt: .{10,}\. What to do: docs\/runbook\.md#[a-z-]+$/)
      expect(['breaching', 'notBreaching'], id).toContain(Properties['TreatMissingData'])
    }
    expect(new Set(alarms.map(({ Properties }) => flat(Properties['AlarmName']))).size).toBe(alarms.length)
  })

  test('watch every API, every dead-letter queue, the stream’s age and a ledger that was rewritten', () => {
    const names = alarms.map(({ Properties }) => flat(Properties['AlarmName']))
    expect(names).toEqual(
      expect.arrayContaining([
        'panel-customer-api',
        'panel-reseller-api',
        'panel-admin-api',
        'panel-edge-site',
        'panel-workers-workers-relay-ledger-rewritten',
      ]),
    )
    const watched = JSON.stringify(alarms.map(({ Properties }) => Properties))
    for (const { id, Properties } of workers
      .of('AWS::SQS::Queue')
      .filter((one) => String(one.Properties['QueueName']).endsWith('-dead')))
      expect(watched, String(Properties['QueueName'])).toContain(`"Fn::GetAtt":["${id}","QueueName"]`)
    expect(watched).toContain('"MetricName":"IteratorAge"')
  })

  test.each(
    registry.workers.flatMap(({ name, on, timeoutSeconds }) => (on.kind === 'queue' ? [[name, timeoutSeconds] as const] : [])),
  )('%s rings before a message of it is given up, and for one that failed once it does not', (name, timeoutSeconds) => {
    const unseenSeconds = 6 * timeoutSeconds
    const [alarm] = alarms.filter(({ Properties }) => Properties['AlarmName'] === `panel-workers-${plainName({ name })}`)
    const threshold = Number(alarm?.Properties['Threshold'])
    // Handed out again when it is `unseenSeconds` old, and worked on for `timeoutSeconds`.
    expect(threshold).toBeGreaterThan(unseenSeconds + timeoutSeconds)
    // The age leaves a message out from its third time on: a minute is how often the age is told.
    expect(threshold).toBeLessThanOrEqual(2 * unseenSeconds - 60)
  })

  test('of what runs each minute ring when nothing runs at all, and of nothing else that is silent', () => {
    const ringing = alarms.filter(({ Properties }) => Properties['TreatMissingData'] === 'breaching')
    expect(ringing.map(({ Properties }) => flat(Properties['AlarmName'])).sort()).toEqual(
      registry.workers
        .flatMap(({ name, on }) =>
          on.kind === 'schedule' && on.every === 'minute' ? [`panel-workers-${plainName({ name })}`] : [],
        )
        .sort(),
    )
  })

  test('hear the relay’s own words about the ledger', () => {
    const [filter] = workers.of('AWS::Logs::MetricFilter')
    const pattern = String(filter?.Properties['FilterPattern'])
    expect(readFileSync(new URL('../../functions/workers/relay.ts', import.meta.url), 'utf8')).toContain(
      `logAlarm('${pattern.replaceAll('"', '')}'`,
    )
    const metric = at(filter?.Properties, 'MetricTransformations', 0, 'MetricName')
    expect(alarms.filter(({ Properties }) => Properties['MetricName'] === metric)).toHaveLength(1)
  })

  test('of workers lead to sections of their own, but for two pairs that fail together', () => {
    const shared = [...Map.groupBy(registry.workers, ({ failing }) => failing.runbook)].filter(([, ones]) => ones.length > 1)
    expect(shared.map(([section, ones]) => [section, ones.map(({ name }) => name)])).toEqual([
      // Sent by the first, and by the second when the first did not: one way out for both.
      ['orders-not-sent', ['workers.submit-order', 'workers.sweep-orders']],
      // The first asks the second.
      ['orders-not-polled', ['workers.ask-for-polls', 'workers.poll-orders']],
    ])
  })

  const runbook = new URL('../../docs/runbook.md', import.meta.url)
  test.skipIf(!existsSync(runbook))('lead to sections that the runbook has', () => {
    const sections = [...readFileSync(runbook, 'utf8').matchAll(/^#+ (.+)$/gm)].map(([, title = '']) =>
      title
        .toLowerCase()
        .replaceAll(/[^\w\s-]/g, '')
        .trim()
        .replaceAll(/\s+/g, '-'),
    )
    expect([...new Set(alarms.map(sectionOf))].filter((section) => !sections.includes(section))).toEqual([])
  })
})

describe('the edge', () => {
  const distributions = edge.of('AWS::CloudFront::Distribution')
  const doors: [Door, Resource][] = (['site', 'console'] as const).map((door) => [
    door,
    distributions.find(({ id }) => id.startsWith(door))!,
  ])
  const behaviours = ({ Properties }: Resource): unknown[] => [
    ...listed(at(Properties, 'DistributionConfig', 'CacheBehaviors')),
    at(Properties, 'DistributionConfig', 'DefaultCacheBehavior'),
  ]
  const behaviour = (door: Door, pattern: string): unknown =>
    behaviours(doors.find(([name]) => name === door)![1]).find((one) => at(one, 'PathPattern') === pattern)
  const cachingDisabled = '4135ea2d-6df8-44a3-9df3-4b5a84be39ad'

  test('is in us-east-1 and leads to gateways at home', () => {
    const gateways = doors
      .flatMap(([, { Properties }]) => listed(at(Properties, 'DistributionConfig', 'Origins')))
      .filter((origin) => at(origin, 'CustomOriginConfig'))
    expect(gateways.map((origin) => flat(at(origin, 'DomainName')).replace(/<panel-(\w+) .*>/, '$1')).sort()).toEqual(
      ['admin', 'customer', 'reseller'].map((api) => `${api}.execute-api.eu-west-1.amazonaws.com`),
    )
    for (const origin of gateways)
      expect(at(origin, 'CustomOriginConfig')).toMatchObject({
        OriginProtocolPolicy: 'https-only',
        OriginSSLProtocols: ['TLSv1.2'],
      })
    expect(
      gateways.filter((origin) => at(origin, 'OriginPath') !== undefined).map((origin) => flat(at(origin, 'DomainName'))),
    ).toEqual([expect.stringContaining('panel-reseller')])
  })

  test('leads each path to where it belongs, the narrower first', () => {
    const to = (door: Door): string[][] =>
      behaviours(doors.find(([name]) => name === door)![1]).map((one) => {
        const origins = listed(at(doors.find(([name]) => name === door)![1].Properties, 'DistributionConfig', 'Origins'))
        const origin = origins.find((candidate) => at(candidate, 'Id') === at(one, 'TargetOriginId'))
        return [
          String(at(one, 'PathPattern') ?? 'everything else'),
          at(origin, 'CustomOriginConfig') ? flat(at(origin, 'DomainName')).replace(/<panel-(\w+) .*/, '$1') : 'pages',
        ]
      })
    expect(to('site')).toEqual([
      ['/api/openapi.json', 'pages'],
      ['/api/catalogue', 'customer'],
      ['/api/catalogue/changes*', 'customer'],
      ['/api/reseller/*', 'reseller'],
      ['/api/*', 'customer'],
      ['/webhooks/*', 'customer'],
      ['/beacon/*', 'pages'],
      ['everything else', 'pages'],
    ])
    expect(to('console')).toEqual([
      ['/api/openapi.json', 'pages'],
      ['/api/*', 'admin'],
      ['/beacon/*', 'pages'],
      ['everything else', 'pages'],
    ])
  })

  test('keeps no answer of an API but the catalogue, and no error of anything', () => {
    for (const [door, pattern] of [
      ['site', '/api/*'],
      ['site', '/api/reseller/*'],
      ['site', '/webhooks/*'],
      ['console', '/api/*'],
    ] as const)
      expect(at(behaviour(door, pattern), 'CachePolicyId'), `${door} ${pattern}`).toBe(cachingDisabled)
    for (const [, { Properties }] of doors) {
      const errors = listed(at(Properties, 'DistributionConfig', 'CustomErrorResponses'))
      expect(errors.map((one) => at(one, 'ErrorCode'))).toEqual([400, 403, 404, 405, 414, 416, 500, 501, 502, 503, 504])
      // A page in place of an error would swallow the APIs' own answers.
      for (const one of errors) expect(one).toEqual({ ErrorCode: at(one, 'ErrorCode'), ErrorCachingMinTTL: 0 })
    }
  })

  test.each([
    ['/api/catalogue', { QueryStringBehavior: 'none' }],
    ['/api/catalogue/changes*', { QueryStringBehavior: 'whitelist', QueryStrings: ['kind', 'cursor'] }],
  ])('keeps %s for as long as it says itself, alike for everybody, and tells the origin nothing of who asked', (path, query) => {
    const named = (type: string, property: string): unknown =>
      edge.of(type).find(({ id }) => flat(at(behaviour('site', path), property)) === `<${id}>`)?.Properties
    expect(at(named('AWS::CloudFront::CachePolicy', 'CachePolicyId'), 'CachePolicyConfig')).toMatchObject({
      MinTTL: 0,
      DefaultTTL: 0,
      MaxTTL: 60,
      ParametersInCacheKeyAndForwardedToOrigin: {
        CookiesConfig: { CookieBehavior: 'none' },
        HeadersConfig: { HeaderBehavior: 'none' },
        QueryStringsConfig: query,
        EnableAcceptEncodingBrotli: true,
        EnableAcceptEncodingGzip: true,
      },
    })
    const forwarded = at(named('AWS::CloudFront::OriginRequestPolicy', 'OriginRequestPolicyId'), 'OriginRequestPolicyConfig')
    expect(forwarded).toMatchObject({
      CookiesConfig: { CookieBehavior: 'none' },
      QueryStringsConfig: { QueryStringBehavior: 'none' },
      HeadersConfig: { HeaderBehavior: 'whitelist' },
    })
    const [secretHeader, ...others] = listed(at(forwarded, 'HeadersConfig', 'Headers'))
    expect(others).toEqual([])
    // The very header that the edge's function puts the secret in.
    expect(apiRequestFunction('site')).toContain(`headers['${String(secretHeader)}'] = { value: await secret() }`)
  })

  test('passes every path but the open file through its functions', () => {
    for (const [door, distribution] of doors) {
      for (const one of behaviours(distribution)) {
        const pattern = String(at(one, 'PathPattern') ?? '')
        const functions = listed(at(one, 'FunctionAssociations'))
        if (pattern === '/api/openapi.json') expect(functions).toEqual([])
        else
          expect(functions.map((association) => flat(at(association, 'FunctionARN')))).toEqual([
            expect.stringMatching(
              new RegExp(`^<${door}${/^.(api|webhooks)/.test(pattern) ? 'Api' : 'Page'}Request\\w+\\.FunctionARN>$`),
            ),
          ])
        expect(at(one, 'ViewerProtocolPolicy')).toBe('redirect-to-https')
      }
    }
    const withStore = edge
      .of('AWS::CloudFront::Function')
      .filter(({ Properties }) => at(Properties, 'FunctionConfig', 'KeyValueStoreAssociations'))
    expect(withStore.map(({ id }) => id.replace(/[0-9A-F]{8}$/, '')).sort()).toEqual(['consoleApiRequest', 'siteApiRequest'])
  })

  test('sends the security headers that the local panel sends, with everything; pages may post to the bucket of files', () => {
    const bucket = 'https://panel-files-<AWS::AccountId>-eu-west-1.s3.eu-west-1.amazonaws.com'
    for (const [, distribution] of doors) {
      const ids = new Set(behaviours(distribution).map((one) => flat(at(one, 'ResponseHeadersPolicyId'))))
      const policy = edge.of('AWS::CloudFront::ResponseHeadersPolicy').find(({ id }) => ids.has(`<${id}>`))
      expect(ids.size).toBe(1)
      const known = at(policy?.Properties, 'ResponseHeadersPolicyConfig', 'SecurityHeadersConfig')
      const hsts = at(known, 'StrictTransportSecurity')
      const custom = listed(at(policy?.Properties, 'ResponseHeadersPolicyConfig', 'CustomHeadersConfig', 'Items'))
      expect({
        'content-security-policy': flat(at(known, 'ContentSecurityPolicy', 'ContentSecurityPolicy')),
        'strict-transport-security': `max-age=${at(hsts, 'AccessControlMaxAgeSec')}${at(hsts, 'IncludeSubdomains') ? '; includeSubDomains' : ''}${at(hsts, 'Preload') ? '; preload' : ''}`,
        'x-content-type-options': at(known, 'ContentTypeOptions') ? 'nosniff' : '',
        'x-frame-options': at(known, 'FrameOptions', 'FrameOption'),
        'referrer-policy': at(known, 'ReferrerPolicy', 'ReferrerPolicy'),
        ...Object.fromEntries(custom.map((one) => [at(one, 'Header'), at(one, 'Value')])),
      }).toEqual(securityHeaders(bucket))
    }
  })

  test('logs of each request what P-LOG-1 names, and the status that is counted: no query string, no cookie', () => {
    const deliveries = edge.of('AWS::Logs::Delivery')
    expect(deliveries).toHaveLength(2)
    for (const { Properties } of deliveries)
      expect(Properties['RecordFields']).toEqual([
        'date',
        'time',
        'c-ip',
        'sc-status',
        'cs(User-Agent)',
        'cs(Referer)',
        'cs-uri-stem',
      ])
    const [destination] = edge.of('AWS::Logs::DeliveryDestination')
    const [bucket] = store.of('AWS::S3::Bucket').filter(({ id }) => id.startsWith('AccessLogFiles'))
    expect(flat(destination?.Properties['DestinationResourceArn'])).toBe(`arn:aws:s3:::${flat(bucket?.Properties['BucketName'])}`)
    for (const { Properties } of edge.of('AWS::Logs::DeliverySource')) expect(Properties['Name']).toMatch(/^panel-/)
  })

  test('has each log file told to the queue of its worker, and nothing of another bucket (P-LOG-2)', () => {
    const [bucket] = store.of('AWS::S3::Bucket').filter(({ id }) => id.startsWith('AccessLogFiles'))
    expect(at(bucket?.Properties, 'NotificationConfiguration')).toEqual({ EventBridgeConfiguration: { EventBridgeEnabled: true } })
    const rules = workers.of('AWS::Events::Rule')
    const [rule, ...others] = rules.filter(({ Properties }) => JSON.stringify(Properties).includes('AccessLogFiles'))
    expect(others).toEqual([])
    expect(at(rule?.Properties, 'EventPattern', 'detail-type')).toEqual(['Object Created'])
    expect(listed(at(rule?.Properties, 'EventPattern', 'detail', 'bucket', 'name')).map(flat)).toEqual([
      expect.stringContaining('AccessLogFiles'),
    ])
    const queue = workers.of('AWS::SQS::Queue').find(({ Properties }) => Properties['QueueName'] === 'panel-access-log')
    expect(flat(at(rule?.Properties, 'Targets', 0, 'Arn'))).toBe(`<${queue?.id}.Arn>`)
    const policies = JSON.stringify(workers.of('AWS::SQS::QueuePolicy').map(({ Properties }) => Properties))
    expect(policies).toContain('"events.amazonaws.com"')
    expect(policies).toContain(JSON.stringify({ 'Fn::GetAtt': [rule?.id, 'Arn'] }))
  })

  test('keeps entries and counts as long as the operator set, and no raw file for longer than its entries (P-RET-3)', () => {
    const environment = (over: object): unknown => {
      const { resources = [] } = synthesise({ ...over }, 'packs alone').get('workers') ?? {}
      const reader = resources.find(({ Properties }) => String(Properties['FunctionName']).endsWith('read-access-log'))
      return at(reader?.Properties, 'Environment', 'Variables')
    }
    const set = environment({ retention: { accessLogDays: 9 }, trafficDays: 90 })
    expect(JSON.parse(String(at(set, 'RETENTION')))).toMatchObject({ accessLogDays: 9 })
    expect(at(set, 'TRAFFIC_DAYS')).toBe('90')
    expect(() => environment({ retention: { accessLogDays: 2 }, accessLogFileDays: 3 })).toThrow('accessLogFileDays')
  })

  test('uploads what scripts load before what loads them, and removes nothing', () => {
    const uploads = edge.of('Custom::CDKBucketDeployment')
    expect(uploads).toHaveLength(4)
    for (const { Properties } of uploads) expect(Properties['Prune']).toBe(false)
    expect(edge.text).toContain('immutable')
  })
})

describe('the edge’s functions', () => {
  const functions = [apiRequestFunction('site'), apiRequestFunction('console'), pageRequestFunction()]

  test('fit into what CloudFront takes', () => {
    for (const code of functions) expect(Buffer.byteLength(code)).toBeLessThan(10_000)
  })

  test('use no more of the language than the runtime is documented to know', async () => {
    const unknown = [
      'for-of',
      'for-await',
      'destructuring',
      'default-argument',
      'optional-catch-binding',
      'optional-chain',
      'nullish-coalescing',
      'logical-assignment',
      'object-rest-spread',
      'array-spread',
      'class',
      'generator',
    ]
    const without = (features: readonly string[]) => ({
      target: 'esnext',
      supported: Object.fromEntries(features.map((feature) => [feature, false])),
    })
    for (const code of functions) {
      const asItStands = await transform(code, without([]))
      // What would have to be rewritten, or cannot be, for a runtime without these is what the code uses of them.
      const rewritten = await transform(code, without(unknown))
      expect(rewritten.code).toBe(asItStands.code)
    }
  })

  // CloudFront answers 502 to every request to which a function adds one of these, and hides them from the function.
  test('add no header that CloudFront keeps to itself', () => {
    for (const code of functions)
      for (const [, name = ''] of code.matchAll(/headers\['([\w-]+)'\]/g))
        expect(name).not.toMatch(/^(x-edge-|x-amz-cf-|x-amzn-|x-accel-|x-cache$|x-real-ip$|x-forwarded-proto$|via$|connection$)/)
  })
})

describe('what the operator may choose', () => {
  const chosen = synthesise({
    domain: {
      site: 'panel.example',
      console: 'console.panel.example',
      certificateArn: 'arn:aws:acm:us-east-1:111122223333:certificate/abc',
      hostedZone: { id: 'Z1', name: 'panel.example' },
    },
    mail: { from: 'no-reply@panel.example', verified: true },
    alarmEmail: 'duty@panel.example',
    waf: true,
  })
  const part = (name: string): SynthesisedStack => chosen.get(name)!

  test('a domain has both addresses, TLS 1.2 or newer, and their records', () => {
    const configs = part('edge')
      .of('AWS::CloudFront::Distribution')
      .map(({ Properties }) => Properties['DistributionConfig'])
    expect(configs.flatMap((config) => listed(at(config, 'Aliases'))).sort()).toEqual(['console.panel.example', 'panel.example'])
    for (const config of configs) expect(at(config, 'ViewerCertificate', 'MinimumProtocolVersion')).toBe('TLSv1.2_2021')
    expect(
      part('edge')
        .of('AWS::Route53::RecordSet')
        .map(({ Properties }) => [Properties['Name'], Properties['Type']])
        .sort(),
    ).toEqual([
      ['console.panel.example.', 'A'],
      ['console.panel.example.', 'AAAA'],
      ['panel.example.', 'A'],
      ['panel.example.', 'AAAA'],
    ])
  })

  test('a verified mail domain is what Cognito and the mail worker send from', () => {
    expect(
      part('store')
        .of('AWS::SES::EmailIdentity')
        .map(({ Properties }) => Properties['EmailIdentity']),
    ).toEqual(['panel.example'])
    for (const { Properties } of part('store').of('AWS::Cognito::UserPool'))
      expect(Properties['EmailConfiguration']).toMatchObject({ EmailSendingAccount: 'DEVELOPER', From: 'no-reply@panel.example' })
    const mailer = part('workers')
      .of('AWS::Lambda::Function')
      .find(({ Properties }) => Properties['FunctionName'] === 'panel-workers-workers-send-mail')
    expect(at(mailer?.Properties, 'Environment', 'Variables', 'MAIL_FROM')).toBe('no-reply@panel.example')
    const role = part('workers')
      .of('AWS::IAM::Role')
      .find(({ id }) => flat(mailer?.Properties['Role']) === `<${id}.Arn>`)
    expect(JSON.stringify(role?.Properties)).toContain('ses:SendEmail')
  })

  test('a firewall stands before both addresses, and without the choice before none', () => {
    const [firewall] = part('edge').of('AWS::WAFv2::WebACL')
    for (const { Properties } of part('edge').of('AWS::CloudFront::Distribution'))
      expect(flat(at(Properties, 'DistributionConfig', 'WebACLId'))).toBe(`<${firewall?.id}.Arn>`)
    expect(all('AWS::WAFv2::WebACL')).toEqual([])
  })

  test('alarms are mailed from both regions', () => {
    for (const name of ['store', 'edge'])
      expect(
        part(name)
          .of('AWS::SNS::Subscription')
          .map(({ Properties }) => Properties['Endpoint']),
      ).toEqual(['duty@panel.example'])
    expect(all('AWS::SNS::Subscription')).toEqual([])
  })
})

describe('after a restore', () => {
  const streamArn = 'arn:aws:dynamodb:eu-west-1:111122223333:table/restored/stream/2026-11-22T00:00:00.000'
  const moved = synthesise({ restoredTable: { name: 'restored', streamArn } }, 'packs alone')

  test('every function works on the restored table, and the relay on its stream', () => {
    for (const name of ['customer', 'reseller', 'admin', 'workers']) {
      const { text } = moved.get(name)!
      expect(text, name).toMatch(/"TABLE_NAME": ?"restored"/)
      expect(text, name).not.toMatch(/panel-store:ExportsOutput(?:FnGetAtt|Ref)Table/)
    }
    expect(moved.get('workers')?.text).toContain(streamArn)
  })

  test('the old table stays where it is, and its exports hold nobody up', () => {
    const exportsOf = (one: SynthesisedStack) =>
      [...one.text.matchAll(/panel-store:ExportsOutput(?:FnGetAtt|Ref)Table\w*/g)].map(([name]) => name).sort()
    expect(exportsOf(moved.get('store')!)).toEqual(exportsOf(store))
    expect(exportsOf(store)).toHaveLength(3)
  })
})

describe('what an idle panel costs', () => {
  const lines = idleCosts(everything)
  const readme = new URL('../../README.md', import.meta.url)
  const kept = /<!-- idle cost -->\n(.*?)\n<!-- end of idle cost -->/s.exec(
    existsSync(readme) ? readFileSync(readme, 'utf8') : '',
  )?.[1]

  test('a few dollars a month', () => {
    const total = lines.reduce((sum, { count, eachDollars }) => sum + count * eachDollars, 0)
    expect(total).toBeGreaterThan(3)
    expect(total).toBeLessThan(8.5)
  })

  test.skipIf(kept === undefined)('what the README says', () => {
    expect(kept).toBe(idleCostTable(lines))
  })
})
