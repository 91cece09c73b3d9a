import { describe, expect, test } from 'vitest'
import type { Grant } from '../../core/need.ts'
import { type Definition, definitions, grantsOf, plainName } from '../../lib/definitions.ts'
import { at, flat, type Resource, synthesise } from './panel.ts'
import { type Statement, statementsOf } from './policies.ts'

const stacks = synthesise({}, 'packs alone')
const everything = [...stacks.values()].flatMap(({ resources }) => resources)
const roles = everything.filter(({ Type }) => Type === 'AWS::IAM::Role')

const functionOf = (definition: Definition): Resource => {
  const found = everything.filter(
    ({ Type, Properties }) =>
      Type === 'AWS::Lambda::Function' && String(Properties['FunctionName']).endsWith(`-${plainName(definition)}`),
  )
  expect(found, definition.name).toHaveLength(1)
  return found[0]!
}
const roleOf = (definition: Definition): Resource => {
  const arn = flat(functionOf(definition).Properties['Role'])
  return roles.find(({ id }) => arn === `<${id}.Arn>`)!
}
const statementsFor = (definition: Definition): Statement[] => statementsOf(roleOf(definition))
const everyStatement = definitions.flatMap((definition) => statementsFor(definition).map((one) => ({ definition, ...one })))
const onTable = everyStatement.filter(({ actions, resources }) =>
  actions.some((action) => action.startsWith('dynamodb:') && !resources.some((resource) => /index|tream/.test(resource))),
)

/** What a role may do, one line for each thing; what every function needs to write its log is left out. */
const powersIn = (statements: readonly Statement[]): string[] =>
  [
    ...new Set(
      statements.flatMap(({ actions, resources, keys, onlyIn, onlyAttributes }) =>
        actions.flatMap((action) =>
          resources.flatMap((resource) =>
            (keys ?? ['']).map((key) =>
              [action, short(resource), key, ...onlyIn, ...onlyAttributes].filter((part) => part !== '').join(' '),
            ),
          ),
        ),
      ),
    ),
  ]
    .filter((power) => !power.startsWith('logs:'))
    .sort()

/** Told apart by what they are, not by what CDK numbers them. */
function short(resource: string): string {
  const names: [RegExp, string][] = [
    [/^<panel-store:.*Table.*\/index\/(\w+)$/, 'index $1'],
    [/^<panel-store:.*LogTable\w*>$/, 'the log table'],
    [/^<panel-store:ExportsOutputFnGetAttTable\w+Arn\w+>$/, 'the table'],
    [/^<panel-store:\w*Customers\w+>$/, 'the customers’ pool'],
    [/^<panel-store:\w*Staff\w+>$/, 'the staff pool'],
    [/^<panel-store:\w*AccessLogFiles\w+>\/\*$/, 'log files'],
    [/^<panel-store:\w*Snapshots\w+>\/\*\.json$/, 'snapshots'],
    [/^<panel-store:\w*Snapshots\w+>\/(offers|measured)\/\*$/, '$1'],
    [/^<panel-store:\w*Snapshots\w+>$/, 'the bucket of snapshots'],
    [/^<panel-store:\w*GetAttFiles\w+>\/(\w+)\/\*$/, 'objects under $1'],
    [/^<panel-store:\w*GetAttFiles\w+>$/, 'the bucket of files'],
    [/^<panel-store:\w*ProviderKeys\w+>$/, 'the provider keys’ key'],
    [/^arn:aws:sqs:eu-west-1:<AWS::AccountId>:panel-([\w-]+)$/, 'queue $1'],
    [/^<panel-edge us-east-1 \w*SecretStore\w*>$/, 'the edge’s store'],
    [/^arn:aws:apigateway:eu-west-1::\/usageplans\/<.*>\/keys$/, 'keys of the plan'],
    [/^arn:aws:apigateway:eu-west-1::(\/apikeys.*)$/, '$1'],
  ]
  const [pattern, name] = names.find(([known]) => known.test(resource)) ?? [/^.*$/, resource]
  return resource.replace(pattern, name)
}

