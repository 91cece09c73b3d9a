/** What staff can say an error text of a provider's means; `nothing`: it does not say whether the order was taken. */
export const textMeanings = ['refused', 'out-of-funds', 'link-busy', 'key-refused', 'nothing'] as const
export type TextMeaning = (typeof textMeanings)[number]

/**
 * A provider's words in the form in which they are known again: without regard to case, spaces and figures, and without
 * the HTTP status that stands ahead of them.
 */
export const normalised = (said: string): string =>
  said
    .replace(/^HTTP \d{3}: /, '')
    .toLowerCase()
    .replaceAll(/\d+(?:[.,]\d+)*/g, '#')
    .replaceAll(/\s+/g, ' ')
    .trim()
    .replace(/[.!]+$/, '')

/** Whether something is missing at its end, or in place of a key: what it says is not known whole, so nothing follows from it. */
export const isCut = (said: string): boolean => said.includes('…')
