import { hourNames } from '../signals/signal.ts'

/**
 * The inventory of personal data (P-COL-6): every stored attribute that is personal, what it is kept for, how long, and
 * whether its owner gets it in an export. A test fails when an item carries an attribute that is named neither here nor
 * below it.
 */
export interface Personal {
  readonly purpose: string
  /** How long it is kept. */
  readonly kept: Retention
  readonly exported: boolean
}

/** P-RET-1: what is kept while the account is open, or with the transaction records, has no expiry date until it is closed. */
export type Retention =
  | 'while the account is open'
  | 'while the account is open; where none was opened in time, as many days as the operator set for sign-ups'
  | 'until the session ends, 30 days at most'
  | 'with the transaction records'
  | 'two days'
  | 'a month'
  | 'until it is decided'
  | 'until it is lifted'
  | 'until the order is over'
  | 'a year after its last sign-in'
  | 'ninety days'
  | 'four hundred days'
  | 'a year'
  | 'a week after it is ready'
  | 'until it is erased'
  | 'until it is lifted'
  | 'the staff member’s employment'

/** Personal attributes of the table, by the kind of item (what its partition key begins with). */
export const personal = {
  CUSTOMER: {
    customerId: { purpose: 'names the account', kept: 'while the account is open', exported: true },
    fullName: { purpose: 'how the customer is addressed', kept: 'while the account is open', exported: true },
    email: { purpose: 'signing in, and messages about the account', kept: 'while the account is open', exported: true },
    terms: { purpose: 'which terms were accepted, and when', kept: 'while the account is open', exported: true },
    createdAt: { purpose: 'since when there is an account', kept: 'while the account is open', exported: true },
    avatar: { purpose: 'which of the files is the customer’s picture', kept: 'while the account is open', exported: true },
    status: { purpose: 'whether the account may be used', kept: 'while the account is open', exported: true },
    suspension: {
      purpose: 'since when the account is suspended, and what its owner is told',
      kept: 'while the account is open',
      exported: true,
    },
    preferences: { purpose: 'language, theme, currency and messages as chosen', kept: 'while the account is open', exported: true },
  },
  SESSION: {
    sessionId: { purpose: 'tells sessions apart', kept: 'until the session ends, 30 days at most', exported: true },
    address: { purpose: 'the customer’s own list of sessions', kept: 'until the session ends, 30 days at most', exported: true },
    browser: { purpose: 'the customer’s own list of sessions', kept: 'until the session ends, 30 days at most', exported: true },
    beganAt: { purpose: 'the customer’s own list of sessions', kept: 'until the session ends, 30 days at most', exported: true },
    seenAt: { purpose: 'the customer’s own list of sessions', kept: 'until the session ends, 30 days at most', exported: true },
  },
  DEVICE: {
    sk: {
      purpose: 'knows the kinds of device again, so that a new one is told',
      kept: 'a year after its last sign-in',
      exported: true,
    },
    seenAt: { purpose: 'when it was last signed in with', kept: 'a year after its last sign-in', exported: true },
  },
  'SIGN-IN': {
    at: { purpose: 'the customer’s own history of sign-ins', kept: 'ninety days', exported: true },
    address: { purpose: 'the customer’s own history of sign-ins', kept: 'ninety days', exported: true },
    browser: { purpose: 'the customer’s own history of sign-ins', kept: 'ninety days', exported: true },
    outcome: { purpose: 'the customer’s own history of sign-ins', kept: 'ninety days', exported: true },
    times: { purpose: 'how often it failed', kept: 'ninety days', exported: true },
  },
  'SECOND-FACTOR': {
    since: { purpose: 'whether a second factor is asked for', kept: 'while the account is open', exported: true },
    madeAt: { purpose: 'recovery codes, by hash', kept: 'while the account is open', exported: false },
    codesMadeAt: { purpose: 'tells sets of recovery codes apart', kept: 'while the account is open', exported: false },
  },
  'EMAIL-CHANGE': {
    from: { purpose: 'tells the former address that it is another now', kept: 'two days', exported: true },
    to: { purpose: 'the address that a code was mailed to', kept: 'two days', exported: true },
  },
  'CUSTOMER-NOTE': {
    text: { purpose: 'what support needs to know of a customer', kept: 'while the account is open', exported: true },
    at: { purpose: 'when it was noted', kept: 'while the account is open', exported: true },
    by: { purpose: 'who of the staff noted it', kept: 'while the account is open', exported: false },
  },
  ACCEPTANCE: {
    version: { purpose: 'which version of the policy was accepted', kept: 'while the account is open', exported: true },
    at: { purpose: 'when it was accepted', kept: 'while the account is open', exported: true },
  },
  NEWS: {
    sk: { purpose: 'which announcements were mailed and read', kept: 'four hundred days', exported: true },
    at: { purpose: 'when that was', kept: 'four hundred days', exported: true },
  },
  MAILING: {
    after: { purpose: 'how far the list of customers was walked', kept: 'until it is decided', exported: false },
  },
  ROLL: {
    sk: { purpose: 'telling every customer what concerns all', kept: 'while the account is open', exported: false },
  },
  FILE: {
    fileId: { purpose: 'names the file', kept: 'while the account is open', exported: true },
    purpose: {
      purpose: 'a picture of the customer, or something attached in a ticket',
      kept: 'while the account is open',
      exported: true,
    },
    type: { purpose: 'what kind of file it is', kept: 'while the account is open', exported: true },
    bytes: { purpose: 'how large it is', kept: 'while the account is open', exported: true },
    createdAt: { purpose: 'when it was uploaded', kept: 'while the account is open', exported: true },
    keptFor: { purpose: 'what it belongs to', kept: 'while the account is open', exported: true },
  },
  DISCARD: {
    customerId: { purpose: 'whose file is to be deleted', kept: 'two days', exported: false },
  },
  DISCLOSURE: {
    authority: { purpose: 'which authority was given something', kept: 'while the account is open', exported: false },
    legalBasis: { purpose: 'what obliged us to', kept: 'while the account is open', exported: false },
    reference: { purpose: 'the authority’s file', kept: 'while the account is open', exported: false },
    by: { purpose: 'who of the staff handed it over', kept: 'while the account is open', exported: false },
  },
  WALLET: {
    customerId: { purpose: 'whose wallet it is', kept: 'with the transaction records', exported: true },
    available: { purpose: 'what can be spent', kept: 'with the transaction records', exported: true },
    held: { purpose: 'what is being cleared up', kept: 'with the transaction records', exported: true },
    debt: { purpose: 'what is owed', kept: 'with the transaction records', exported: true },
  },
  ENTRY: {
    kind: { purpose: 'the exact record of every movement', kept: 'with the transaction records', exported: true },
    cause: { purpose: 'the exact record of every movement', kept: 'with the transaction records', exported: true },
    amount: { purpose: 'the exact record of every movement', kept: 'with the transaction records', exported: true },
    at: { purpose: 'the exact record of every movement', kept: 'with the transaction records', exported: true },
    orderId: { purpose: 'which order it was for', kept: 'with the transaction records', exported: true },
    memo: { purpose: 'why staff moved money', kept: 'with the transaction records', exported: true },
  },
  ORDER: {
    customerId: { purpose: 'whose order it is', kept: 'with the transaction records', exported: true },
    orderId: { purpose: 'the order', kept: 'with the transaction records', exported: true },
    serviceId: { purpose: 'what was ordered', kept: 'with the transaction records', exported: true },
    link: { purpose: 'what the order is for', kept: 'with the transaction records', exported: true },
    said: { purpose: 'what the provider said of the order', kept: 'with the transaction records', exported: false },
    linkKey: { purpose: 'finding the orders for a link', kept: 'with the transaction records', exported: false },
    quantity: { purpose: 'what was ordered', kept: 'with the transaction records', exported: true },
    inHandOf: { purpose: 'who of the staff delivers it', kept: 'with the transaction records', exported: false },
    charge: { purpose: 'what was paid', kept: 'with the transaction records', exported: true },
    refunded: { purpose: 'what went back', kept: 'with the transaction records', exported: true },
    acceptedAt: { purpose: 'when it was ordered', kept: 'with the transaction records', exported: true },
  },
  PAYLOAD: {
    link: { purpose: 'what the order is for', kept: 'with the transaction records', exported: true },
    comments: { purpose: 'what the order is made of', kept: 'with the transaction records', exported: true },
  },
  REFILL: {
    customerId: { purpose: 'whose order is refilled', kept: 'with the transaction records', exported: true },
    orderId: { purpose: 'which order is refilled', kept: 'with the transaction records', exported: true },
    refillId: { purpose: 'the refill', kept: 'with the transaction records', exported: true },
    acceptedAt: { purpose: 'when it was asked for', kept: 'with the transaction records', exported: true },
    memo: { purpose: 'why staff turned it down', kept: 'with the transaction records', exported: true },
    said: { purpose: 'what the provider said of it', kept: 'with the transaction records', exported: false },
  },
  'REFILL-NUMBER': {
    orderId: { purpose: 'finding a refill by its number', kept: 'with the transaction records', exported: false },
  },
  CANCEL: {
    customerId: { purpose: 'who wants an order canceled', kept: 'with the transaction records', exported: true },
    orderId: { purpose: 'which order', kept: 'with the transaction records', exported: true },
    acceptedAt: { purpose: 'when it was asked for', kept: 'with the transaction records', exported: true },
    memo: { purpose: 'why staff turned it down', kept: 'with the transaction records', exported: true },
    said: { purpose: 'what the provider said of it', kept: 'with the transaction records', exported: false },
  },
  TRIED: {
    said: {
      purpose: 'what a provider said of an order that it did not take',
      kept: 'with the transaction records',
      exported: false,
    },
  },
  TICKET: {
    customerId: { purpose: 'who asks', kept: 'while the account is open', exported: true },
    ticketId: { purpose: 'the ticket', kept: 'while the account is open', exported: true },
    category: { purpose: 'what it is about', kept: 'while the account is open', exported: true },
    subject: { purpose: 'what it is about', kept: 'while the account is open', exported: true },
    orderIds: { purpose: 'which orders it is about', kept: 'while the account is open', exported: true },
    status: { purpose: 'whose turn it is', kept: 'while the account is open', exported: true },
    createdAt: { purpose: 'when it was opened', kept: 'while the account is open', exported: true },
    closedAt: { purpose: 'when it was closed', kept: 'while the account is open', exported: true },
    dueAt: { purpose: 'until when a privacy request is to be dealt with', kept: 'while the account is open', exported: true },
    assignedTo: { purpose: 'who of the staff answers', kept: 'while the account is open', exported: false },
  },
  MESSAGE: {
    text: { purpose: 'what the customer and support wrote to each other', kept: 'while the account is open', exported: true },
    at: { purpose: 'when it was written', kept: 'while the account is open', exported: true },
    named: { purpose: 'by which name the customer was addressed', kept: 'while the account is open', exported: true },
    files: { purpose: 'what is attached to it', kept: 'while the account is open', exported: true },
    author: { purpose: 'which side wrote it', kept: 'while the account is open', exported: true },
    by: { purpose: 'who of the staff wrote it', kept: 'while the account is open', exported: false },
  },
  'TICKET-PLACE': {
    ticketId: { purpose: 'so many tickets before staff at a time', kept: 'while the account is open', exported: false },
  },
  'TICKET-NOTE': {
    text: { purpose: 'what colleagues need to know of a ticket', kept: 'while the account is open', exported: true },
    at: { purpose: 'when it was noted', kept: 'while the account is open', exported: true },
    by: { purpose: 'who of the staff noted it', kept: 'while the account is open', exported: false },
  },
  'TICKET-REQUEST': {
    ticketId: { purpose: 'makes a retry the same ticket', kept: 'two days', exported: false },
  },
  'CREDIT-REQUEST': {
    customer: { purpose: 'whom a credit is for that waits for a second person', kept: 'until it is decided', exported: true },
    amount: { purpose: 'how much it is', kept: 'until it is decided', exported: true },
    memo: { purpose: 'why staff want to credit it', kept: 'until it is decided', exported: true },
    at: { purpose: 'since when it waits', kept: 'until it is decided', exported: true },
  },
  REQUEST: {
    orderId: { purpose: 'makes a retry the same order', kept: 'with the transaction records', exported: false },
    of: { purpose: 'makes a retry the same order', kept: 'with the transaction records', exported: false },
  },
  'ERROR-TEXT': {
    said: { purpose: 'what an error of a provider means', kept: 'with the transaction records', exported: false },
    orderId: { purpose: 'an order that the error was about', kept: 'with the transaction records', exported: false },
    by: { purpose: 'who of the staff classified it', kept: 'with the transaction records', exported: false },
  },
  SENDING: {
    said: { purpose: 'evidence of what became of an order whose outcome is unknown', kept: 'ninety days', exported: false },
  },
  CONFIRMED: {
    orderId: {
      purpose: 'no two orders are found under one number of a provider',
      kept: 'with the transaction records',
      exported: false,
    },
  },
  IMPORT: {
    by: {
      purpose: 'who of the staff attested where the effect of its services comes from',
      kept: 'with the transaction records',
      exported: false,
    },
  },
  TARGET: {
    orderId: { purpose: 'one order at a time for a link', kept: 'a year', exported: false },
    customerId: { purpose: 'one order at a time for a link', kept: 'a year', exported: false },
  },
  RUN: {
    by: { purpose: 'which order carries out a run of another', kept: 'with the transaction records', exported: true },
    refunded: { purpose: 'what went back', kept: 'with the transaction records', exported: true },
  },
  'FEED-SLOT': {
    orderId: { purpose: 'so many orders in runs at a time', kept: 'a year', exported: false },
  },
  DUE: {
    customerId: { purpose: 'whose order has a run due', kept: 'until the order is over', exported: false },
    orderId: { purpose: 'which order has a run due', kept: 'until the order is over', exported: false },
  },
  INQUIRY: {
    name: { purpose: 'how whoever wrote without an account is addressed', kept: 'a year', exported: false },
    email: { purpose: 'where the answer goes', kept: 'a year', exported: false },
    subject: { purpose: 'what it is about', kept: 'a year', exported: false },
    target: { purpose: 'which profile or page is misused', kept: 'a year', exported: false },
    at: { purpose: 'when it was written', kept: 'a year', exported: false },
    memo: { purpose: 'what staff decided about it', kept: 'a year', exported: false },
    closedBy: { purpose: 'who of the staff decided', kept: 'a year', exported: false },
  },
  'INQUIRY-MESSAGE': {
    text: { purpose: 'what was written and answered', kept: 'a year', exported: false },
    at: { purpose: 'when it was written', kept: 'a year', exported: false },
    by: { purpose: 'who of the staff answered', kept: 'a year', exported: false },
  },
  BLOCKED: {
    target: { purpose: 'no orders for a target whose owner wants none', kept: 'until it is lifted', exported: false },
    by: { purpose: 'who of the staff decided it', kept: 'until it is lifted', exported: false },
    memo: { purpose: 'how it was shown who owns the target', kept: 'until it is lifted', exported: false },
  },
  CATALOGUE: {
    attested: {
      purpose: 'who of the staff attested where a service’s effect comes from',
      kept: 'with the transaction records',
      exported: false,
    },
  },
  KEY: {
    customerId: { purpose: 'whose key it is', kept: 'while the account is open', exported: false },
    addresses: { purpose: 'where the customer lets the key be used from', kept: 'while the account is open', exported: false },
  },
  KEYS: {
    name: { purpose: 'the customer’s own list of keys', kept: 'while the account is open', exported: true },
    createdAt: { purpose: 'the customer’s own list of keys', kept: 'while the account is open', exported: true },
    addresses: { purpose: 'where the customer lets the key be used from', kept: 'while the account is open', exported: true },
    closesAt: { purpose: 'the customer’s own list of keys', kept: 'while the account is open', exported: true },
    revokedAt: { purpose: 'the customer’s own list of keys', kept: 'while the account is open', exported: true },
  },
  PREFIX: { customerId: { purpose: 'whose key it is', kept: 'while the account is open', exported: false } },
  USE: {
    calls: { purpose: 'how much each key is used', kept: 'a month', exported: true },
    usedAt: { purpose: 'when each key was last used', kept: 'a month', exported: true },
  },
  SIGNAL: {
    customerId: { purpose: 'noticing misuse of keys and walks through order numbers', kept: 'a month', exported: false },
    keyId: { purpose: 'noticing misuse of keys and walks through order numbers', kept: 'a month', exported: false },
    seenBy: { purpose: 'who of the staff looked into it', kept: 'a month', exported: false },
    seenMemo: { purpose: 'what came of it', kept: 'a month', exported: false },
  },
  TASK: { by: { purpose: 'who of the staff set a provider’s import going', kept: 'ninety days', exported: false } },
  STAFF: {
    email: { purpose: 'signing in to the console', kept: 'the staff member’s employment', exported: false },
    staffId: { purpose: 'names the member of staff', kept: 'the staff member’s employment', exported: false },
    createdAt: { purpose: 'since when somebody works here', kept: 'the staff member’s employment', exported: false },
  },
  'STAFF-SESSION': {
    sessionId: { purpose: 'tells sessions apart', kept: 'until the session ends, 30 days at most', exported: false },
    address: { purpose: 'who is signed in to the console', kept: 'until the session ends, 30 days at most', exported: false },
    browser: { purpose: 'who is signed in to the console', kept: 'until the session ends, 30 days at most', exported: false },
    beganAt: { purpose: 'who is signed in to the console', kept: 'until the session ends, 30 days at most', exported: false },
    seenAt: { purpose: 'who is signed in to the console', kept: 'until the session ends, 30 days at most', exported: false },
  },
  AUDITED: {
    by: { purpose: 'who of the staff did it', kept: 'with the transaction records', exported: false },
    on: { purpose: 'whom or what it was done to', kept: 'with the transaction records', exported: false },
    why: { purpose: 'the reason that was given', kept: 'with the transaction records', exported: false },
    before: { purpose: 'what was changed', kept: 'with the transaction records', exported: false },
    after: { purpose: 'what was changed', kept: 'with the transaction records', exported: false },
  },
  ARCHIVE: {
    customerId: { purpose: 'whose archive it is', kept: 'a week after it is ready', exported: true },
    at: { purpose: 'when it was asked for', kept: 'a week after it is ready', exported: true },
  },
  CLOSURE: {
    customerId: { purpose: 'whose account is closed', kept: 'until it is erased', exported: true },
    closedAt: { purpose: 'when it was closed', kept: 'until it is erased', exported: true },
    eraseAt: { purpose: 'when it is erased', kept: 'until it is erased', exported: true },
    givesUp: { purpose: 'the balance that was given up', kept: 'until it is erased', exported: true },
  },
  ERASED: {
    customerId: { purpose: 'which account was erased, by its number alone', kept: 'with the transaction records', exported: false },
  },
  'LEGAL-HOLD': {
    customerId: { purpose: 'whose erasure is held up by law', kept: 'until it is lifted', exported: false },
    memo: { purpose: 'why', kept: 'until it is lifted', exported: false },
    by: { purpose: 'who of the staff holds it up', kept: 'until it is lifted', exported: false },
    at: { purpose: 'since when', kept: 'until it is lifted', exported: false },
  },
  RATE: {},
} as const satisfies Readonly<Record<string, Readonly<Record<string, Personal>>>>

