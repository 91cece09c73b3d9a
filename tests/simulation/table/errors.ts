import {
  ConditionalCheckFailedException,
  DynamoDBServiceException,
  ProvisionedThroughputExceededException,
  TransactionCanceledException,
  TransactionConflictException,
  TransactionInProgressException,
} from '@aws-sdk/client-dynamodb'

const metadata = (httpStatusCode: number) => ({ $metadata: { httpStatusCode, attempts: 1 } })

/** What the service says to a request that makes no sense: the SDK has no class of its own for it. */
export class Invalid extends DynamoDBServiceException {
  constructor(message: string) {
    super({ name: 'ValidationException', $fault: 'client', message, ...metadata(400) })
    // As the SDK's own classes do: the constructor above it has set its own.
    Object.setPrototypeOf(this, Invalid.prototype)
  }
}

export interface Reason {
  readonly Code: 'None' | 'ConditionalCheckFailed' | 'TransactionConflict' | 'ValidationError'
  readonly Message?: string
}

export const conditionFailed = () =>
  new ConditionalCheckFailedException({ message: 'The conditional request failed', ...metadata(400) })
export const conflict = () => new TransactionConflictException({ message: 'Transaction is ongoing for the item', ...metadata(400) })
export const inProgress = () =>
  new TransactionInProgressException({
    message: 'The transaction with the given request token is already in progress.',
    ...metadata(400),
  })
export const throttled = () =>
  new ProvisionedThroughputExceededException({ message: 'The level of configured throughput was exceeded.', ...metadata(400) })
export const serverFault = () =>
  new DynamoDBServiceException({
    name: 'InternalServerError',
    $fault: 'server',
    message: 'Internal server error',
    ...metadata(500),
  })
export const mismatch = () =>
  new DynamoDBServiceException({
    name: 'IdempotentParameterMismatchException',
    $fault: 'client',
    message: 'token reused',
    ...metadata(400),
  })
export const canceled = (reasons: readonly Reason[]) =>
  new TransactionCanceledException({
    message: `Transaction cancelled, please refer cancellation reasons for specific reasons [${reasons.map(({ Code }) => Code).join(', ')}]`,
    CancellationReasons: reasons.map((reason) => ({ ...reason })),
    ...metadata(400),
  })
