import type { Distribution } from 'aws-cdk-lib/aws-cloudfront'
import { CfnDelivery, CfnDeliveryDestination, CfnDeliverySource } from 'aws-cdk-lib/aws-logs'
import { Construct } from 'constructs'
import { loggedFields } from '../../core/access-log/line.ts'

interface LogDeliveryProps {
  readonly stage: string
  readonly bucketName: string
  readonly distributions: Readonly<Record<string, Distribution>>
}

/** P-LOG-1: has CloudFront write the chosen fields of each request to a bucket: free, and in nobody's way. */
export class LogDelivery extends Construct {
  constructor(scope: Construct, { stage, bucketName, distributions }: LogDeliveryProps) {
    super(scope, 'LogDelivery')
    const destination = new CfnDeliveryDestination(this, 'Destination', {
      name: `${stage}-access-log`,
      destinationResourceArn: `arn:aws:s3:::${bucketName}`,
      outputFormat: 'json',
    })
    let before: CfnDelivery | undefined
    for (const [door, distribution] of Object.entries(distributions)) {
      const source = new CfnDeliverySource(this, `${door}-source`, {
        name: `${stage}-${door}`,
        logType: 'ACCESS_LOGS',
        resourceArn: distribution.distributionArn,
      })
      const delivery = new CfnDelivery(this, door, {
        deliverySourceName: source.name,
        deliveryDestinationArn: destination.attrArn,
        recordFields: [...loggedFields],
        s3SuffixPath: `${door}/{yyyy}/{MM}/{dd}`,
      })
      delivery.addResourceDependency(source)
      // Two deliveries to one destination, made at once, conflict.
      if (before) delivery.addResourceDependency(before)
      before = delivery
    }
  }
}
