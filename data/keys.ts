import { createHash } from 'node:crypto'
import type { TrafficKind } from '../core/access-log/traffic.ts'
import type { ChangeKind } from '../core/catalogue/changes.ts'
import type {
  Attempt,
  CategoryId,
  CustomerId,
  FileId,
  KeyHash,
  KeyId,
  OrderId,
  ProviderId,
  ProviderOrderId,
  ProviderServiceId,
  RefillId,
  ServiceId,
  SessionId,
  StaffId,
  TaskId,
  TicketId,
} from '../core/ids.ts'
import type { InquiryKind } from '../core/inquiries/inquiry.ts'
import type { Grade } from '../core/orders/cards.ts'
import { targetOf } from '../core/orders/link.ts'
import type { SignalKind } from '../core/signals/signal.ts'
import { iso } from '../core/time.ts'

/**
 * Every key of the table. The owner is part of the key, so somebody else's item is not forbidden: it is not there. What
 * stands before the `#` is the boundary IAM holds a function to.
 */
export const keys = {
  customer: (id: CustomerId) => ({ pk: `CUSTOMER#${id}`, sk: 'CUSTOMER' }),
  /** Nobody signed in to it in time: no account is opened for it any more. */
  lapsed: (id: CustomerId) => ({ pk: `LAPSED#${id}`, sk: 'LAPSED' }),
  session: (id: CustomerId, session: SessionId) => ({ pk: `SESSION#${id}`, sk: session }),
  /** A kind of device that the account was signed in to from. */
  device: (id: CustomerId, device: string) => ({ pk: `DEVICE#${id}`, sk: device }),
  /** A sign-in, by time. */
  signIn: (id: CustomerId, at: Date, which: string) => ({ pk: `SIGN-IN#${id}`, sk: `${iso(at)} ${which}` }),
  /** Tries of one kind that failed in an hour, by time: apart, so that no number of them hides a sign-in. */
  failedSignIn: (id: CustomerId, outcome: string, hour: Date, from: string) => ({
    pk: `SIGN-IN#${id}`,
    sk: `${failedSignIns(outcome)}${iso(hour)} ${from}`,
  }),
  /** The second factor, and its recovery codes by their hashes. */
  secondFactor: (id: CustomerId, part: string) => ({ pk: `SECOND-FACTOR#${id}`, sk: part }),
  /** A wish for another email, by when it was made. */
  emailChange: (id: CustomerId, at: string) => ({ pk: `EMAIL-CHANGE#${id}`, sk: at }),
  /** What staff noted about a customer. By the number of the request that wrote it. Written once. */
  customerNote: (id: CustomerId, request: string) => ({ pk: `CUSTOMER-NOTE#${id}`, sk: request }),
  /** What an authority was given, by the request that put it together. Written once. */
  disclosure: (id: CustomerId, disclosure: string) => ({ pk: `DISCLOSURE#${id}`, sk: disclosure }),
  /** Until when a member of staff sees a customer's personal data. */
  look: (staff: StaffId, id: CustomerId) => ({ pk: `LOOK#${staff}`, sk: id }),
  /** The same of somebody who wrote without an account. */
  inquiryLook: (staff: StaffId, inquiry: string) => ({ pk: `LOOK#${staff}`, sk: `inquiry ${inquiry}` }),
  /** The same of the addresses of the access log. */
  addressLook: (staff: StaffId) => ({ pk: `LOOK#${staff}`, sk: 'addresses' }),
  /** A version of the policy that the customer accepted, and when. Written once. */
  acceptance: (id: CustomerId, version: number) => ({ pk: `ACCEPTANCE#${id}`, sk: padded(version) }),
  /** An announcement that was mailed to the customer, or that they have read. */
  news: (id: CustomerId, what: string) => ({ pk: `NEWS#${id}`, sk: what }),
  /** All customers, in one list to walk through. */
  roll: (id: CustomerId) => ({ pk: 'ROLL', sk: id }),
  /** Something a customer uploaded. */
  file: (id: CustomerId, file: FileId) => ({ pk: `FILE#${id}`, sk: file }),
  /** How much of it there is. */
  stored: (id: CustomerId) => ({ pk: `STORED#${id}`, sk: 'STORED' }),
  /** Files that nobody keeps, by when their objects go. */
  discard: (due: string, id: CustomerId, file: FileId) => ({ pk: 'DISCARD', sk: `${due} ${id} ${file}` }),
  wallet: (id: CustomerId) => ({ pk: `WALLET#${id}`, sk: 'WALLET' }),
  /** By time, for the statement. Written once. */
  entry: (id: CustomerId, at: Date, cause: string) => ({ pk: `ENTRY#${id}`, sk: `${iso(at)} ${cause}` }),
  /** The natural key of a movement that is not an order's own charge: a replay finds it taken. */
  cause: (id: CustomerId, cause: string) => ({ pk: `CAUSE#${id}`, sk: cause }),
  order: (id: CustomerId, order: OrderId) => ({ pk: `ORDER#${id}`, sk: padded(order) }),
  /** What is too long for the order's own item. Written once. */
  payload: (id: CustomerId, order: OrderId) => ({ pk: `PAYLOAD#${id}`, sk: padded(order) }),
  /** One time the order was sent of which it is not certain what came of it. */
  sending: (id: CustomerId, order: OrderId, attempt: Attempt) => ({ pk: `SENDING#${id}`, sk: `${padded(order)} ${attempt}` }),
  /** The order that staff found under a provider's number: no two are found under one. */
  confirmed: (provider: ProviderId, number: ProviderOrderId) => ({ pk: `CONFIRMED#${provider}`, sk: number }),
  /** An order that was sent under this number after those of its time were filed. */
  sentLate: (provider: ProviderId, number: ProviderOrderId, order: OrderId) => ({
    pk: sentLateKey(provider),
    sk: `${number} ${padded(order)}`,
  }),
  /** Cards of orders that were filed together, by what they are looked for. */
  cards: (of: CardIndex, grade: Grade, drawer: number, until: Date, nth: number) => ({
    pk: drawerKey(of, grade, drawer),
    sk: `${iso(until)} ${padded(nth)}`,
  }),
  /** Up to when orders are filed. */
  filing: () => ({ pk: 'FILING', sk: 'FILING' }),
  /** The refills of an order, by which of them it is: two that are asked for at once are the same one. */
  refill: (id: CustomerId, order: OrderId, nth: number) => ({
    pk: `REFILL#${id}`,
    sk: `${padded(order)} ${String(nth).padStart(4, '0')}`,
  }),
  /** Which refill goes by a number. Written once. */
  refillNumber: (id: CustomerId, refill: RefillId) => ({ pk: `REFILL-NUMBER#${id}`, sk: padded(refill) }),
  /** A wish to cancel an order that may be at its provider. */
  cancelRequest: (id: CustomerId, order: OrderId) => ({ pk: `CANCEL#${id}`, sk: padded(order) }),
  /** Where an order was tried before it went on to another provider, in that order. Written once. */
  tried: (id: CustomerId, order: OrderId, count: number) => ({ pk: `TRIED#${id}`, sk: `${padded(order)} ${count}` }),
  /** A run of an order, by the order's number and the run's: the natural key of the order that carries it out. */
  run: (id: CustomerId, order: OrderId, run: number) => ({ pk: `RUN#${id}`, sk: `${padded(order)} ${padded(run)}` }),
  /** One of the slots that a customer has for orders in runs, and the order that was last in it. */
  feedSlot: (id: CustomerId, slot: number) => ({ pk: `FEED-SLOT#${id}`, sk: padded(slot) }),
  ticket: (id: CustomerId, ticket: TicketId) => ({ pk: `TICKET#${id}`, sk: padded(ticket) }),
  /** Which ticket a request opened: the same again opens none. */
  ticketRequest: (id: CustomerId, request: string) => ({ pk: `TICKET-REQUEST#${id}`, sk: request }),
  /** One of the places before staff that a customer has, and the ticket that was last in it. */
  ticketPlace: (id: CustomerId, place: string) => ({ pk: `TICKET-PLACE#${id}`, sk: place }),
  /** What was written in a ticket, by the request that wrote it. Written once. */
  ticketMessage: (id: CustomerId, ticket: TicketId, request: string) => ({
    pk: `MESSAGE#${id}`,
    sk: `${padded(ticket)} ${request}`,
  }),
  /** What staff noted on it: apart, so that nothing which serves customers can read it. Written once. */
  ticketNote: (id: CustomerId, ticket: TicketId, request: string) => ({
    pk: `TICKET-NOTE#${id}`,
    sk: `${padded(ticket)} ${request}`,
  }),
  /** An idempotency key, and the order it was used for. Kept for good. */
  request: (id: CustomerId, request: string) => ({ pk: `REQUEST#${id}`, sk: request }),

  /** A key as it is presented. */
  key: (hash: KeyHash) => ({ pk: `KEY#${hash}`, sk: 'KEY' }),
  /** The same key in its owner's list. */
  keyOf: (id: CustomerId, key: KeyId) => ({ pk: `KEYS#${id}`, sk: key }),
  /** Whose a key is, by the first characters that lists show. Outlives the key: an old log may speak of it. */
  prefix: (prefix: string, key: KeyId) => ({ pk: `PREFIX#${prefix}`, sk: key }),

  /** What a key did on a day, for its owner. */
  keyUse: (id: CustomerId, day: string, key: KeyId) => ({ pk: `USE#${id}`, sk: `${day} ${key}` }),
  /** What was noticed on a day, about whom; and the day's sum of each kind. */
  signal: (day: string, kind: SignalKind, subject: string) => ({ pk: `SIGNAL#${day}`, sk: `${kind} ${subject}` }),
  signalSum: (day: string, kind: SignalKind) => ({ pk: `SIGNAL#${day}`, sk: `=${kind}` }),

  /** What somebody without an account wrote. */
  inquiry: (id: string) => ({ pk: `INQUIRY#${id}`, sk: 'INQUIRY' }),
  /** What was written in it, by the request that wrote it. Written once. */
  inquiryMessage: (id: string, request: string) => ({ pk: `INQUIRY-MESSAGE#${id}`, sk: request }),
  /** A target whose owner wants no orders, by its hash. */
  blocked: (block: string) => ({ pk: `BLOCKED#${block}`, sk: 'TARGET' }),

  service: (service: ServiceId) => ({ pk: 'CATALOGUE', sk: padded(service) }),
  /** A change of a service as the public feed tells it, by time. */
  feed: (kind: ChangeKind, at: Date, sequence: string) => ({ pk: `FEED#${kind}`, sk: `${iso(at)} ${sequence.padStart(40, '0')}` }),
  category: (category: CategoryId) => ({ pk: 'CATEGORY', sk: category }),
  /** The order that a service which takes one order for a target at a time was last ordered for it with. */
  target: (service: ServiceId, target: string) => ({ pk: `TARGET#${padded(service)}`, sk: target }),
  provider: (provider: ProviderId) => ({ pk: 'PROVIDER', sk: provider }),
  /** Which service of ours a provider's service was imported as. */
  source: (provider: ProviderId, service: ProviderServiceId) => ({ pk: `SOURCE#${provider}`, sk: service }),
  /** What was taken out of sale by the panel itself, for staff to look at. */
  pausedService: (provider: ProviderId, service: ServiceId) => ({ pk: `PAUSED#${provider}`, sk: padded(service) }),
  /** What all that call a provider share about it: who calls it now, and how it does. */
  line: (provider: ProviderId) => ({ pk: 'LINE', sk: provider }),
  /** What a provider said of its balance. */
  balance: (provider: ProviderId) => ({ pk: 'BALANCE', sk: provider }),
  /** When what we have of a provider was last brought up to date, and what its answer left in doubt. */
  sync: (provider: ProviderId) => ({ pk: 'SYNC', sk: provider }),
  /** An error text of its that nobody had classified, by its hash. */
  errorText: (provider: ProviderId, text: string) => ({ pk: `ERROR-TEXT#${provider}`, sk: text }),
  /** What is left of a provider that was deleted: its name, for the orders it had. */
  formerProvider: (provider: ProviderId) => ({ pk: 'FORMER-PROVIDER', sk: provider }),
  task: (provider: ProviderId, id: TaskId) => ({ pk: `TASK#${provider}`, sk: id }),
  /** The one task that has a provider, and in whose hands it is. */
  busy: (provider: ProviderId) => ({ pk: 'BUSY', sk: provider }),
  /** What a task was told to do, and what it has to tell. Written once. */
  plan: (id: TaskId) => ({ pk: `PLAN#${id}`, sk: 'PLAN' }),
  note: (id: TaskId, at: number) => ({ pk: `NOTE#${id}`, sk: padded(at) }),

  /** A credit that waits for a second person. */
  creditRequest: ({ customer, requestId }: CreditRequestKey) => ({ pk: 'CREDIT-REQUEST', sk: `${customer} ${requestId}` }),
  /** What somebody of the staff credited on a day. */
  credited: (id: StaffId, day: string) => ({ pk: `CREDITED#${id}`, sk: day }),

  /** An answer that staff keep ready. */
  savedReply: (reply: string) => ({ pk: 'SAVED-REPLY', sk: reply }),
  /** An archive that a customer asked for, by when. */
  archive: (id: CustomerId, at: string) => ({ pk: 'ARCHIVE', sk: `${id} ${at}` }),
  /** An account that is closed and not erased yet: the work list of erasures. */
  closure: (id: CustomerId) => ({ pk: 'CLOSURE', sk: id }),
  /** An account that was erased, by the number that its transaction records go under. */
  erasedAccount: (id: CustomerId) => ({ pk: 'ERASED', sk: id }),
  /** What keeps an account from being erased, and its records from expiring. */
  legalHold: (id: CustomerId) => ({ pk: 'LEGAL-HOLD', sk: id }),

  staff: (id: StaffId) => ({ pk: 'STAFF', sk: id }),
  staffSession: (id: StaffId, session: SessionId) => ({ pk: `STAFF-SESSION#${id}`, sk: session }),
  /** The chain of everything staff did: its links by day, what they are about beside them, and where the next one goes. */
  auditLink: (day: string, seq: number) => ({ pk: `AUDIT#${day}`, sk: padded(seq) }),
  audited: (day: string, seq: number) => ({ pk: `AUDITED#${day}`, sk: padded(seq) }),
  auditHead: () => ({ pk: 'AUDIT-HEAD', sk: 'HEAD' }),

  /** Orders whose runs somebody has to look at, by when; `which` tells two of one moment apart. */
  due: (shard: number, at: Date, which: string) => ({ pk: `DUE#${shard}`, sk: `${iso(at)} ${which}` }),

  counter: (of: 'orders' | 'services' | 'refills' | 'tickets') => ({ pk: 'COUNTER', sk: of }),
  /** A block of order numbers and when it was taken: how an order is found by its number alone. */
  block: (first: number) => ({ pk: 'BLOCK', sk: padded(first) }),
  sweep: () => ({ pk: 'SWEEP', sk: 'SWEEP' }),
  /** Where a provider's list of parked orders is looked at next. */
  sweptTo: (provider: ProviderId | '') => ({ pk: 'SWEEP', sk: `PARKED ${provider}` }),
  /** Where in the list of identities sign-ups are looked at next. */
  signUpsSweptTo: () => ({ pk: 'SWEEP', sk: 'SIGN-UPS' }),
  /** Uses of something by somebody within a window. The somebody is a keyed hash. */
  rate: (of: string, window: string) => ({ pk: `RATE#${of}`, sk: window }),
  /** The key of those hashes for a day. It expires, and with it whatever could tie a hash to an address. */
  pepper: (day: string) => ({ pk: 'PEPPER', sk: day }),
  /** What currencies are worth on a day; when that was asked for last; a day's rate that waits for a person. */
  exchangeRates: (day: string) => ({ pk: 'EXCHANGE-RATES', sk: day }),
  exchangeAsked: () => ({ pk: 'EXCHANGE-ASKED', sk: 'ASKED' }),
  heldRate: (provider: ProviderId) => ({ pk: 'HELD-RATE', sk: provider }),
  /** A version of the policy; its text. Written once, but for what is bound. */
  policy: (version: number) => ({ pk: 'POLICY', sk: padded(version) }),
  policyText: (version: number) => ({ pk: 'POLICY-TEXT', sk: padded(version) }),
  /** Which versions have to be accepted before ordering, and from when on. */
  bindings: () => ({ pk: 'BINDING', sk: 'BINDING' }),
  /** How many accepted a version on a day, in parts so that nobody waits for another's. */
  accepted: (version: number, day: string, part: number) => ({ pk: `ACCEPTED#${padded(version)}`, sk: `${day} ${part}` }),
  announcement: (id: string) => ({ pk: 'ANNOUNCEMENT', sk: id }),
  announcementText: (id: string) => ({ pk: `ANNOUNCEMENT-TEXT#${id}`, sk: 'TEXT' }),
  /** Something that is mailed to all whom it concerns, and how far that is. */
  mailing: (id: string) => ({ pk: 'MAILING', sk: id }),
  /** What the links in mails are signed with. */
  signing: () => ({ pk: 'SIGNING', sk: 'OPT-OUT' }),
  /** What names addresses in the audit trail. */
  trailKey: () => ({ pk: 'TRAIL-KEY', sk: 'ADDRESSES' }),
  displayCurrencies: () => ({ pk: 'SETTING', sk: 'DISPLAY-CURRENCIES' }),
  edgeSecrets: () => ({ pk: 'EDGE', sk: 'SECRETS' }),
} as const