/** The same, said from the definitions: written anew here, so that the two can disagree. */
function powersOf(grant: Grant): string[] {
  switch (grant.on) {
    case 'table':
      return grant.actions.flatMap((action) =>
        grant.keys.map(
          (key) =>
            `dynamodb:${action} the table ${key}${grant.onlyIn ? ` ${grant.onlyIn}` : ''}${grant.onlyAttributes ? ` ${grant.onlyAttributes.join(' ')}` : ''}`,
        ),
      )
    case 'log-table':
      return grant.actions.flatMap((action) =>
        grant.keys.map((key) => `dynamodb:${action} the log table ${key}${grant.onlyIn ? ` ${grant.onlyIn}` : ''}`),
      )
    case 'log-files':
      return ['s3:GetObject log files']
    case 'index':
      return [`dynamodb:Query index ${grant.index}`]
    case 'queue':
      return [`sqs:SendMessage queue ${grant.queue}`]
    case 'pool':
      return grant.actions.map((action) => `cognito-idp:${action} the ${grant.pool === 'staff' ? 'staff' : 'customers’'} pool`)
    case 'snapshots':
      return grant.actions.flatMap((action) => [
        `s3:${action} ${grant.under ?? 'snapshots'}`,
        ...(action === 'GetObject' ? ['s3:ListBucket the bucket of snapshots'] : []),
      ])
    case 'files':
      return grant.actions.map((action) =>
        action === 'ListBucket' ? 's3:ListBucket the bucket of files' : `s3:${action} objects under ${grant.under}`,
      )
    case 'provider-keys':
      return grant.actions.map((action) => `kms:${action} the provider keys’ key`)
    case 'gateway-keys':
      return ['GET /apikeys', 'POST /apikeys', 'DELETE /apikeys/*', 'POST keys of the plan'].map((what) => `apigateway:${what}`)
    case 'edge-secret':
      return ['DescribeKeyValueStore', 'PutKey'].map((action) => `cloudfront-keyvaluestore:${action} the edge’s store`)
    // Without a mail address set there is no identity to send as.
    case 'mail':
    case 'providers':
    case 'rates':
      return []
  }
}

/** What a worker needs of whatever sets it going. */
const receiving =
  /^(sqs:(ReceiveMessage|DeleteMessage|ChangeMessageVisibility|GetQueueAttributes)|dynamodb:(DescribeStream|GetRecords|GetShardIterator|ListStreams)) |^sqs:SendMessage <workersrelay/

describe('what a function may do', () => {
  test.each(definitions.map((definition) => [definition.name, definition] as const))(
    '%s may do what its definition says, and nothing else',
    (_, definition) => {
      const powers = powersIn(statementsFor(definition)).filter((power) => !receiving.test(power))
      expect(powers).toEqual([...new Set(grantsOf(definition).flatMap(powersOf))].sort())
    },
  )

  test('no function has a role that is another’s', () => {
    const used = definitions.map((definition) => roleOf(definition).id)
    expect(new Set(used).size).toBe(definitions.length)
  })

  test('no function has a managed policy, or one that was added to its role in passing', () => {
    const attached = everything
      .filter(({ Type }) => Type === 'AWS::IAM::Policy')
      .flatMap(({ Properties }) => JSON.stringify(Properties['Roles']))
    for (const definition of definitions) {
      const role = roleOf(definition)
      expect(role.Properties['ManagedPolicyArns']).toBeUndefined()
      expect(attached.filter((roles) => roles.includes(`"${role.id}"`))).toEqual([])
    }
  })

  test('every role’s policy fits into what IAM takes', () => {
    const sizes = roles.map(({ Properties }) => JSON.stringify(Properties['Policies'] ?? []).length)
    expect(Math.max(...sizes)).toBeGreaterThan(1000)
    expect(Math.max(...sizes)).toBeLessThan(9_000)
  })

  test('no statement allows a family of operations, or allows one on everything', () => {
    for (const { definition, actions, resources } of everyStatement) {
      expect(
        actions.filter((action) => action.includes('*')),
        definition.name,
      ).toEqual([])
      expect(
        resources.filter((resource) => resource === '*'),
        definition.name,
      ).toEqual([])
    }
  })

  test('nobody reaches the table without saying whose items, and none of the operations reads all of it', () => {
    expect(onTable.length).toBeGreaterThan(100)
    for (const { definition, actions, keys, keyDemanded } of onTable) {
      expect(keys?.length, definition.name).toBeGreaterThan(0)
      expect(
        keys?.filter((key) => key.startsWith('*')),
        definition.name,
      ).toEqual([])
      expect(keyDemanded, definition.name).toBe(true)
      // The log table has nothing that a replacement could harm, and a flood of lines to take.
      const many = definition.name === 'workers.read-access-log' ? /Scan|PartiQL/ : /Scan|PartiQL|BatchWrite/
      expect(
        actions.filter((action) => many.test(action)),
        definition.name,
      ).toEqual([])
    }
  })
})

