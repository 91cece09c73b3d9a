import { Aws } from 'aws-cdk-lib'
import type { QueueName } from '../../core/need.ts'

/**
 * Names that are settled before anything is deployed: whoever sends to a queue knows it by name, so that no stack has to
 * wait for another's export, and none is held fast by it.
 */
export const queueNameOf = (stage: string, queue: QueueName): string => `${stage}-${queue}`
export const queueArn = (stage: string, region: string, queue: QueueName): string =>
  `arn:aws:sqs:${region}:${Aws.ACCOUNT_ID}:${queueNameOf(stage, queue)}`
export const queueUrl = (stage: string, region: string, queue: QueueName): string =>
  `https://sqs.${region}.amazonaws.com/${Aws.ACCOUNT_ID}/${queueNameOf(stage, queue)}`

/** The bucket that CloudFront, which is elsewhere, writes its log files to. */
export const accessLogBucketName = (stage: string, region: string): string => `${stage}-access-log-${Aws.ACCOUNT_ID}-${region}`

/** The bucket of files: pages are told where it is before it is asked. */
export const filesBucketName = (stage: string, region: string): string => `${stage}-files-${Aws.ACCOUNT_ID}-${region}`
/** Where browsers post what they upload. */
export const uploadsOrigin = (stage: string, region: string): string =>
  `https://${filesBucketName(stage, region)}.s3.${region}.amazonaws.com`
