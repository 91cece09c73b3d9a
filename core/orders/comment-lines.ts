/** Whatever any provider might take for the end of a line: what it bills us for is what the customer paid for. */
const lineEnds = /\r\n|[\n\v\f\r\u0085\u2028\u2029]/

/** Each is delivered and charged for. Empty ones are not there. The form counts by the same file as the panel charges by. */
export const commentLines = (text: string): string[] =>
  text
    .split(lineEnds)
    .map((line) => line.trim())
    .filter((line) => line !== '')