describe('the ledger', () => {
  const kept = /^(ENTRY|AUDIT|AUDITED)#/
  const money = /^(WALLET|ENTRY|CAUSE)#/

  test('no role may change or remove an entry or an audit record; one may say when they expire, and cut a memo (P-RET-2)', () => {
    const writers = onTable.filter(({ keys }) => keys?.some((key) => kept.test(key)))
    expect(writers.length).toBeGreaterThan(5)
    const changing = writers.filter(({ actions }) => actions.some((action) => /Update|Delete/.test(action)))
    expect(
      changing.map(({ definition, actions, keys, onlyAttributes }) => [definition.name, actions, keys, onlyAttributes]),
    ).toEqual([
      ['workers.erase-accounts', ['dynamodb:UpdateItem'], ['CAUSE#*', 'ENTRY#*', 'WALLET#*'], ['pk', 'sk', 'expiresAt', 'memo']],
      ['workers.erase-accounts', ['dynamodb:UpdateItem'], ['AUDITED#*', 'KEYS#*', 'SIGN-IN#*'], ['pk', 'sk', 'expiresAt']],
    ])
  })

  test('entries, wallets and their causes are written in transactions and in no other way', () => {
    const writes = onTable.filter(
      ({ actions, keys }) =>
        actions.some((action) => /Put|Update|Delete/.test(action)) && keys?.some((key) => money.test(key) || kept.test(key)),
    )
    expect(writes.length).toBeGreaterThan(5)
    const lawful = writes.filter(({ onlyAttributes }) => onlyAttributes.length === 0)
    for (const { definition, onlyIn } of lawful) expect(onlyIn, definition.name).toEqual(['TransactWriteItems'])
  })
})

describe('who has which power', () => {
  const having = (power: RegExp): string[] =>
    definitions
      .filter((definition) => powersIn(statementsFor(definition)).some((one) => power.test(one)))
      .map(({ name }) => name)
      .sort()

  // By hand, and on purpose: whoever is given one of these powers is written down here too.
  test.each([
    [
      'change a wallet',
      /(Put|Update)Item the table WALLET#/,
      [
        'admin.adjust-wallet',
        'admin.block-target',
        'admin.close-account',
        'admin.decide-credit',
        'admin.request-cancel',
        'admin.set-customer-status',
        'admin.settle-error-text',
        'admin.settle-order',
        'admin.steer-runs',
        'admin.take-manual-order',
        'admin.work-manual-order',
        'customer.accept-policy',
        'customer.close-account',
        'customer.keep-account',
        'customer.place-order',
        'customer.request-cancel',
        'customer.steer-runs',
        'public.sign-in',
        'reseller.protocol',
        'workers.erase-accounts',
        'workers.look-back',
        'workers.poll-orders',
        'workers.start-runs',
        'workers.submit-order',
      ],
    ],
    [
      'open a provider’s key',
      /^kms:Decrypt/,
      ['workers.look-back', 'workers.poll-orders', 'workers.run-tasks', 'workers.submit-order'],
    ],
    [
      'change a service',
      /(Put|Update|Delete)Item the table CATALOGUE/,
      [
        'admin.add-service',
        'admin.edit-service',
        'admin.edit-services',
        'admin.set-fallbacks',
        'admin.settle-paused-services',
        'workers.run-tasks',
      ],
    ],
    ['seal a provider’s key', /^kms:GenerateDataKey/, ['admin.add-provider', 'admin.edit-provider', 'admin.replace-provider-key']],
    ['end a provider, with its key', /^dynamodb:DeleteItem the table PROVIDER/, ['workers.run-tasks']],
    ['write what everybody reads as the catalogue', /^s3:PutObject snapshots/, ['workers.publish-catalogue']],
    ['write what is kept of a provider’s catalogue', /^s3:PutObject offers/, ['workers.run-tasks']],
    ['read that', /^s3:GetObject offers/, ['admin.read-offer', 'workers.run-tasks']],
    ['make staff', /PutItem the table STAFF( |$)/, ['admin.invite-staff']],
    ['change what somebody of the staff may do', /UpdateItem the table STAFF( |$)/, ['admin.remove-staff', 'admin.set-staff-role']],
    [
      'take somebody’s second factor away',
      /^cognito-idp:AdminDeleteSoftwareToken/,
      ['admin.reset-staff-totp', 'customer.turn-off-second-factor', 'public.recover-account'],
    ],
    ['give the edge its secret', /^cloudfront-keyvaluestore:PutKey|PutItem the table EDGE/, ['workers.rotate-edge-secret']],
    ['have the gateway meter a key', /^apigateway:/, ['workers.register-key']],
    [
      'delete an identity',
      /^cognito-idp:AdminDeleteUser/,
      ['admin.remove-staff', 'customer.confirm-email', 'public.sign-up', 'workers.erase-accounts', 'workers.sweep-sign-ups'],
    ],
    [
      'give an identity another email, or another name',
      /^cognito-idp:AdminUpdateUserAttributes/,
      ['customer.change-name', 'customer.confirm-email'],
    ],
    ['set somebody’s password', /^cognito-idp:AdminSetUserPassword/, ['customer.change-password']],
    ['have an identity asked for its app', /^cognito-idp:AdminSetUserMFAPreference/, ['customer.turn-on-second-factor']],
    [
      'read who visited',
      /^dynamodb:Query the log table ACCESS|^s3:GetObject log files/,
      ['admin.list-accesses', 'admin.list-suspicious-access', 'workers.read-access-log'],
    ],
    ['write the access log', /(Put|Update|BatchWrite|Write)Item the log table/, ['workers.read-access-log']],
    ['look identities up', /^cognito-idp:ListUsers/, ['admin.find-customer', 'public.reset-password', 'workers.sweep-sign-ups']],
  ])('only these may %s', (_, power, names) => {
    expect(having(power)).toEqual(names)
  })
})

