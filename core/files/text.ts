import { type Faulty, faulty, type Text } from './found.ts'

/** Anything that a terminal or a browser might obey: plain text has line ends and tabs. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
const controls = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/
/** Pages and drawings (HTML, SVG, XML) are text too, and are not what anybody needs to show support. */
const markup = /^\s*</

/** Plain text in UTF-8, or nothing that is accepted. */
export function inspectText(bytes: Uint8Array): Text | Faulty {
  let text: string
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return faulty('not-accepted')
  }
  if (text.trim() === '' || controls.test(text) || markup.test(text)) return faulty('not-accepted')
  return { kind: 'text', text: text.replaceAll(/\r\n?/g, '\n') }
}
