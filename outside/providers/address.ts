import { lookup as resolve } from 'node:dns'
import { BlockList, isIP, type LookupFunction } from 'node:net'
import { Refusal } from '../../core/refusals.ts'

/** Addresses that lead into this machine, its network or nowhere: a server must not be talked into calling them. */
const forbidden = new BlockList()
for (const [network, bits] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.31.196.0', 24],
  ['192.52.193.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['192.175.48.0', 24],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
] as const)
  forbidden.addSubnet(network, bits)

/** Of IPv6 only what is given out to the world can be public, and of that not what wraps an IPv4 address or a tunnel. */
const global6 = new BlockList()
global6.addSubnet('2000::', 3, 'ipv6')
const forbidden6 = new BlockList()
for (const [network, bits] of [
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['2620:4f:8000::', 48],
  ['3fff::', 20],
] as const)
  forbidden6.addSubnet(network, bits, 'ipv6')

export function isPublicAddress(address: string): boolean {
  if (isIP(address) === 4) return !forbidden.check(address, 'ipv4')
  return isIP(address) === 6 && global6.check(address, 'ipv6') && !forbidden6.check(address, 'ipv6')
}

/**
 * A provider's address as staff typed it: https, the usual port, a host name with no credentials and no fragment.
 * `exempt` is the one plain address that a local panel's sandbox provider has.
 */
export function providerUrl(text: string, exempt?: string): URL {
  if (exempt !== undefined && text === exempt) return new URL(text)
  const url = text.length <= 500 ? URL.parse(text) : null
  const host = url?.hostname.replace(/^\[|\]$/g, '') ?? ''
  const plain = url?.protocol === 'https:' && !url.username && !url.password && !url.hash && ['', '443', '8443'].includes(url.port)
  const named =
    isIP(host) === 0 ? /^(?!.*(?:^|\.)(?:localhost|local|internal|localdomain)\.?$)[^.].*\../i.test(host) : isPublicAddress(host)
  if (!url || !plain || !named) throw new Refusal('provider-address-refused')
  return url
}

/**
 * Looks a name up and hands on only a public address, at the moment of the call: the connection goes to the very address
 * that was checked, so a name cannot change in between.
 */
export const publicLookup: LookupFunction = (hostname, _options, callback) => {
  resolve(hostname, { all: true }, (error, addresses) => {
    const [first] = addresses ?? []
    if (error || !first) callback(error ?? new Error(`${hostname} has no address`), '', 4)
    else if (!addresses.every(({ address }) => isPublicAddress(address))) callback(new ForbiddenAddress(hostname), '', 4)
    else if (_options.all) callback(null, [first])
    else callback(null, first.address, first.family)
  })
}

/** The name leads to an address that is not public. */
export class ForbiddenAddress extends Error {
  constructor(hostname: string) {
    super(`${hostname} does not lead to a public address`)
  }
}
