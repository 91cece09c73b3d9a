/** What a known error text of a provider means. */
export type ErrorClass = 'refused' | 'out-of-funds' | 'link-busy' | 'key-refused'

const texts: readonly (readonly [ErrorClass, readonly (string | RegExp)[]])[] = [
  ['key-refused', ['invalid api key', 'incorrect api key', 'bad_auth', 'api key is required']],
  [
    'out-of-funds',
    ['neworder.error.not_enough_funds', 'not enough funds on balance', 'not enough funds', 'neworder.error.insufficient_balance'],
  ],
  [
    'link-busy',
    [
      'neworder.error.link_duplicate',
      'you have active order with this link. please wait until order being completed',
      'you have active order with this link',
    ],
  ],
  [
    'refused',
    [
      'incorrect request',
      'missing key or action',
      'bad_action',
      'incorrect service id',
      'error.incorrect_service_id',
      'disabled service id',
      'neworder.error.link',
      'bad link',
      'incorrect link',
      'neworder.error.min_quantity',
      'neworder.error.max_quantity',
      'incorrect quantity',
      /^quantity less than minimal \d+$/,
      /^quantity more than maximum \d+$/,
      'neworder.error.comment',
      // A panel like this one whose new terms were not accepted: nothing was ordered.
      'neworder.error.terms_not_accepted',
      'order not eligible for refill',
      'incorrect order id',
      'incorrect refill id',
      'refill not found',
    ],
  ],
]

/** Undefined for a text that nobody has classified: what it says is not known, so nothing may follow from it. */
export function classifyError(text: string): ErrorClass | undefined {
  const said = text.trim().toLowerCase().replace(/\.+$/, '')
  return texts.find(([, known]) => known.some((one) => (typeof one === 'string' ? one === said : one.test(said))))?.[0]
}

/** The only texts by which a provider says that it does not know an order. */
export const saysNotFound = (text: string): boolean => text.trim().toLowerCase() === 'incorrect order id'
