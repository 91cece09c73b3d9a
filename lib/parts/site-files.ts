import { Duration } from 'aws-cdk-lib'
import type { Distribution } from 'aws-cdk-lib/aws-cloudfront'
import type { LogGroup } from 'aws-cdk-lib/aws-logs'
import type { IBucket } from 'aws-cdk-lib/aws-s3'
import { BucketDeployment, CacheControl, type ISource, Source } from 'aws-cdk-lib/aws-s3-deployment'
import { Construct } from 'constructs'

interface SiteFilesProps {
  /** Where the built pages lie; undefined when they are not built, and then those in the bucket stay. */
  readonly folder: string | undefined
  /** Files that are not built but written here, by their names. */
  readonly written?: Readonly<Record<string, unknown>>
  readonly bucket: IBucket
  readonly distribution: Distribution
  readonly logGroup: LogGroup
}

/**
 * Uploads the pages of an address. Nothing is removed: a page that somebody has open still finds its scripts, and pages
 * that a worker wrote stay.
 */
export class SiteFiles extends Construct {
  constructor(scope: Construct, id: string, { folder, written = {}, bucket, distribution, logGroup }: SiteFilesProps) {
    super(scope, id)
    const common = { destinationBucket: bucket, prune: false, memoryLimit: 512, logGroup }
    const pages: ISource[] = Object.entries(written).map(([name, content]) => Source.jsonData(name, content))
    if (folder !== undefined) pages.push(Source.asset(folder))
    if (pages.length === 0) return
    const assets =
      folder === undefined
        ? undefined
        : new BucketDeployment(this, 'Assets', {
            ...common,
            sources: [Source.asset(folder)],
            exclude: ['*'],
            include: ['assets/*'],
            // Their names change with their content.
            cacheControl: [CacheControl.setPublic(), CacheControl.maxAge(Duration.days(365)), CacheControl.immutable()],
          })
    const rest = new BucketDeployment(this, 'Pages', {
      ...common,
      sources: pages,
      exclude: ['assets/*'],
      cacheControl: [CacheControl.noCache()],
      distribution,
      distributionPaths: ['/*'],
      waitForDistributionInvalidation: false,
    })
    // A page must not be there before what it loads.
    if (assets) rest.node.addDependency(assets)
  }
}
