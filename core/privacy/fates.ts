import type { ItemKind } from './inventory.ts'

/**
 * What becomes of a kind's items when their customer's account is erased (P-RET-2), and how those of a customer are found.
 * Whoever adds a kind says so here: the eraser, the archive, the page that tells customers beforehand and the drill are all
 * driven by this table.
 */
export type Fate =
  /** The item goes. */
  | { readonly fate: 'erased'; readonly found: Found }
  /**
   * What is personal of it is cut; the rest stays under a number that names nobody any more, until the longer period of
   * transaction records is over. Then it expires.
   */
  | { readonly fate: 'pseudonymised'; readonly cut: readonly string[]; readonly found: Found }
  /** It expires by itself, so many days after it was last written at most, and erasure has nothing to add. */
  | { readonly fate: 'expires'; readonly days: number }
  /** It is of no customer: of the catalogue, of providers, of staff. */
  | { readonly fate: 'of no customer' }

/** How a customer's items of a kind are found. */
export type Found =
  /** The owner is the partition key: `KIND#<customer>`. */
  | 'by owner'
  /** One partition for everybody, in which the sort key begins with the owner: `<customer> …`. */
  | 'in a list'
  /** One partition for everybody, in which the sort key is the owner. */
  | 'one in a list'
  /** By what an item of that kind says: `data/privacy/through.ts` knows how. */
  | { readonly through: 'KEYS' | 'ORDER' }
  /** It names an order of theirs, and lies among what its provider said of all orders. */
  | 'among the words'
  /** Records of what staff did to the customer, or to what is theirs: by a walk through the trail since the account began. */
  | 'in the trail'

const erased = { fate: 'erased', found: 'by owner' } as const
const kept = { fate: 'pseudonymised', cut: [], found: 'by owner' } as const
const noCustomers = { fate: 'of no customer' } as const

export const fates = {
  CUSTOMER: erased,
  // Of somebody who never became a customer.
  LAPSED: { fate: 'expires', days: 2 },
  SESSION: erased,
  DEVICE: erased,
  'SIGN-IN': erased,
  'SECOND-FACTOR': erased,
  'EMAIL-CHANGE': erased,
  'CUSTOMER-NOTE': erased,
  TICKET: erased,
  MESSAGE: erased,
  'TICKET-PLACE': erased,
  'TICKET-NOTE': erased,
  'TICKET-REQUEST': { fate: 'expires', days: 2 },
  // Which terms an order was placed under.
  ACCEPTANCE: kept,
  NEWS: erased,
  ROLL: { fate: 'erased', found: 'one in a list' },
  // Its objects in the bucket go with it: `data/files.ts` puts them on the list, `outside/files` finds those that no item names.
  FILE: erased,
  STORED: erased,
  // What it names is deleted when it is due, a day after the upload at most, and then it goes itself.
  DISCARD: { fate: 'expires', days: 2 },
  WALLET: kept,
  ENTRY: { fate: 'pseudonymised', cut: ['memo'], found: 'by owner' },
  CAUSE: kept,
  ORDER: { fate: 'pseudonymised', cut: ['link', 'linkKey', 'said'], found: 'by owner' },
  PAYLOAD: erased,
  REFILL: { fate: 'pseudonymised', cut: ['memo', 'said'], found: 'by owner' },
  'REFILL-NUMBER': kept,
  CANCEL: { fate: 'pseudonymised', cut: ['memo', 'said'], found: 'by owner' },
  TRIED: { fate: 'pseudonymised', cut: ['said'], found: 'by owner' },
  RUN: kept,
  'FEED-SLOT': erased,
  DUE: { fate: 'expires', days: 0 },
  // The names that a client gave its own requests.
  REQUEST: erased,
  SENDING: erased,
  'ERROR-TEXT': { fate: 'erased', found: 'among the words' },
  TARGET: { fate: 'erased', found: { through: 'ORDER' } },
  CONFIRMED: { fate: 'pseudonymised', cut: [], found: { through: 'ORDER' } },
  'CREDIT-REQUEST': { fate: 'erased', found: 'in a list' },
  KEY: { fate: 'erased', found: { through: 'KEYS' } },
  PREFIX: { fate: 'erased', found: { through: 'KEYS' } },
  KEYS: erased,
  USE: erased,
  // The law may keep us from telling whom it is about; what it was and by what law stays in the trail, by its digest.
  DISCLOSURE: erased,
  LOOK: { fate: 'expires', days: 1 },
  SIGNAL: { fate: 'expires', days: 31 },
  RATE: { fate: 'expires', days: 2 },
  PEPPER: { fate: 'expires', days: 2 },
  AUDITED: { fate: 'erased', found: 'in the trail' },
  ARCHIVE: { fate: 'erased', found: 'in a list' },
  // Becomes the next when everything is done.
  CLOSURE: { fate: 'erased', found: 'one in a list' },
  ERASED: { fate: 'pseudonymised', cut: [], found: 'one in a list' },
  'LEGAL-HOLD': { fate: 'erased', found: 'one in a list' },

  AUDIT: noCustomers,
  'AUDIT-HEAD': noCustomers,
  CREDITED: noCustomers,
  'SAVED-REPLY': noCustomers,
  BLOCKED: noCustomers,
  // Of people without an account.
  INQUIRY: { fate: 'expires', days: 365 },
  'INQUIRY-MESSAGE': { fate: 'expires', days: 365 },
  STAFF: noCustomers,
  'STAFF-SESSION': noCustomers,
  CATALOGUE: noCustomers,
  CATEGORY: noCustomers,
  FEED: noCustomers,
  PROVIDER: noCustomers,
  LINE: noCustomers,
  'FORMER-PROVIDER': noCustomers,
  SYNC: noCustomers,
  BALANCE: noCustomers,
  PAUSED: noCustomers,
  SOURCE: noCustomers,
  TASK: noCustomers,
  BUSY: noCustomers,
  PLAN: noCustomers,
  NOTE: noCustomers,
  COUNTER: noCustomers,
  BLOCK: noCustomers,
  SWEEP: noCustomers,
  POLICY: noCustomers,
  'POLICY-TEXT': noCustomers,
  BINDING: noCustomers,
  ACCEPTED: noCustomers,
  ANNOUNCEMENT: noCustomers,
  'ANNOUNCEMENT-TEXT': noCustomers,
  // It ends, and says meanwhile where in the list of customers it is.
  MAILING: { fate: 'expires', days: 400 },
  SIGNING: noCustomers,
  'TRAIL-KEY': noCustomers,
  CARDS: noCustomers,
  FILING: noCustomers,
  'SENT-LATE': noCustomers,
  SETTING: noCustomers,
  'EXCHANGE-RATES': noCustomers,
  'EXCHANGE-ASKED': noCustomers,
  'HELD-RATE': noCustomers,
  EDGE: noCustomers,
} as const satisfies Readonly<Record<ItemKind, Fate>>
