import type { SuspensionReason } from '../../core/identity/suspension.ts'
import type { CustomerId, KeyHash, KeyId, OrderId, ProviderId, TaskId, TicketId } from '../../core/ids.ts'
import type { QueueName } from '../../core/need.ts'

/** What travels in each queue: names of things, never the things, and nothing personal but a customer's id. */
export interface Messages {
  readonly submit: {
    readonly customerId: CustomerId
    readonly orderId: OrderId
    readonly providerId: ProviderId
    /** How often it was sent back because the provider had as many calls as it may have. */
    readonly returned?: number
  }
  /** How a provider's orders stand, or something that one of them is to be told of. */
  readonly poll: { readonly providerId: ProviderId; readonly askedAt: string } | RequestMessage
  readonly tasks: TaskMessage
  /** `put-off`: something changed while the catalogue had just been published. */
  readonly publish: { readonly because: 'services-changed' | 'put-off' | 'deployed' }
  readonly keys: { readonly hash: KeyHash; readonly keyId: KeyId; readonly change: 'created' | 'revoked' }
  readonly mail: MailMessage
  /** A further part of a log file that is too long for one run. */
  readonly 'access-log': { readonly file: string; readonly part: number }
  /** What has arrived in the bucket of files. The bucket sends it. */
  readonly files: { readonly key: string }
  readonly archives: { readonly customerId: CustomerId; readonly at: string }
  /** An account to be erased, or of which something was written after it was; or an order of which that was, whoever's it is. */
  readonly erasures: { readonly customerId: CustomerId } | { readonly orderId: OrderId }
}

/** A refill or a cancellation that a provider is to be told of. */
export type RequestMessage =
  | {
      readonly kind: 'refill'
      readonly customerId: CustomerId
      readonly orderId: OrderId
      readonly nth: number
      readonly providerId: ProviderId
    }
  | { readonly kind: 'cancel'; readonly customerId: CustomerId; readonly orderId: OrderId; readonly providerId: ProviderId }

/** Something to be done with a provider: a task of staff's, or what comes up by the clock. */
export type TaskMessage =
  | { readonly providerId: ProviderId; readonly taskId: TaskId }
  | { readonly providerId: ProviderId; readonly due: 'balance' | 'burial' | 'sync' }

/** A message to a person. The worker looks up whatever is personal: it does not travel. */
export type MailMessage =
  | {
      readonly template:
        | 'sign-up-again'
        | 'password-changed'
        | 'second-factor-on'
        | 'second-factor-off'
        | 'recovery-used'
        | 'recovery-codes-new'
        | 'archive-ready'
        | 'account-kept'
      readonly to: CustomerId
    }
  /** A wish for another email, by when it was made: it holds both addresses. */
  | { readonly template: 'email-asked' | 'email-changed'; readonly to: CustomerId; readonly at: string }
  /** Of an API key: its row says the rest. */
  | { readonly template: 'key-made' | 'key-rotated' | 'key-widened'; readonly to: CustomerId; readonly keyId: KeyId }
  /** Support answered in a ticket. What was said is read in the panel alone. */
  | { readonly template: 'ticket-answered'; readonly to: CustomerId; readonly ticketId: TicketId }
  /** An answer to somebody without an account: the inquiry says to whom, the message what. */
  | { readonly template: 'inquiry-answered'; readonly inquiryId: string; readonly message: string }
  /** When it will be erased. */
  | { readonly template: 'account-closed'; readonly to: CustomerId; readonly at: string }
  /** What the customer is told it is for, if anything. */
  | { readonly template: 'account-suspended'; readonly to: CustomerId; readonly reason?: SuspensionReason | undefined }
  /** The session that began then says where it came from. */
  | { readonly template: 'new-device'; readonly to: CustomerId; readonly device: string; readonly at: string }

export type MessageOf<Name extends QueueName> = Messages[Name]
