import type { fates } from './fates.ts'

type Found = {
  [Kind in keyof typeof fates]: (typeof fates)[Kind] extends { readonly found: unknown } ? Kind : never
}[keyof typeof fates]

/** What people call the items of a kind: on the page that says what becomes of them, and in an archive. */
export const titles = {
  ACCEPTANCE: 'Which versions of our policy you accepted, and when',
  NEWS: 'Which announcements you were sent and have read',
  ROLL: 'Your place in the list by which all customers are told',
  CUSTOMER: 'Your account: name, email, preferences, accepted terms',
  SESSION: 'Where you are signed in: addresses and browsers',
  DEVICE: 'Devices you have signed in from',
  'SIGN-IN': 'When and from where you signed in',
  'SECOND-FACTOR': 'Your second factor and its recovery codes',
  'EMAIL-CHANGE': 'Changes of your email',
  'CUSTOMER-NOTE': 'Notes of our support about your account',
  TICKET: 'Your tickets',
  MESSAGE: 'What was written in your tickets',
  'TICKET-PLACE': 'Which of your tickets wait for us',
  'TICKET-NOTE': 'Notes of our support about your tickets',
  FILE: 'Your pictures and attachments',
  STORED: 'How much room your files take',
  WALLET: 'Your balance',
  ENTRY: 'Your statement: every movement of money',
  CAUSE: 'What keeps a movement from being made twice',
  ORDER: 'Your orders: service, quantity, price, state',
  PAYLOAD: 'Comments and long links of your orders',
  REFILL: 'Your refills',
  'REFILL-NUMBER': 'Numbers of your refills',
  CANCEL: 'Your cancellations',
  TRIED: 'Providers your orders were tried with',
  RUN: 'Runs of your orders',
  REQUEST: 'What keeps an order from being placed twice',
  SENDING: 'Evidence about orders whose outcome was unclear',
  'ERROR-TEXT': 'What a provider said of an order of yours',
  'FEED-SLOT': 'Which of your orders in runs are open at a time',
  TARGET: 'Which links you have ordered for',
  CONFIRMED: 'Orders that were confirmed by hand',
  'CREDIT-REQUEST': 'Credits that wait to be agreed to',
  KEY: 'Your API keys',
  PREFIX: 'The first characters of your API keys',
  KEYS: 'The list of your API keys',
  USE: 'How much your API keys were used',
  AUDITED: 'What our staff did with your account, and why',
  DISCLOSURE: 'What authorities lawfully asked for',
  ARCHIVE: 'Archives you asked for',
  CLOSURE: 'That you closed your account',
  ERASED: 'That an account with your number was erased',
  'LEGAL-HOLD': 'What the law keeps us from erasing',
} as const satisfies Readonly<Record<Found, string>>

export const titleOf = (kind: string): string =>
  kind in titles ? titles[kind as Found] : kind === 'IDENTITY' ? 'Your sign-in' : kind