/** Every key of the access log's own table. A line of a file is always the same item, however often the file is read. */
export const logKeys = {
  /** A request, by day, address and time; one address can be a flood, so what it did is in several partitions. */
  access: (day: string, address: string, shard: number, at: string, line: string) => ({
    pk: `ACCESS#${day}#${address}#${shard}`,
    sk: `${at} ${line}`,
  }),
  /** What an address was refused on a day. */
  refused: (day: string, address: string) => ({ pk: `REFUSED#${day}`, sk: address }),
  /** A count of a day. */
  traffic: (of: TrafficKind, day: string, name: string) => ({ pk: `TRAFFIC#${of}`, sk: `${day} ${name}` }),
  /** Of whom there were how many: nobody can be found in it. */
  visitors: (day: string) => ({ pk: 'VISITORS', sk: day }),
  /** That a part of a file was counted. */
  part: (part: string, counts: string) => ({ pk: `PART#${part}`, sk: counts }),
} as const

export const accessShards = 4

/** What names a request for a credit. */
export interface CreditRequestKey {
  readonly customer: CustomerId
  readonly requestId: string
}

/** Numbers sort as text when they are all equally long. */
export const padded = (number: number): string => String(number).padStart(10, '0')

/** Where an order stands in the index of accepted orders. */
export const acceptedShards = 4
export const acceptedOn = (day: string, shard: number): string => `${day}#${shard}`
export const acceptedAt = (at: Date, order: OrderId | RefillId | TicketId): string => `${iso(at)}#${padded(order)}`
export const readAcceptedAt = (text: string): Date => new Date(text.slice(0, 24))

