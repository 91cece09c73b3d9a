import { Stack, type StackProps } from 'aws-cdk-lib'
import type { Construct } from 'constructs'
import { RestApi } from './api/rest-api.ts'
import type { Ground } from './parts/grants.ts'
import type { CodeOf } from './parts/panel-function.ts'

/** What a reseller's programs do with a gateway key. */
export class Reseller extends Stack {
  readonly api: RestApi

  constructor(scope: Construct, id: string, { ground, codeOf, ...props }: StackProps & { ground: Ground; codeOf: CodeOf }) {
    super(scope, id, props)
    this.api = new RestApi(this, {
      ground,
      codeOf,
      failing: { hurts: 'resellers on /api/reseller/v1 get errors; /api/v2 goes on', runbook: 'reseller-api-failing' },
    })
  }
}
