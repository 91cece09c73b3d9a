/** Somebody else's text as plain words: without tags and control characters, and no longer than `most` bytes. */
export function plainWords(text: string, most: number): string | undefined {
  // No more of it is looked at than can matter: some of what follows takes the square of its length.
  const plain = text
    .slice(0, 32 * most)
    .replaceAll(/<(script|style)\b[\s\S]*?<\/\1\s*>/gi, ' ')
    .replaceAll(/<[^<>]*>/g, ' ')
    .replaceAll(/[\s\p{Cc}\p{Cf}]+/gu, ' ')
    .trim()
  return cut(plain, most) || undefined
}

/** At most so many bytes, at the border of a character. */
function cut(text: string, most: number): string {
  if (Buffer.byteLength(text) <= most) return text
  let kept = ''
  let bytes = Buffer.byteLength('…')
  for (const character of text) {
    bytes += Buffer.byteLength(character)
    if (bytes > most) break
    kept += character
  }
  return `${kept.trimEnd()}…`
}
