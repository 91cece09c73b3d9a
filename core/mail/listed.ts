/** A list under its heading, after a paragraph; nothing where there is nothing to list. */
export const listed = (heading: string, lines: readonly string[]): string =>
  lines.length === 0 ? '' : `\n\n${heading ? `${heading}:\n` : ''}${lines.map((line) => `- ${line}`).join('\n')}`
