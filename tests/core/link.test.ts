import { describe, expect, test } from 'vitest'
import { publicLink, targetOf } from '../../core/orders/link.ts'

test.each([
  'https://video.social/watch?v=dQw4w9WgXcQ&t=1s',
  'http://photo.network/p/abc/',
  '  https://photo.network/user  ',
  'https://xn--bcher-kva.example.com/a',
  'https://мир.рф/страница',
  'https://video.social:8443/x',
])('a public address is taken: %s', (link) => {
  expect(publicLink(link)).toBe(link.trim())
})

test.each([
  '',
  'video.social/watch',
  'javascript:alert(1)',
  'ftp://video.social/x',
  'data:text/html,x',
  '//video.social/x',
  'https://',
  'https:///x',
  'https://user:secret@video.social/x',
  'https://user@video.social/x',
  'https://@video.social/x',
  'http://localhost/x',
  'http://localhost.:80/x',
  'http://panel.localhost/',
  'http://127.0.0.1/',
  'http://127.1/',
  'http://2130706433/',
  'http://0x7f.1/',
  'http://0177.0.0.1/',
  'http://[::1]/',
  'http://[::ffff:127.0.0.1]/',
  'http://10.0.0.1/',
  'http://192.168.1.1/',
  'http://169.254.169.254/latest/meta-data',
  'http://8.8.8.8/x',
  'http://intranet/',
  'http://printer.local/',
  'http://metadata.google.internal/',
  'http://router.lan/',
  'https://video.social/a b',
  'https://video.social/\u0000',
  'https://video.social/\nx',
  `https://video.social/${'x'.repeat(10_000)}`,
])('what is not one is refused: %s', (link) => {
  expect(publicLink(link)).toBeUndefined()
})

describe('a target is the same, however its link is spelled', () => {
  const target = targetOf('https://photo.network/p/AbC')
  test.each([
    'https://photo.network/p/AbC/',
    'https://photo.network/p/AbC//',
    'http://photo.network/p/AbC',
    'https://PHOTO.Network/p/AbC',
    'https://www.photo.network/p/AbC',
    'https://m.photo.network/p/AbC',
    'https://photo.network./p/AbC',
    'https://photo.network:443/p/AbC',
    'https://photo.network/p/AbC?utm_source=x&utm_medium=y',
    'https://photo.network/p/AbC/?igsh=MzRlODBiNWFlZA==',
    'https://photo.network/p/AbC?FBCLID=1#comments',
  ])('%s', (spelled) => {
    expect(targetOf(spelled)).toBe(target)
  })

  test('what tells one target from another is kept', () => {
    const others = [
      'https://photo.network/p/abc',
      'https://photo.network/p/AbC/likes',
      'https://photo.network:8443/p/AbC',
      'https://photo.network/p/AbC?v=1',
      'https://de.photo.network/p/AbC',
      'https://www.network/p/AbC',
      'https://photo.example.com/p/AbC',
    ]
    expect(new Set([target, ...others.map(targetOf)]).size).toBe(others.length + 1)
    expect(targetOf('https://www.photo.social/')).toBe(targetOf('https://photo.social'))
  })

  test.each([
    ['https://youtu.be/dQw4w9WgXcQ?si=x', 'https://www.youtube.com/watch?v=dQw4w9WgXcQ'],
    ['https://youtube.com/shorts/dQw4w9WgXcQ', 'https://m.youtube.com/watch?v=dQw4w9WgXcQ&feature=share'],
    ['https://youtube.com/live/dQw4w9WgXcQ', 'https://youtube.com/embed/dQw4w9WgXcQ'],
    ['https://twitter.com/alice', 'https://mobile.x.com/alice'],
    ['https://old.reddit.com/r/x', 'https://reddit.com/r/x/'],
    ['https://de.linkedin.com/in/alice', 'https://linkedin.com/in/alice'],
    ['https://telegram.me/alice', 'https://t.me/%61lice'],
  ])('by whatever name its network goes: %s and %s', (one, other) => {
    expect(targetOf(one)).toBe(targetOf(other))
  })

  test('a comment below a video is another target, and so is a video whose name differs in capitals', () => {
    const links = ['https://youtu.be/abcdefghijk', 'https://youtu.be/Abcdefghijk', 'https://youtu.be/abcdefghijk?lc=Ugx']
    expect(new Set(links.map(targetOf)).size).toBe(3)
  })

  test('the order of parameters and the spelling of letters in percent signs do not matter', () => {
    expect(targetOf('https://v.social/w?b=2&a=1')).toBe(targetOf('https://v.social/w?a=1&b=2&utm_id=7'))
    expect(targetOf('https://v.social/%c3%a9')).toBe(targetOf('https://v.social/é'))
  })
})