/** Attributes that are not personal. Together with those above: everything an item may carry. */
export const impersonal = {
  CUSTOMER: ['keysAdded'],
  LAPSED: ['expiresAt'],
  SESSION: ['expiresAt'],
  DEVICE: ['expiresAt'],
  'SIGN-IN': ['expiresAt'],
  'SECOND-FACTOR': ['expiresAt'],
  'EMAIL-CHANGE': ['attempts', 'doneAt', 'expiresAt'],
  'CUSTOMER-NOTE': [],
  ACCEPTANCE: [],
  NEWS: ['expiresAt'],
  ROLL: [],
  WALLET: ['active', 'accepted', 'movements', 'expiresAt'],
  FILE: ['state', 'why', 'width', 'height', 'digest', 'dueAt', 'tries'],
  STORED: ['bytes'],
  DISCARD: ['fileId'],
  ENTRY: ['by', 'agreedBy', 'expiresAt'],
  CAUSE: ['at', 'amount', 'expiresAt'],
  ORDER: [
    'type',
    'hasPayload',
    'refillDays',
    'state',
    'changedAt',
    'providerId',
    'providerServiceId',
    'tried',
    'providerOrderId',
    'startCount',
    'remains',
    'attempt',
    'leaseUntil',
    'reason',
    'sentAgain',
    'history',
    'heard',
    'acceptedOn',
    'openOn',
    'runs',
    'interval',
    'feed',
    'runOf',
    'expiresAt',
  ],
  PAYLOAD: [],
  REFILL: [
    'nth',
    'state',
    'askedOf',
    'changedAt',
    'providerId',
    'providerOrderId',
    'providerRefillId',
    'attempt',
    'leaseUntil',
    'reason',
    'openOn',
    'expiresAt',
  ],
  INQUIRY: ['inquiryId', 'kind', 'language', 'code', 'changedAt', 'status', 'answered', 'openOn', 'acceptedAt', 'expiresAt'],
  'INQUIRY-MESSAGE': ['author', 'expiresAt'],
  BLOCKED: ['at', 'inquiryId', 'openOn', 'acceptedAt'],
  TICKET: ['changedAt', 'waitingSince', 'messages', 'unread', 'unreadByStaff', 'openOn', 'acceptedAt'],
  MESSAGE: [],
  'TICKET-PLACE': ['takes'],
  'TICKET-NOTE': [],
  'TICKET-REQUEST': ['expiresAt'],
  'SAVED-REPLY': ['title', 'text', 'revision'],
  'REFILL-NUMBER': ['nth', 'expiresAt'],
  CANCEL: ['state', 'askedOf', 'changedAt', 'providerId', 'attempt', 'leaseUntil', 'reason', 'openOn', 'expiresAt'],
  TRIED: ['providerId', 'providerServiceId', 'at', 'reason', 'expiresAt'],
  REQUEST: [],
  'ERROR-TEXT': ['text', 'times', 'firstAt', 'lastAt', 'meaning', 'classifiedAt'],
  SENDING: [
    'providerId',
    'sentAt',
    'overAt',
    'reason',
    'why',
    'status',
    'before',
    'after',
    'currency',
    'cost',
    'lateNumber',
    'expiresAt',
  ],
  CONFIRMED: ['at', 'acceptedAt', 'expiresAt'],
  'CREDIT-REQUEST': ['requestId', 'by'],
  CREDITED: ['credited', 'expiresAt'],
  DISCLOSURE: ['disclosureId', 'at', 'parts', 'sha256', 'bytes'],
  LOOK: ['until', 'expiresAt'],
  KEY: ['keyId', 'scope', 'closesAt', 'expiresAt'],
  KEYS: ['keyId', 'prefix', 'hash', 'scope', 'replaces', 'expiresAt'],
  PREFIX: ['keyId'],
  USE: ['keyId', 'expiresAt'],
  // A network with wrong keys is named by a keyed hash, as in RATE.
  SIGNAL: ['kind', 'times', 'firstAt', 'lastAt', 'seenAt', 'seenTimes', 'expiresAt', ...hourNames],
  CATALOGUE: [
    'serviceId',
    'name',
    'categoryId',
    'description',
    'type',
    'rate',
    'min',
    'max',
    'refillDays',
    'cancel',
    'dripFeed',
    'denyDuplicates',
    'linkPattern',
    'origin',
    'enabled',
    'paused',
    'sort',
    'everSold',
    'byHand',
    'revision',
    'lastEdit',
    'source',
    'fallbacks',
  ],
  CATEGORY: ['categoryId', 'name', 'sort', 'revision'],
  FEED: ['kind', 'serviceId', 'name', 'type', 'before', 'after', 'at', 'expiresAt'],
  TARGET: ['expiresAt'],
  PROVIDER: [
    'providerId',
    'name',
    'url',
    'key',
    'status',
    'createdAt',
    'currency',
    'exchange',
    'lowBalance',
    'rateDay',
    'agreed',
    'atOnce',
    'perMinute',
    'closingSince',
    'sync',
  ],
  LINE: ['stamp', 'holds', 'minute', 'used', 'adds', 'asks', 'bad', 'failing', 'restsUntil'],
  RUN: ['run', 'state', 'remains', 'expiresAt'],
  'FEED-SLOT': ['expiresAt'],
  DUE: ['run'],
  'FORMER-PROVIDER': ['providerId', 'name', 'createdAt', 'deletedAt'],
  SYNC: ['begunAt', 'held'],
  BALANCE: ['finding', 'askedAt', 'milliseconds', 'amount', 'currency', 'toldAt'],
  PAUSED: ['serviceId', 'because', 'at'],
  SOURCE: ['serviceId'],
  TASK: ['taskId', 'providerId', 'kind', 'state', 'startedAt', 'endedAt', 'failure', 'found', 'progress', 'expiresAt'],
  BUSY: ['taskId', 'providerId', 'beatAt', 'attempt', 'tries'],
  PLAN: ['choice', 'markUp', 'categories', 'types', 'origin', 'pauseGone', 'offer', 'agreedTo', 'expiresAt'],
  NOTE: ['notes', 'expiresAt'],
  STAFF: ['role', 'status'],
  'STAFF-SESSION': ['expiresAt'],
  // Digests and hashes: what they are of lies beside them and can be erased alone.
  AUDIT: ['seq', 'at', 'digest', 'previous', 'until', 'hash'],
  AUDITED: ['action', 'at', 'salt', 'expiresAt'],
  'AUDIT-HEAD': ['seq', 'at', 'hash', 'since'],
  ARCHIVE: ['dueAt', 'state', 'readyAt', 'bytes', 'expiresAt'],
  CLOSURE: ['dueAt', 'state', 'step', 'wasSuspended', 'awaitsStaff', 'after', 'recordsUntil', 'since', 'waitsFor', 'trailTo'],
  ERASED: ['erasedAt', 'recordsUntil', 'trailTo', 'expiresAt'],
  'LEGAL-HOLD': ['lifted'],
  COUNTER: ['nextNumber'],
  BLOCK: ['takenAt'],
  SWEEP: ['until', 'providerId', 'place'],
  // Numbers of orders under a few bits of a hash, which no link can be recognised by.
  CARDS: ['cards'],
  FILING: ['until'],
  'SENT-LATE': ['acceptedAt'],
  // Uses by a keyed hash of an address or an email; the key of the hash is gone after two days.
  RATE: ['uses', 'expiresAt'],
  PEPPER: ['value', 'expiresAt'],
  POLICY: ['version', 'hash', 'publishedAt'],
  'POLICY-TEXT': ['documents', 'changes'],
  BINDING: ['bindings', 'revision'],
  ACCEPTED: ['times'],
  ANNOUNCEMENT: ['title', 'audience', 'importance', 'from', 'until', 'writtenAt', 'withdrawnAt', 'expiresAt'],
  'ANNOUNCEMENT-TEXT': ['text', 'expiresAt'],
  MAILING: [
    'kind',
    'announcementId',
    'version',
    'bindsFrom',
    'day',
    'state',
    'from',
    'mailed',
    'passedOver',
    'unknown',
    'refused',
    'endedAt',
    'expiresAt',
  ],
  SIGNING: ['key'],
  'TRAIL-KEY': ['key'],
  SETTING: ['rates', 'changedAt'],
  'EXCHANGE-RATES': ['rates', 'source', 'takenAt', 'expiresAt'],
  'EXCHANGE-ASKED': ['askedAt', 'finding', 'goodAt'],
  'HELD-RATE': ['day', 'exchange', 'from', 'fromDay', 'since', 'currency', 'at', 'left'],
  EDGE: ['hashes'],
} as const satisfies Readonly<Record<string, readonly string[]>>

