import { CrossStackReferences, Duration, ReferenceStrength, RemovalPolicy, Stack, type StackProps } from 'aws-cdk-lib'
import { KeyValueStore } from 'aws-cdk-lib/aws-cloudfront'
import { LogGroup } from 'aws-cdk-lib/aws-logs'
import type { Construct } from 'constructs'
import type { HttpApi } from './api/http-api.ts'
import type { RestApi } from './api/rest-api.ts'
import type { Door as DoorName } from './edge/render.ts'
import { acceptUploads } from './nag.ts'
import { publishedOpenApi } from './openapi.ts'
import { alarm } from './parts/alarm.ts'
import { alarmTopic } from './parts/alarm-topic.ts'
import { Door } from './parts/door.ts'
import { firewall } from './parts/firewall.ts'
import { LogDelivery } from './parts/log-delivery.ts'
import { accessLogBucketName, uploadsOrigin } from './parts/names.ts'
import { responseHeaders } from './parts/response-headers.ts'
import { SiteFiles } from './parts/site-files.ts'
import type { Settings } from './settings.ts'

export interface EdgeProps extends StackProps {
  readonly settings: Settings
  readonly apis: { readonly customer: HttpApi; readonly reseller: RestApi; readonly admin: HttpApi }
  /** Where the rest of the panel is. */
  readonly homeRegion: string
  /** The built pages of each address, where there are any. */
  readonly pages: Readonly<Record<DoorName, string | undefined>>
}

/** The two addresses of the panel, the customers' and the console's: a flaw in a page of one never rides on a cookie of the other. */
export class Edge extends Stack {
  readonly secretStore: KeyValueStore
  /** `https://` and the customers' host. */
  readonly siteOrigin: string
  /** Where the site answers when it has no name of its own. */
  readonly siteHost: string

  constructor(scope: Construct, id: string, { settings, apis, homeRegion, pages, ...props }: EdgeProps) {
    super(scope, id, props)
    // What is in another region is read from its stack's outputs: CDK's other way puts functions of its own in between.
    CrossStackReferences.of(this).consume(ReferenceStrength.WEAK)
    const { stage, waf, logDays, alarmEmail } = settings
    this.secretStore = new KeyValueStore(this, 'SecretStore', {
      comment: 'What the edge shows to prove that a request came through it',
    })
    CrossStackReferences.of(this.secretStore).produce(ReferenceStrength.WEAK)

    const common = {
      settings,
      secretStore: this.secretStore,
      firewallArn: waf ? firewall(this, `${stage}-firewall`).attrArn : undefined,
      headers: responseHeaders(this, 'ResponseHeaders', `${stage}-headers`, uploadsOrigin(stage, homeRegion)),
    }
    const customer = { domainName: apis.customer.domainName }
    const site = new Door(this, 'site', {
      ...common,
      behind: {
        '/api/catalogue': { ...customer, cached: { for: Duration.minutes(1) } },
        '/api/catalogue/changes*': { ...customer, cached: { for: Duration.minutes(1), by: ['kind', 'cursor'] } },
        '/api/reseller/*': { domainName: apis.reseller.domainName, path: apis.reseller.stagePath },
        '/api/*': customer,
        '/webhooks/*': customer,
      },
    })
    CrossStackReferences.of(site.distribution).produce(ReferenceStrength.WEAK)
    this.siteOrigin = `https://${settings.domain?.site ?? site.distribution.distributionDomainName}`
    this.siteHost = site.distribution.distributionDomainName
    const console = new Door(this, 'console', {
      ...common,
      behind: { '/api/*': { domainName: apis.admin.domainName } },
    })

    const logGroup = new LogGroup(this, 'Uploads', { retention: logDays, removalPolicy: RemovalPolicy.DESTROY })
    new SiteFiles(this, 'SiteFiles', { ...site, folder: pages.site, written: { 'api/openapi.json': publishedOpenApi() }, logGroup })
    new SiteFiles(this, 'ConsoleFiles', { ...console, folder: pages.console, logGroup })
    acceptUploads(this)

    new LogDelivery(this, {
      stage,
      bucketName: accessLogBucketName(stage, homeRegion),
      distributions: { site: site.distribution, console: console.distribution },
    })
    alarm(this, 'Failing', {
      name: `${this.stackName}-site`,
      failing: { hurts: 'visitors and customers get errors instead of pages and answers', runbook: 'edge-failing' },
      metric: site.distribution.metric5xxErrorRate({ statistic: 'Average', period: Duration.minutes(5) }),
      rings: { from: 5 },
      periods: 2,
      topic: alarmTopic(this, alarmEmail),
    })
  }
}
