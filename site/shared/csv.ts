/** A field as it is known: text of somebody's, or a figure of the panel's own. */
export type CsvField = string | number | { readonly figure: string } | undefined

/**
 * One line of a CSV file (RFC 4180), with its end. Text is always quoted, and nothing in it is a formula to whoever opens it
 * in a spreadsheet: not at its beginning, and not behind what another country's spreadsheet takes for the end of a field.
 */
export const csvLine = (fields: readonly CsvField[]): string => `${fields.map(written).join(',')}\r\n`

function written(field: CsvField): string {
  if (field === undefined) return ''
  if (typeof field === 'number') return String(field)
  return typeof field === 'string' ? `"${harmless(field).replaceAll('"', '""')}"` : field.figure
}

const formula = /^(?=[\s\0]*[=+\-@＝＋－＠\t\r\n])|(?<=[;,|\t\r\n])(?=[=+\-@])/g
const harmless = (text: string): string => text.replace(formula, "'")

/** Tells a spreadsheet that the file is UTF-8. */
export const csvStart = '\uFEFF'

/** Has the browser save what was gathered. */
export function saveCsv(name: string, parts: readonly string[]): void {
  const address = URL.createObjectURL(new Blob([...parts], { type: 'text/csv;charset=utf-8' }))
  const link = document.createElement('a')
  link.href = address
  link.download = name
  link.click()
  // The download has begun by then.
  setTimeout(() => URL.revokeObjectURL(address), 60_000)
}