/**
 * The access log's own table (P-LOG-1), by the kind of item. It is of nobody who has a name: an address is all that is
 * known of a visitor, so nothing of it is in an export, and nothing of it is there for longer than the operator set.
 */
export const accessLog = {
  ACCESS: {
    personal: ['address', 'browser', 'at', 'referrer', 'page'],
    impersonal: ['expiresAt'],
    purpose: 'security, and how the site is used',
    kept: 'as many days as the operator set for the access log',
  },
  REFUSED: {
    personal: ['sk', 'unauthorised', 'forbidden', 'notFound', 'tooMany', 'signIns', 'firstAt', 'lastAt'],
    impersonal: ['expiresAt'],
    purpose: 'noticing addresses that are refused much',
    kept: 'as many days as the operator set for the access log',
  },
  // Counts in which nobody can be seen, and that a part of a file was counted.
  TRAFFIC: { personal: [], impersonal: ['times', 'expiresAt'], purpose: '', kept: '' },
  VISITORS: { personal: [], impersonal: ['sketch', 'version', 'expiresAt'], purpose: '', kept: '' },
  PART: { personal: [], impersonal: ['expiresAt'], purpose: '', kept: '' },
} as const satisfies Readonly<
  Record<
    string,
    {
      readonly personal: readonly string[]
      readonly impersonal: readonly string[]
      readonly purpose: string
      readonly kept: string
    }
  >
