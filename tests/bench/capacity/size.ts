/**
 * The size of an item as DynamoDB counts it: names and values, UTF-8. Source: "DynamoDB item sizes and formats" in the
 * developer guide. A number takes a byte for two significant digits and one more.
 */
export const itemSize = (item: Readonly<Record<string, unknown>>): number =>
  Object.entries(item).reduce(
    (bytes, [name, value]) => (value === undefined ? bytes : bytes + Buffer.byteLength(name) + valueSize(value)),
    0,
  )

function valueSize(value: unknown): number {
  if (typeof value === 'string') return Buffer.byteLength(value)
  if (typeof value === 'number' || typeof value === 'bigint') return numberSize(String(value))
  if (typeof value === 'boolean' || value === null) return 1
  if (value instanceof Uint8Array) return value.byteLength
  // Three bytes for a list or a map, and one for each of its elements.
  if (Array.isArray(value)) return value.reduce<number>((bytes, element) => bytes + 1 + valueSize(element), 3)
  if (typeof value === 'object')
    return Object.entries(value).reduce((bytes, [name, element]) => bytes + 1 + Buffer.byteLength(name) + valueSize(element), 3)
  throw new Error(`no item holds a ${typeof value}`)
}

function numberSize(text: string): number {
  const digits = text.replace(/^-/, '').replace('.', '').replace(/^0+/, '').replace(/0+$/, '')
  return Math.ceil(digits.length / 2) + 1 + (text.startsWith('-') ? 1 : 0)
}
