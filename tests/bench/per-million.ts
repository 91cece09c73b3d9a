import { cardBytes, leastInADrawer } from '../../core/orders/cards.ts'
import { blockSize } from '../../data/numbers.ts'
import type { Cost } from './costs.ts'
import { prices } from './prices.ts'

/** Dollars for a million Default orders from call to completion, each asked about 50 times, in calls of a hundred. */
export interface Line {
  readonly what: string
  readonly how: string
  readonly dollars: number
  /** What could not be less, for an order that is charged once, sent once, and settled. */
  readonly floor: number
}

/**
 * What is not measured here, at a million orders a day: how long functions run (warm), and how much is worked off together.
 * A function that waits for a provider is paid for waiting: 0.3 s a call.
 */
const assumed = {
  placingSeconds: 0.025,
  placingGigabytes: 1,
  workerGigabytes: 0.5,
  providerSeconds: 0.3,
  /** Orders that one call of submit-order works off, and one reading of the queue brings: twelve come in a second. */
  submitTogether: 5,
  relayTogether: 20,
  relaySeconds: 0.03,
  /** Changes of an order that the relay is called with. */
  changes: 4,
  /** Each minute two minutes of orders; each day the days behind. */
  sweeps: 2,
  lookBacks: 7,
  polls: 50,
  pollTogether: 100,
  kilobytesOut: 1,
  logBytesACall: 400,
} as const

const million = 1_000_000
const isPoll = (name: string): boolean => name.startsWith('poll')
/** Three for the money and the order in one transaction, twice each; claim, sent and the end. */
const leastWrites = 9

export function perMillion(add: Cost, life: readonly Cost[], pollReadUnits: number): Line[] {
  const steps = [add, ...life]
  const sum = (of: (cost: Cost) => number): number => steps.reduce((total, cost) => total + of(cost), 0)
  const a = assumed
  const line = (what: string, how: string, each: number, floor: number = each): Line => ({
    what,
    how,
    dollars: each * million,
    floor: floor * million,
  })
  const onTable = sum(({ writeUnits }) => writeUnits)
  const onIndexes = sum(({ indexUnits }) => indexUnits)
  const lambda = (calls: number, seconds: number, gigabytes: number): number =>
    calls * (prices.lambdaRequest + seconds * gigabytes * prices.lambdaGigabyteSecond)
  // A poll that brings news reads the order itself; its lists are read for a hundred at once, and stand in the line below.
  const news = life.filter(({ name, writeUnits }) => isPoll(name) && writeUnits > 0).length
  const reads = news + sum(({ name, readUnits }) => (isPoll(name) ? 0 : readUnits))
  const polled = a.polls * pollReadUnits
  const ofSubmits = sum(({ name, sharedUnits }) => (name === 'submit' ? sharedUnits : 0)) / a.submitTogether
  const ofPolls = (a.polls / a.pollTogether) * Math.max(0, ...life.map(({ name, sharedUnits }) => (isPoll(name) ? sharedUnits : 0)))
  const calls = 1 + 1 / a.submitTogether + a.changes / a.relayTogether + a.polls / a.pollTogether
  return [
    line(
      'CloudFront',
      'a request, and what it answers',
      prices.cloudFrontRequest + (a.kilobytesOut / 1e6) * prices.cloudFrontGigabyte,
    ),
    line('API Gateway', 'a request', prices.httpApiRequest),
    line(
      'Lambda: place',
      `${a.placingSeconds * 1000} ms of ${a.placingGigabytes} GB`,
      lambda(1, a.placingSeconds, a.placingGigabytes),
    ),
    line('writes on the table', `${onTable} units`, onTable * prices.writeUnit, leastWrites * prices.writeUnit),
    line('writes on indexes', `${onIndexes} units`, onIndexes * prices.writeUnit, 0),
    line(
      'writes that many share',
      `a provider’s line: ${ofSubmits.toFixed(1)} units to be sent, ${ofPolls.toFixed(1)} to be asked about`,
      (ofSubmits + ofPolls) * prices.writeUnit,
      0,
    ),
    line(
      'filing',
      `two cards, ${leastInADrawer} to a write, and half a unit to read the order`,
      (2 / leastInADrawer) * prices.writeUnit + readByClock * prices.readUnit,
      0,
    ),
    line('numbers', `${blockSize} for two writes`, (2 / blockSize) * prices.writeUnit, 0),
    line(
      'reads by the clock',
      `the sweep sees an order ${a.sweeps} times, who asks about completed ones ${a.lookBacks} times`,
      (a.sweeps + a.lookBacks) * readByClock * prices.readUnit,
      0,
    ),
    line('reads', `${reads} units`, reads * prices.readUnit, 2 * prices.readUnit),
    line('reads of polls', `${a.polls} polls, ${pollReadUnits.toFixed(3)} units each`, polled * prices.readUnit),
    line(
      'Lambda: relay',
      `${a.changes} changes, ${a.relayTogether} together`,
      lambda(a.changes / a.relayTogether, a.relaySeconds, a.workerGigabytes),
    ),
    line('SQS', `sent, received and deleted, ${a.submitTogether} together`, (3 / a.submitTogether) * prices.sqsRequest),
    line(
      'Lambda: submit',
      `${a.providerSeconds} s for ${a.submitTogether} together`,
      lambda(1 / a.submitTogether, a.providerSeconds, a.workerGigabytes),
    ),
    line(
      'Lambda: poll',
      `${a.polls} polls, ${a.pollTogether} together, ${a.providerSeconds} s`,
      (a.polls / a.pollTogether) * a.providerSeconds * a.workerGigabytes * prices.lambdaGigabyteSecond,
    ),
    line('logs', `${calls.toFixed(1)} calls, ${a.logBytesACall} bytes each`, (calls * a.logBytesACall * prices.logGigabyte) / 1e9),
  ]
}

/** An order, and its row in the index of accepted orders: some 200 bytes that are read with others, half a unit for 4 KB. */
const readByClock = 0.5 + (200 / 4096) * 0.5

/** An order's item, its entry, its place on the one index that it never leaves, a hundred bytes more for each, and its two cards. */
const bytesAnOrder = 900 + 300 + 180 + 3 * 100 + 2 * cardBytes

/** Dollars a month for what a million orders leave behind: the order, its entry, and where it is found. */
export const storagePerMillion = (): number =>
  ((bytesAnOrder * million) / 1e9) * (prices.tableGigabyteMonth + prices.recoveryGigabyteMonth)
