import { Stack, type StackProps } from 'aws-cdk-lib'
import type { Construct } from 'constructs'
import { HttpApi } from './api/http-api.ts'
import type { Ground } from './parts/grants.ts'
import type { CodeOf } from './parts/panel-function.ts'

/** What staff do in the console. */
export class Admin extends Stack {
  readonly api: HttpApi

  constructor(scope: Construct, id: string, { ground, codeOf, ...props }: StackProps & { ground: Ground; codeOf: CodeOf }) {
    super(scope, id, props)
    this.api = new HttpApi(this, {
      api: 'admin',
      pool: 'staff',
      ground,
      codeOf,
      failing: { hurts: 'staff cannot work; customers go on ordering', runbook: 'admin-api-failing' },
      throttle: { perSecond: 50, atOnce: 100 },
    })
  }
}
