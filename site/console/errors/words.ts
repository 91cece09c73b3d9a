import type { TextMeaning } from '../../../core/protocol/error-texts.ts'

/** What an error can mean, and what follows for the orders that meet it. */
export const meanings: readonly (readonly [TextMeaning, word: string, follows: string])[] = [
  ['refused', 'It does not take the order', 'The money goes back at once.'],
  ['out-of-funds', 'Our balance there is empty', 'Orders wait, and are sent again by themselves.'],
  ['link-busy', 'An order for the link is under way', 'Orders wait, and are sent again by themselves.'],
  ['key-refused', 'It does not take our key', 'The provider is paused, and its orders wait.'],
  ['nothing', 'It does not say whether it took the order', 'Orders stay before you, one by one.'],
]

export const meaningWord = (meaning: TextMeaning): string => meanings.find(([name]) => name === meaning)?.[1] ?? meaning
