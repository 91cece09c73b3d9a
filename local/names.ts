/** Names that stand for AWS's on one machine. */
export const region = 'us-east-1'
export const tableName = 'panel'
export const snapshotsBucket = 'panel-snapshots'
export const filesBucket = 'panel-files'
export const usagePlanId = 'standard'
export const edgeStoreArn = 'arn:aws:cloudfront::000000000000:key-value-store/local'
export const logTableName = 'panel-access-log'
export const logFilesBucket = 'panel-access-log-files'