/** What is due is one list in so many parts, so that no partition is written by all orders at once. */
export const dueShards = 4

/** The lists of the index of open orders. */
export const openLists = {
  /** Sent: to be asked about. */
  poll: (provider: ProviderId, shard: number): string => `poll#${provider}#${shard}`,
  /** Asked about as those are, and before staff: what the provider says of it moves no money by itself. */
  doubtful: (provider: ProviderId): string => `doubtful#${provider}`,
  /** Not sent yet, and no longer new: the sweeper looks after it. */
  waiting: (): string => 'waiting',
  /** Waits for something upstream. */
  parked: (provider: ProviderId): string => `parked#${provider}`,
  /** No provider's: people of ours deliver it. */
  manual: (): string => 'manual',
  /** Its runs are started here. */
  feed: (provider: ProviderId): string => `feed#${provider}`,
  /** Needs a human. */
  unknown: (): string => 'unknown',
  /** Refills and cancellations that a provider is to be told of. */
  toForward: (): string => 'to-forward',
  /** Refills that a provider has: to be asked about. */
  refills: (provider: ProviderId): string => `refills#${provider}`,
  /** Refills and cancellations that a person has to see to. */
  requests: (): string => 'requests',
  /** Targets whose owners want no orders, by when they were blocked. */
  blocked: (): string => 'blocked',
  /** What people without an account wrote, until it is closed. */
  inquiries: (kind: InquiryKind): string => `inquiries#${kind}`,
  /** Tickets that are not answered, by since when they wait. */
  tickets: (): string => 'tickets',
  /** Privacy requests that are not closed, answered or not, by when they were made (P-RT-3). */
  privacyRequests: (): string => 'privacy-requests',
} as const

