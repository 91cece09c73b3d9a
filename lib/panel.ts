import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { App } from 'aws-cdk-lib'
import { Code } from 'aws-cdk-lib/aws-lambda'
import { Admin } from './admin.ts'
import { codeFolder } from './bundle.ts'
import { Customer } from './customer.ts'
import { Edge, type EdgeProps } from './edge.ts'
import type { CodeOf } from './parts/panel-function.ts'
import { Reseller } from './reseller.ts'
import { edgeRegion, type Settings } from './settings.ts'
import { Store } from './store.ts'
import { Workers } from './workers.ts'

/** What was built for the panel to be deployed with. */
export interface Built {
  readonly codeOf: CodeOf
  readonly pages: EdgeProps['pages']
}

/** Where it is deployed to, as the CDK's command line found out; undefined away from an account. */
export interface Place {
  readonly account: string | undefined
  readonly region: string | undefined
}

/** The stacks of one stage, in the order they are deployed. */
export function addPanel(app: App, settings: Settings, place: Place, { codeOf, pages }: Built) {
  const { stage } = settings
  const region = settings.region ?? place.region ?? 'eu-west-1'
  const account = place.account === undefined ? {} : { account: place.account }
  // CloudFormation takes a template of 1 MB. A stack of a hundred functions is half as large without indentation.
  const home = { env: { ...account, region }, suppressTemplateIndentation: true }

  const store = new Store(app, `${stage}-store`, { ...home, settings, codeOf, description: 'What must never be lost' })
  const ground = { settings, store }
  const customer = new Customer(app, `${stage}-customer`, { ...home, ground, codeOf, description: 'What customers do' })
  const reseller = new Reseller(app, `${stage}-reseller`, { ...home, ground, codeOf, description: 'What resellers’ programs do' })
  const admin = new Admin(app, `${stage}-admin`, { ...home, ground, codeOf, description: 'What staff do' })
  const edge = new Edge(app, `${stage}-edge`, {
    env: { ...account, region: edgeRegion },
    settings,
    apis: { customer: customer.api, reseller: reseller.api, admin: admin.api },
    homeRegion: region,
    pages,
    description: 'The two addresses',
  })
  // The bucket for its log files is there, and known by its name alone.
  edge.addStackDependency(store)
  const workers = new Workers(app, `${stage}-workers`, {
    ...home,
    ground: {
      ...ground,
      usagePlanId: reseller.api.planId,
      edgeStoreArn: edge.secretStore.keyValueStoreArn,
      siteOrigin: edge.siteOrigin,
      siteHost: edge.siteHost,
    },
    codeOf,
    description: 'What runs without being called',
  })
  return { store, customer, reseller, admin, edge, workers }
}

/** What `npm run build` left in dist. */
export const built: Built = {
  codeOf: (definition) => Code.fromAsset(codeFolder(definition)),
  pages: { site: pagesIn('site'), console: pagesIn('console') },
}

function pagesIn(folder: string): string | undefined {
  const path = fileURLToPath(new URL(`../dist/${folder}`, import.meta.url))
  return existsSync(`${path}/index.html`) ? path : undefined
}
