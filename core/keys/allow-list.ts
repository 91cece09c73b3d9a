import { contains, isEverywhere, readNetwork, writeNetwork } from '../network/networks.ts'
import { Refusal } from '../refusals.ts'

/** Lines an allow-list may have. */
export const mostAddresses = 20

/**
 * The addresses and networks a key may be used from, each in its one spelling. Refuses what is none, and what lets everybody
 * in: that is an empty list. The refusal names lines by their number and never repeats them.
 */
export function readAllowList(lines: readonly string[]): string[] {
  const networks = lines.map(readNetwork)
  const wrong = networks.flatMap((network, index) => (!network || isEverywhere(network) ? [String(index + 1)] : []))
  if (wrong.length > 0) throw new Refusal('addresses-invalid', { lines: wrong })
  return [...new Set(networks.flatMap((network) => (network ? [writeNetwork(network)] : [])))]
}

/** Whether a list lets an address in. An empty list lets in everybody; an address that cannot be read is on no list. */
export function letsIn(allowed: readonly string[], address: string): boolean {
  if (allowed.length === 0) return true
  const from = readNetwork(address)
  return (
    from !== undefined &&
    allowed.some((line) => {
      const network = readNetwork(line)
      return network !== undefined && contains(network, from)
    })
  )
}
