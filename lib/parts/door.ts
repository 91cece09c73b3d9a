import { CfnOutput, Duration, RemovalPolicy, Stack } from 'aws-cdk-lib'
import { Certificate } from 'aws-cdk-lib/aws-certificatemanager'
import {
  AllowedMethods,
  type BehaviorOptions,
  CacheCookieBehavior,
  CacheHeaderBehavior,
  CachePolicy,
  CacheQueryStringBehavior,
  Distribution,
  Function as EdgeFunction,
  FunctionCode,
  FunctionEventType,
  FunctionRuntime,
  HttpVersion,
  type IOrigin,
  type KeyValueStore,
  OriginProtocolPolicy,
  OriginRequestCookieBehavior,
  OriginRequestHeaderBehavior,
  OriginRequestPolicy,
  OriginRequestQueryStringBehavior,
  OriginSslPolicy,
  PriceClass,
  type ResponseHeadersPolicy,
  SecurityPolicyProtocol,
  ViewerProtocolPolicy,
} from 'aws-cdk-lib/aws-cloudfront'
import { HttpOrigin, S3BucketOrigin } from 'aws-cdk-lib/aws-cloudfront-origins'
import { AaaaRecord, ARecord, HostedZone, RecordTarget } from 'aws-cdk-lib/aws-route53'
import { CloudFrontTarget } from 'aws-cdk-lib/aws-route53-targets'
import type { IBucket } from 'aws-cdk-lib/aws-s3'
import { Construct } from 'constructs'
import { apiRequestFunction, type Door as DoorName, pageRequestFunction } from '../edge/render.ts'
import { acceptBucket, acceptDistribution } from '../nag.ts'
import type { Settings } from '../settings.ts'
import { privateBucket } from './private-bucket.ts'

/** What lies behind a path of an address. */
interface Behind {
  readonly domainName: string
  /** What the origin wants in front of every path. */
  readonly path?: string
  /** Given for what a shared cache may keep. */
  readonly cached?: Cached
}

interface Cached {
  /** At most. */
  readonly for: Duration
  /** The parameters of the query that tell answers apart; no other reaches the origin. */
  readonly by?: readonly string[]
}

interface DoorProps {
  readonly settings: Settings
  readonly secretStore: KeyValueStore
  readonly headers: ResponseHeadersPolicy
  /** By path pattern; the first that matches counts. */
  readonly behind: Readonly<Record<string, Behind>>
  readonly firewallArn: string | undefined
}

/** By these statuses CloudFront would keep an answer for ten seconds, whoever it was meant for. */
const errorStatuses = [400, 403, 404, 405, 414, 416, 500, 501, 502, 503, 504]

/** An address of the panel: its pages, and the APIs behind it. */
export class Door extends Construct {
  readonly bucket: IBucket
  readonly distribution: Distribution
  #alone: OriginRequestPolicy | undefined

