/** A text in which `**…**` stands out. */
export function Emphasis({ text }: { readonly text: string }) {
  return text.split('**').map((part, at) =>
    at % 2 === 1 ? (
      <strong key={part}>{part}</strong>
    ) : (
      // biome-ignore lint/suspicious/noArrayIndexKey: the parts of a text do not move
      <span key={at}>{part}</span>
    ),
  )
}