>

/** Attributes of an item of the access log that the inventory does not know. */
export function unknownInAccessLog(item: Readonly<Record<string, unknown>>): string[] {
  const [kind = ''] = String(item['pk']).split('#')
  if (!(kind in accessLog)) return ['pk']
  const { personal, impersonal } = accessLog[kind as keyof typeof accessLog]
  const known: readonly string[] = ['pk', 'sk', ...personal, ...impersonal]
  return Object.keys(item).filter((attribute) => !known.includes(attribute))
}

export type ItemKind = keyof typeof impersonal

/** The kind of an item, from its partition key; undefined for one the inventory does not know. */
export function itemKind(pk: string): ItemKind | undefined {
  const name = pk.split('#')[0] ?? ''
  return name in impersonal ? (name as ItemKind) : undefined
}

/** Attributes of an item that the inventory does not know. */
export function unknownAttributes(item: Readonly<Record<string, unknown>>): string[] {
  const kind = itemKind(String(item['pk']))
  if (!kind) return ['pk']
  const known: readonly string[] = [
    'pk',
    'sk',
    ...impersonal[kind],
    ...Object.keys(kind in personal ? personal[kind as keyof typeof personal] : {}),
  ]
  return Object.keys(item).filter((attribute) => !known.includes(attribute))
}

const untilOpened = 'while the account is open; where none was opened in time, as many days as the operator set for sign-ups'

/** What the identity provider holds besides the password, which nobody can read back. */
export const identityRecord = {
  email: { purpose: 'signing in, and codes by mail', kept: untilOpened, exported: true },
  name: { purpose: 'how the customer is addressed in mail', kept: untilOpened, exported: true },
  'custom:terms': { purpose: 'which terms were accepted at sign-up', kept: untilOpened, exported: true },
  'custom:ticket': {
    purpose: 'binds the sign-up code to the browser that asked for it',
    kept: untilOpened,
    exported: false,
  },
} as const satisfies Readonly<Record<string, Personal>>

/** What lies in the bucket of files, by where: each object under its owner's name. */
export const objects = {
  uploads: { purpose: 'what was uploaded, until it is checked', kept: 'two days', exported: false },
  files: { purpose: 'pictures and attachments, without what the camera noted', kept: 'while the account is open', exported: true },
} as const satisfies Readonly<Record<string, Personal>>