/** What orders are looked for by in the card indexes. */
export type CardIndex = 'link' | 'number'
export const sentLateKey = (provider: ProviderId): string => `SENT-LATE#${provider}`
/** What tries that failed begin with, of one kind or of all: no time begins so, and each sorts before it. */
export const failedSignIns = (outcome?: string): string => (outcome === undefined ? 'FAILED ' : `FAILED ${outcome} `)
export const drawerKey = (of: CardIndex, grade: Grade, drawer: number): string => `CARDS#${of} ${grade} ${drawer}`

/** What the link of an order leads to, however it was spelled. */
export const linkKey = (link: string): string => short(targetOf(link))
/** An order's number at its provider; others may use the same. */
export const numberKey = (number: ProviderOrderId): string => short(number)
/** So much of a key as is on a card. */
export const bitsOf = (key: string): number => Buffer.from(key.slice(0, 4), 'base64url').readUIntBE(0, 3)

/** What names a block: half of its target’s hash. */
export const blockIdOf = (target: string): string => short(target)

/** A provider's service in an order's own item, which has few bytes for each that it was tried with. */
export const triedMark = (provider: ProviderId, service: ProviderServiceId): string => short(`${provider} ${service}`).slice(0, 10)

/** Half of a SHA-256: no two texts that anybody has will share one. */
const short = (text: string): string => createHash('sha256').update(text).digest().subarray(0, 16).toString('base64url')
