/**
 * Services that sell reviews are not sold here: a review by somebody who was paid for it is a fake one by law (16 CFR
 * 465.2, and its like elsewhere), and ratings without words are reviews too. Recognised by whole words, so that a
 * preview is none.
 */
const words: ReadonlySet<string> = new Set([
  // English
  ...['review', 'reviews', 'reviewer', 'reviewers', 'rating', 'ratings', 'testimonial', 'testimonials'],
  // German, Dutch, Scandinavian
  ...['rezension', 'rezensionen', 'bewertung', 'bewertungen', 'recensie', 'recensies', 'beoordeling', 'beoordelingen'],
  ...['recension', 'recensioner', 'anmeldelse', 'anmeldelser'],
  // French, Italian, Spanish, Portuguese, Romanian
  ...['avis', 'recensione', 'recensioni', 'resena', 'resenas', 'opiniones', 'valoracion', 'valoraciones'],
  ...['avaliacao', 'avaliacoes', 'recenzie', 'recenzii'],
  // Polish, Czech, Russian, Ukrainian
  ...['recenzja', 'recenzje', 'recenzji', 'opinie', 'opinii', 'recenze', 'recenzi'],
  ...['отзыв', 'отзыва', 'отзывы', 'отзывов', 'отзывами', 'рецензия', 'рецензии', 'рецензии'],
  ...['відгук', 'відгуки', 'відгуків', 'рецензія', 'рецензії'],
  // Turkish, Indonesian, Arabic, Persian, Hindi
  ...['degerlendirme', 'degerlendirmesi', 'degerlendirmeleri', 'ulasan', 'تقييم', 'تقييمات', 'مراجعات', 'समीक्षा', 'समीक्षाएं'],
  // Places where nothing but reviews is to be had.
  ...['trustpilot', 'tripadvisor', 'sitejabber', 'glassdoor', 'yelp'],
])

/** Several words, or languages that put no space between words. */
const phrases = ['danh gia', 'trust pilot', 'trip advisor', 'レビュー', '口コミ', 'クチコミ', '好评', '评价', '리뷰', '후기', 'รีวิว']

/** An order, an account or a service that is looked at is not a review. */
const otherMeaning = /\b(?:under|in|pending|awaiting|manual) review\b/g

/**
 * Told at a glance of most names: plain letters in which none of these begins say nothing of reviews. A catalogue of
 * thousands is gone through whenever it is published.
 */
const isPlain = (text: string): boolean => /^[ -~]*$/.test(text)
const worthALook = new RegExp([...words, ...phrases.map((phrase) => phrase.split(' ')[0] ?? '')].filter(isPlain).join('|'), 'i')

/** Whether any of these texts (a name, a category) says that reviews are sold. */
export const sellsReviews = (...texts: readonly string[]): boolean => texts.some(isOfReviews)

function isOfReviews(text: string): boolean {
  if (isPlain(text) && !worthALook.test(text)) return false
  const spaced = plain(text)
  return spaced.split(' ').some((word) => words.has(word)) || phrases.some((phrase) => spaced.includes(phrase))
}

/** Words in small letters without accents, one space between; `GoogleReviews` is two. */
const plain = (text: string): string =>
  text
    .normalize('NFKC')
    .replaceAll(/(\p{Ll})(\p{Lu})/gu, '$1 $2')
    .normalize('NFD')
    .replaceAll(/[\u0300-\u036f]/g, '')
    .normalize('NFC')
    .toLowerCase()
    .replaceAll('đ', 'd')
    .replaceAll(/[^\p{L}\p{M}\p{N}]+/gu, ' ')
    .replaceAll(otherMeaning, ' ')
