import { EventField, Rule, RuleTargetInput } from 'aws-cdk-lib/aws-events'
import { SqsQueue } from 'aws-cdk-lib/aws-events-targets'
import { CfnBucket, type IBucket } from 'aws-cdk-lib/aws-s3'
import type { Queue } from 'aws-cdk-lib/aws-sqs'
import { acceptArrivals } from '../nag.ts'

/**
 * Has a bucket tell of what arrives in it. By way of the event bus, because the bucket is there before the queue is: a bucket
 * that names a queue itself cannot be deployed without it.
 */
export function tellOfArrivals(bucket: IBucket): void {
  const { defaultChild } = bucket.node
  if (!(defaultChild instanceof CfnBucket)) throw new Error('only a bucket of this app can be told to')
  defaultChild.notificationConfiguration = { eventBridgeConfiguration: { eventBridgeEnabled: true } }
}

/** Sends a queue the name of each object that arrives in a bucket under a prefix, and nothing else of it. */
export function feedArrivals(queue: Queue, bucket: IBucket, place: string): void {
  const rule = new Rule(queue, 'Arrivals', {
    description: `What arrives in the bucket under ${place}/`,
    eventPattern: {
      source: ['aws.s3'],
      detailType: ['Object Created'],
      detail: { bucket: { name: [bucket.bucketName] }, object: { key: [{ prefix: `${place}/` }] } },
    },
    targets: [new SqsQueue(queue, { message: RuleTargetInput.fromObject({ key: EventField.fromPath('$.detail.object.key') }) })],
  })
  acceptArrivals(rule)
}
