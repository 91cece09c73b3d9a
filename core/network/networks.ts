/**
 * An address with all of its neighbours that agree in so many leading bits. IPv4 is held in its IPv6 form, `::ffff:a.b.c.d`,
 * so that an address is the same in whichever of the two it arrives.
 */
export interface Network {
  readonly bits: bigint
  readonly length: number
}

const wholeLength = 128
const mapped = 0xffffn << 32n
const mappedLength = 96

/** `198.51.100.7`, `198.51.100.0/24`, `2001:db8::/32`; undefined for anything else. Bits beyond the length are dropped. */
export function readNetwork(text: string): Network | undefined {
  const [, address = '', length] = /^([^/]+)(?:\/(\d{1,3}))?$/.exec(text.trim()) ?? []
  const bits = readAddress(address)
  if (bits === undefined) return undefined
  const own = address.includes(':') ? 0 : mappedLength
  const whole = length === undefined ? wholeLength : Number(length) + own
  return whole > wholeLength ? undefined : { bits: prefixOf(bits, whole), length: whole }
}

/** Everybody, or everybody who speaks IPv4. */
export const isEverywhere = ({ bits, length }: Network): boolean =>
  length <= mappedLength && prefixOf(mapped, length) === prefixOf(bits, length)

export const contains = (network: Network, address: Network): boolean =>
  address.length === wholeLength && prefixOf(address.bits, network.length) === network.bits

/** The one way in which a network is written. */
export function writeNetwork({ bits, length }: Network): string {
  const isFour = length >= mappedLength && bits >> 32n === 0xffffn
  const most = isFour ? wholeLength - mappedLength : wholeLength
  const own = isFour ? length - mappedLength : length
  return `${isFour ? writeFour(bits) : writeSix(bits)}${own === most ? '' : `/${own}`}`
}

/** Who stands behind an address: whoever has one IPv6 address has the 2⁶⁴ of its network. */
export function sourceOf(address: string): string {
  const network = readNetwork(address)
  if (!network || network.length < wholeLength) return address
  return writeNetwork(network.bits >> 32n === 0xffffn ? network : { bits: prefixOf(network.bits, 64), length: 64 })
}

const prefixOf = (bits: bigint, length: number): bigint => (bits >> BigInt(wholeLength - length)) << BigInt(wholeLength - length)

function readAddress(text: string): bigint | undefined {
  const four = readFour(text)
  return four === undefined ? readSix(text) : mapped | four
}

/** No leading zeros: some read them as octal. */
function readFour(text: string): bigint | undefined {
  const parts = text.split('.')
  if (parts.length !== 4 || !parts.every((part) => /^(0|[1-9]\d{0,2})$/.test(part) && Number(part) <= 255)) return undefined
  return parts.reduce((bits, part) => (bits << 8n) | BigInt(part), 0n)
}

function readSix(text: string): bigint | undefined {
  const halves = text.split('::')
  const [head, tail] = [readGroups(halves[0] ?? '', halves.length === 1), readGroups(halves[1] ?? '', true)]
  if (!head || !tail || halves.length > 2) return undefined
  const missing = 8 - head.length - tail.length
  if (halves.length === 2 ? missing < 1 : missing !== 0) return undefined
  return [...head, ...Array<bigint>(missing).fill(0n), ...tail].reduce((bits, group) => (bits << 16n) | group, 0n)
}

/** Groups of 16 bits; an IPv4 address may stand at the very end of all. */
function readGroups(text: string, atEnd: boolean): bigint[] | undefined {
  if (text === '') return []
  const groups: bigint[] = []
  const parts = text.split(':')
  for (const [index, part] of parts.entries()) {
    const four = atEnd && index === parts.length - 1 ? readFour(part) : undefined
    if (four !== undefined) groups.push(four >> 16n, four & 0xffffn)
    else if (/^[\da-f]{1,4}$/i.test(part)) groups.push(BigInt(`0x${part}`))
    else return undefined
  }
  return groups
}

const writeFour = (bits: bigint): string => [24n, 16n, 8n, 0n].map((shift) => (bits >> shift) & 0xffn).join('.')

/** As RFC 5952 has it: lower case, the longest run of zeros left out. */
function writeSix(bits: bigint): string {
  const groups = Array.from({ length: 8 }, (_, index) => ((bits >> BigInt(112 - 16 * index)) & 0xffffn).toString(16))
  const zeros = groups.map((_, start) => groups.slice(start).findIndex((group) => group !== '0'))
  const runs = zeros.map((run, start) => (run === -1 ? 8 - start : run))
  const longest = Math.max(...runs)
  if (longest < 2) return groups.join(':')
  const from = runs.indexOf(longest)
  return `${groups.slice(0, from).join(':')}::${groups.slice(from + longest).join(':')}`
}
