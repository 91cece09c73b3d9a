import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { blockedTarget, covering } from '../../core/orders/blocking.ts'

const isCovered = (by: string, link: string) => covering(link).includes(blockedTarget(by) ?? '')

describe('a blocked target', () => {
  test.each([
    ['https://www.instagram.com/Alice/', 'https://instagram.com/alice?igsh=x'],
    ['instagram.com/alice', 'https://instagram.com/alice/reel/abc'],
    ['https://twitter.com/alice', 'https://x.com/Alice/status/12345'],
    ['https://www.tiktok.com/@alice', 'https://m.tiktok.com/@alice/video/723?is_from_webapp=1'],
    ['https://youtu.be/dQw4w9WgXcQ', 'https://www.youtube.com/watch?v=dQw4w9WgXcQ&list=PL1'],
    ['https://youtube.com/shorts/dQw4w9WgXcQ', 'https://youtu.be/dQw4w9WgXcQ?si=share'],
    ['https://facebook.com/profile.php?id=1234', 'https://fb.com/profile.php?id=1234'],
    ['https://t.me/alice', 'https://telegram.me/s/alice/42'],
    ['https://www.reddit.com/user/alice', 'https://old.reddit.com/u/Alice/'],
    ['https://new.reddit.com/r/alice', 'https://reddit.com/r/alice/comments/1abc/title'],
    ['https://redd.it/1abc', 'https://np.reddit.com/comments/1abc'],
    ['https://linkedin.com/in/alice', 'https://de.linkedin.com/in/alice/?originalSubdomain=de'],
    ['https://facebook.com/alice', 'https://fb.me/alice'],
    ['https://facebook.com/alice', 'https://web.facebook.com/alice/photos'],
    ['https://facebook.com/alice', 'https://de-de.facebook.com/alice'],
    ['https://facebook.com/alice', 'https://mbasic.facebook.com/alice'],
    ['https://x.com/alice', 'https://mobile.twitter.com/alice'],
    ['https://pinterest.com/alice', 'https://www.pinterest.co.uk/alice/'],
    ['https://t.me/alice', 'https://alice.t.me/42'],
    ['https://youtu.be/dQw4w9WgXcQ', 'https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ'],
    ['https://youtu.be/dQw4w9WgXcQ', 'https://music.youtube.com/watch?list=PL1&v=dQw4w9WgXcQ&lc=Ugx'],
    ['https://instagram.com/alice', 'https://instagram.com/%61l%69ce'],
    ['https://instagram.com/alice', 'http://instagram.com.:443//alice'],
    ['https://bücher.de/alice', 'https://xn--bcher-kva.de/ALICE'],
    ['https://photos.example.com/p/1', 'http://photos.example.com/p/1/?utm_source=x'],
  ])('%s covers %s', (by, link) => {
    expect(isCovered(by, link)).toBe(true)
  })

  test.each([
    ['https://instagram.com/alice', 'https://instagram.com/alice2'],
    ['https://instagram.com/alice/reel/abc', 'https://instagram.com/alice'],
    ['https://instagram.com/alice', 'https://tiktok.com/alice'],
    ['https://facebook.com/profile.php?id=1234', 'https://facebook.com/profile.php?id=12345'],
    ['https://youtu.be/aaaaaaaaaaa', 'https://youtu.be/bbbbbbbbbbb'],
    ['https://tiktok.com/alice', 'https://vm.tiktok.com/alice'],
    ['https://instagram.com/alice', 'https://instagram.com.example.com/alice'],
    ['https://alice.example.com/x', 'https://bob.example.com/x'],
  ])('%s does not cover %s', (by, link) => {
    expect(isCovered(by, link)).toBe(false)
  })

  test.each(['https://instagram.com', 'https://instagram.com/p/', 'https://youtube.com/watch', 'javascript:alert(1)', 'alice', ''])(
    'is never a whole network, and always a link: %s',
    (typed) => {
      expect(blockedTarget(typed)).toBeUndefined()
    },
  )

  test('covers a page however its address is written', () => {
    const anyOf = (...from: string[]) => fc.constantFrom(...from)
    const spellings = fc.record({
      scheme: anyOf('https://', 'http://', 'HTTPS://'),
      before: anyOf('', 'www.', 'm.', 'mobile.', 'de.', 'WWW.'),
      name: anyOf('facebook.com', 'Facebook.COM', 'fb.com', 'facebook.com.', 'facebook.com:443'),
      page: anyOf('/alice', '//alice/', '/ALICE', '/%61lice', '/x/../alice', '/alice/photos', '/alice?fbclid=1', '/alice?v=2#top'),
    })
    fc.assert(
      fc.property(spellings, spellings, (one, other) => {
        const written = ({ scheme, before, name, page }: typeof one) => `${scheme}${before}${name}${page}`
        const by = blockedTarget(written({ ...one, page: one.page.replace('/photos', '') }))
        expect(covering(written(other))).toContain(by)
      }),
    )
  })

  test('is asked for in six reads at most', () => {
    expect(covering(`https://x.example.com/${'deep/'.repeat(50)}`).length).toBeLessThanOrEqual(6)
  })
})
