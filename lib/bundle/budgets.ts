import type { Metafile } from '../bundle.ts'

/**
 * How large a minified bundle may be, in bytes. A cold start reads and parses all of it, and a dependency that slips in
 * slips into fifty functions: so each has a figure here, and a check reads it.
 */

/** A function that uses the table alone: measured 352,100 for the largest of them (listing providers), and 3 % to grow. */
const baseBytes = 362_000

/** What each further client adds, with everything only it brings along; as measured. A function may have what it uses. */
const clientBytes: Readonly<Record<string, number>> = {
  '@aws-sdk/client-sqs': 28_000,
  '@aws-sdk/client-kms': 29_000,
  '@aws-sdk/client-cognito-identity-provider': 38_000,
  // Brings the second wire format that the newer clients speak.
  '@aws-sdk/client-api-gateway': 63_000,
  // Most of it is the asymmetric signature (SigV4A) that the key-value store insists on.
  '@aws-sdk/client-cloudfront-keyvaluestore': 70_000,
  '@aws-sdk/client-sesv2': 84_000,
  // The decoders and encoders of pictures, compiled, in base64. One worker has them.
  '@cf-wasm/photon': 2_230_000,
  // XML, checksums and multi-region signing come along: readers could do with a signed GET of their own.
  '@aws-sdk/client-s3': 166_000,
}

/** What one function does besides, that no other does: the protocol is seven endpoints at one address. As measured. */
const ownBytes: Readonly<Record<string, number>> = { 'reseller-protocol': 14_000 }

export interface BundleSize {
  readonly name: string
  readonly bytes: number
  readonly budget: number
}

/** Every bundle with its size and what it may have; the largest first. */
export function bundleSizes({ outputs }: Pick<Metafile, 'outputs'>): BundleSize[] {
  return Object.entries(outputs)
    .map(([path, { bytes, inputs }]) => {
      const name = path.split('/').at(-2) ?? path
      return { name, bytes, budget: budgetOf(Object.keys(inputs)) + (ownBytes[name] ?? 0) }
    })
    .sort((a, b) => b.bytes - a.bytes)
}

export const overBudget = (metafile: Pick<Metafile, 'outputs'>): BundleSize[] =>
  bundleSizes(metafile).filter(({ bytes, budget }) => bytes > budget)

function budgetOf(inputs: readonly string[]): number {
  const used = Object.entries(clientBytes).filter(([client]) => inputs.some((path) => path.includes(`/${client}/`)))
  return used.reduce((sum, [, bytes]) => sum + bytes, baseBytes)
}
