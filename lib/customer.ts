import { Stack, type StackProps } from 'aws-cdk-lib'
import type { Construct } from 'constructs'
import { HttpApi } from './api/http-api.ts'
import type { Ground } from './parts/grants.ts'
import type { CodeOf } from './parts/panel-function.ts'

/** What everybody and every customer does through the site, and the reseller protocol. */
export class Customer extends Stack {
  readonly api: HttpApi

  constructor(scope: Construct, id: string, { ground, codeOf, ...props }: StackProps & { ground: Ground; codeOf: CodeOf }) {
    super(scope, id, props)
    this.api = new HttpApi(this, {
      api: 'customer',
      pool: 'customers',
      ground,
      codeOf,
      failing: {
        hurts: 'customers cannot sign in, order or see their orders; resellers on /api/v2 get errors',
        runbook: 'customer-api-failing',
      },
      throttle: { perSecond: 500, atOnce: 1000 },
    })
  }
}
