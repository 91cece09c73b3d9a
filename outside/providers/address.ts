import type { LookupAddress } from 'node:dns'
import { BlockList, isIP, type LookupFunction } from 'node:net'
import { Refusal } from '../../core/refusals.ts'

/** P-SEC-1, and more: addresses that lead into this machine, its network or nowhere: a server must not be talked into calling them. */
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
  // A zone names one of this machine's own networks.
  if (address.includes('%')) return false
  if (isIP(address) === 4) return !forbidden.check(address, 'ipv4')
  return isIP(address) === 6 && global6.check(address, 'ipv6') && !forbidden6.check(address, 'ipv6')
}

/** Host names of the world: labels with a dot between, and at the end one that is no number. */
const worldly = /^(?=.{4,253}$)(?:[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?\.)+[a-z](?:[a-z0-9-]{0,61}[a-z0-9])$/
/** Ends of names that mean something on a machine or in its network alone. */
const homely = /(?:^|\.)(?:localhost|local|localdomain|internal|intranet|private|corp|home|lan|arpa|svc|onion|invalid)$/

/**
 * A provider's address as staff typed it: https, the usual port, a host with no credentials and no fragment. The host is
 * written as it is called: what a parser reads otherwise (numbers for addresses, other alphabets' digits and dots) is
 * refused. `exempt` is the one plain address that a local panel's sandbox provider has.
 */
export function providerUrl(text: string, exempt?: string): URL {
  if (exempt !== undefined && text === exempt) return new URL(text)
  // biome-ignore lint/suspicious/noControlCharactersInRegex: a parser drops them, and what it read is not what was typed
  const [, host = '', port = ''] = /^https:\/\/(\[[^\]]*\]|[^/?#:@\\[\]]+)(:8?443)?(?:[/?][^#\\\u0000-\u0020]*)?$/i.exec(text) ?? []
  const url = text.length <= 500 && host !== '' ? URL.parse(text) : null
  const asTyped =
    url?.hostname === host.toLowerCase() && ['', '8443'].includes(url.port) && (url.port === '') === (port !== ':8443')
  if (!url || !asTyped || !leadsOut(url.hostname)) throw new Refusal('provider-address-refused')
  return url
}

/** Whether a host, as a parser wrote it, may be out in the world. Where a name leads to is seen at the call. */
function leadsOut(hostname: string): boolean {
  const address = hostname.replace(/^\[|\]$/g, '')
  return isIP(address) === 0 ? worldly.test(hostname) && !homely.test(hostname) : isPublicAddress(address)
}

/** The way of `dns.lookup` when it is asked for everything it finds. */
type Resolve = (
  hostname: string,
  options: { readonly all: true },
  callback: (error: NodeJS.ErrnoException | null, addresses: LookupAddress[]) => void,
) => void

/**
 * Looks a name up and hands on only a public address, at the moment of the call: the connection goes to the very address
 * that was checked, so a name cannot change in between.
 */
export const pinned =
  (resolve: Resolve): LookupFunction =>
  (hostname, options, callback) => {
    resolve(hostname, { all: true }, (error, addresses) => {
      const [first] = addresses ?? []
      if (error || !first) callback(error ?? new Error(`${hostname} has no address`), '', 4)
      else if (!addresses.every(({ address }) => isPublicAddress(address))) callback(new ForbiddenAddress(hostname), '', 4)
      else if (options.all) callback(null, [first])
      else callback(null, first.address, first.family)
    })
  }

/** The name leads to an address that is not public. */
export class ForbiddenAddress extends Error {
  constructor(hostname: string) {
    super(`${hostname} does not lead to a public address`)
  }
}