describe('environments', () => {
  const environmentOf = (definition: Definition): string[] =>
    Object.keys(Object(at(functionOf(definition).Properties, 'Environment', 'Variables')))

  test('hold addresses and the operator’s settings: nothing secret, and nothing of a developer’s machine', () => {
    const known =
      /^(TABLE_NAME|LOG_TABLE_NAME|LOG_FILES_BUCKET|SITE_HOSTS|TRAFFIC_DAYS|[A-Z_]+_QUEUE_URL|(CUSTOMERS|STAFF)_(POOL|CLIENT)_ID|(SNAPSHOTS|FILES)_BUCKET|UPLOADS_URL|PROVIDER_KEYS_ID|MAIL_FROM|USAGE_PLAN_ID|EDGE_STORE_ARN|PANEL_NAME|LEDGER_CURRENCY|CREDIT_ALONE_PER_DAY|PRIVACY_REQUEST_DAYS|ANSWER_HOURS|SELL_UNATTESTED|RATES_URL|OPERATOR|RETENTION|SITE_ORIGIN|ANNOUNCEMENT_MAILS_PER_MINUTE|POWERTOOLS_SERVICE_NAME)$/
    for (const definition of definitions)
      expect(
        environmentOf(definition).filter((name) => !known.test(name)),
        definition.name,
      ).toEqual([])
  })

  test('hold no more than the function has use for', () => {
    for (const definition of definitions) {
      const on = new Set(grantsOf(definition).map((grant) => grant.on))
      const names = environmentOf(definition)
      expect(names.includes('TABLE_NAME'), definition.name).toBe(on.has('table') || on.has('index'))
      expect(
        names.some((name) => name.endsWith('_POOL_ID')),
        definition.name,
      ).toBe(on.has('pool'))
      expect(
        names.some((name) => name.endsWith('_QUEUE_URL')),
        definition.name,
      ).toBe(on.has('queue'))
      expect(names.includes('PROVIDER_KEYS_ID'), definition.name).toBe(on.has('provider-keys'))
    }
  })
})

describe('what AWS itself may do', () => {
  test('a gateway may call the functions of its own stack', () => {
    for (const stack of ['customer', 'reseller', 'admin']) {
      const gateway = stacks
        .get(stack)!
        .of('AWS::IAM::Role')
        .filter((role) => JSON.stringify(role.Properties).includes('apigateway.amazonaws.com') && role.Properties['Policies'])
      expect(gateway.flatMap(statementsOf).map(({ actions, resources }) => [actions, resources])).toEqual([
        [['lambda:InvokeFunction'], [`arn:aws:lambda:eu-west-1:<AWS::AccountId>:function:panel-${stack}-*`]],
      ])
    }
  })

  test('the scheduler may call the one function that a schedule is for', () => {
    const schedulers = roles.filter((role) =>
      JSON.stringify(role.Properties['AssumeRolePolicyDocument']).includes('scheduler.amazonaws.com'),
    )
    expect(schedulers.length).toBeGreaterThan(2)
    for (const role of schedulers) {
      const invoked = statementsOf(role).filter(({ actions }) => actions.includes('lambda:InvokeFunction'))
      expect(invoked.flatMap(({ resources }) => resources)).toHaveLength(1)
      expect(JSON.stringify(role.Properties)).toContain('aws:SourceAccount')
    }
  })
})