  constructor(scope: Construct, name: DoorName, { settings, secretStore, headers, behind, firewallArn }: DoorProps) {
    super(scope, name)
    const { domain, priceClass, stage } = settings
    this.bucket = privateBucket(this, 'Pages', { removalPolicy: RemovalPolicy.RETAIN })
    acceptBucket(this.bucket, 'every read of it is in the access log of the distribution in front of it')
    const onPages = edgeFunction(this, 'PageRequest', pageRequestFunction())
    const onApi = edgeFunction(this, 'ApiRequest', apiRequestFunction(name), secretStore)
    const pages = S3BucketOrigin.withOriginAccessControl(this.bucket)
    const origins = new Map<string, IOrigin>()
    const originOf = (one: Behind): IOrigin => {
      const address = `${one.domainName}${one.path ?? ''}`
      const origin = origins.get(address) ?? gateway(one)
      origins.set(address, origin)
      return origin
    }
    const common = { viewerProtocolPolicy: ViewerProtocolPolicy.REDIRECT_TO_HTTPS, responseHeadersPolicy: headers, compress: true }

    this.distribution = new Distribution(this, 'Distribution', {
      comment: `${stage}: ${name}`,
      ...(domain
        ? {
            domainNames: [domain[name]],
            certificate: Certificate.fromCertificateArn(this, 'Certificate', domain.certificateArn),
            minimumProtocolVersion: SecurityPolicyProtocol.TLS_V1_2_2021,
          }
        : {}),
      httpVersion: HttpVersion.HTTP2_AND_3,
      priceClass: priceClasses[priceClass],
      errorResponses: errorStatuses.map((httpStatus) => ({ httpStatus, ttl: Duration.seconds(0) })),
      defaultBehavior: { ...common, origin: pages, functionAssociations: [onPages] },
      additionalBehaviors: {
        '/api/openapi.json': { ...common, origin: pages },
        ...Object.fromEntries(
          Object.entries(behind).map(([pattern, one]) => [
            pattern,
            {
              ...common,
              origin: originOf(one),
              functionAssociations: [onApi],
              ...(one.cached ? this.#cached(one.cached) : passed),
            },
          ]),
        ),
        // Browsers send their beacons with POST.
        '/beacon/*': {
          ...common,
          origin: pages,
          functionAssociations: [onPages],
          allowedMethods: AllowedMethods.ALLOW_ALL,
          cachePolicy: CachePolicy.CACHING_DISABLED,
        },
      },
      ...(firewallArn === undefined ? {} : { webAclId: firewallArn }),
    })
    acceptDistribution(this.distribution, settings)
    if (domain?.hostedZone) records(this, domain[name], domain.hostedZone, this.distribution)
    new CfnOutput(Stack.of(this), name === 'site' ? 'SiteAddress' : 'ConsoleAddress', {
      value: `https://${domain ? domain[name] : this.distribution.distributionDomainName}`,
    })
  }

  /**
   * Kept for as long as the answer itself says, up to a bound. Nothing of the viewer is in the cache's key and nothing of
   * the viewer reaches the origin: only what the edge adds to prove itself.
   */
  #cached({ for: maxTtl, by = [] }: Cached): Pick<BehaviorOptions, 'cachePolicy' | 'originRequestPolicy' | 'allowedMethods'> {
    return {
      allowedMethods: AllowedMethods.ALLOW_GET_HEAD,
      cachePolicy: new CachePolicy(this, ['Cached', ...by].join('-'), {
        minTtl: Duration.seconds(0),
        defaultTtl: Duration.seconds(0),
        maxTtl,
        enableAcceptEncodingGzip: true,
        enableAcceptEncodingBrotli: true,
        headerBehavior: CacheHeaderBehavior.none(),
        cookieBehavior: CacheCookieBehavior.none(),
        // What is part of the cache's key goes to the origin as well.
        queryStringBehavior: by.length > 0 ? CacheQueryStringBehavior.allowList(...by) : CacheQueryStringBehavior.none(),
      }),
      originRequestPolicy: this.#secretAlone,
    }
  }

  get #secretAlone(): OriginRequestPolicy {
    this.#alone ??= new OriginRequestPolicy(this, 'SecretAlone', {
      headerBehavior: OriginRequestHeaderBehavior.allowList(secretHeader),
      cookieBehavior: OriginRequestCookieBehavior.none(),
      queryStringBehavior: OriginRequestQueryStringBehavior.none(),
    })
    return this.#alone
  }
}

/** The header by which the edge proves itself: see edge/api-request.js. */
const secretHeader = 'x-panel-edge'

const priceClasses = { '100': PriceClass.PRICE_CLASS_100, '200': PriceClass.PRICE_CLASS_200, all: PriceClass.PRICE_CLASS_ALL }

/** Everything goes to the origin, except the address it was asked for under: a gateway answers to its own name alone. */
const passed: Pick<BehaviorOptions, 'cachePolicy' | 'originRequestPolicy' | 'allowedMethods'> = {
  allowedMethods: AllowedMethods.ALLOW_ALL,
  cachePolicy: CachePolicy.CACHING_DISABLED,
  originRequestPolicy: OriginRequestPolicy.ALL_VIEWER_EXCEPT_HOST_HEADER,
}

const gateway = ({ domainName, path }: Behind): IOrigin =>
  new HttpOrigin(domainName, {
    protocolPolicy: OriginProtocolPolicy.HTTPS_ONLY,
    originSslProtocols: [OriginSslPolicy.TLS_V1_2],
    // As long as a gateway takes at most.
    readTimeout: Duration.seconds(30),
    ...(path === undefined ? {} : { originPath: path }),
  })

function edgeFunction(scope: Construct, id: string, code: string, keyValueStore?: KeyValueStore) {
  const made = new EdgeFunction(scope, id, {
    code: FunctionCode.fromInline(code),
    runtime: FunctionRuntime.JS_2_0,
    ...(keyValueStore ? { keyValueStore } : {}),
  })
  return { function: made, eventType: FunctionEventType.VIEWER_REQUEST }
}

function records(
  scope: Construct,
  recordName: string,
  { id, name }: { id: string; name: string },
  distribution: Distribution,
): void {
  const zone = HostedZone.fromHostedZoneAttributes(scope, 'Zone', { hostedZoneId: id, zoneName: name })
  const target = RecordTarget.fromAlias(new CloudFrontTarget(distribution))
  new ARecord(scope, 'A', { zone, recordName, target })
  new AaaaRecord(scope, 'Aaaa', { zone, recordName, target })
}
