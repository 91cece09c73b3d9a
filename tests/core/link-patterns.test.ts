import { describe, expect, test } from 'vitest'
import { fits, type LinkPattern, linkPatternNames, linkPatterns } from '../../core/catalogue/link-patterns.ts'
import { publicLink, targetOf } from '../../core/orders/link.ts'

test.each(linkPatternNames())('the example of %s is a public link of that kind', (name) => {
  const { example } = linkPatterns[name]
  expect(publicLink(example)).toBe(example)
  expect(fits(example, name)).toBe(true)
})

const platforms = linkPatternNames().filter((name) => name !== 'any' && name !== 'website')

test.each(platforms)('%s is no link to another platform, and no website', (name) => {
  const mine = linkPatterns[name].platform
  for (const other of platforms.filter((one) => linkPatterns[one].platform !== mine))
    expect(fits(linkPatterns[other].example, name), other).toBe(false)
  if (!['Pinterest', 'Kick'].includes(mine)) expect(fits(linkPatterns[name].example, 'website')).toBe(false)
})

describe('what people paste', () => {
  test.each<[LinkPattern, string]>([
    ['instagram-profile', 'http://instagram.com/some.body_1/?hl=en'],
    ['instagram-post', 'https://m.instagram.com/reel/CxYz123AbCd/?igsh=abc'],
    ['instagram-post', 'https://www.instagram.com/some.body/p/CxYz123AbCd/'],
    ['tiktok-video', 'https://vm.tiktok.com/ZMabc123/'],
    ['tiktok-profile', 'https://www.tiktok.com/@some.body?lang=en'],
    ['youtube-video', 'https://m.youtube.com/watch?app=desktop&v=dQw4w9WgXcQ'],
    ['youtube-video', 'https://youtu.be/dQw4w9WgXcQ?si=abc'],
    ['youtube-video', 'https://youtube.com/shorts/dQw4w9WgXcQ'],
    ['youtube-channel', 'https://www.youtube.com/channel/UC1234567890'],
    ['facebook', 'https://fb.watch/abc123/'],
    ['x-post', 'https://twitter.com/somebody/status/123?s=20'],
    ['telegram', 'https://t.me/+AbCdEf'],
    ['telegram-post', 'https://t.me/s/channel/15'],
    ['spotify', 'https://open.spotify.com/intl-de/artist/4uLU6hMCjMI75M1A2tKUQC?si=1'],
    ['twitch', 'https://m.twitch.tv/somebody'],
    ['linkedin', 'https://de.linkedin.com/in/some-body-123/'],
    ['threads', 'https://www.threads.com/@somebody/post/Abc'],
    ['website', 'https://shop.example.co.uk:8443/a?b=c'],
    ['any', 'https://мир.рф/страница'],
  ])('%s takes %s', (pattern, link) => {
    expect(fits(link, pattern)).toBe(true)
  })

  test.each<[LinkPattern, string]>([
    ['instagram-profile', 'https://www.instagram.com/p/CxYz123AbCd/'],
    ['instagram-profile', 'https://www.instagram.com/'],
    ['instagram-post', 'https://www.instagram.com/somebody'],
    ['instagram', 'https://instagram.com.evil.example.com/somebody'],
    ['instagram', 'https://notinstagram.com/somebody'],
    ['instagram', 'https://example.com/instagram.com/somebody'],
    ['instagram', 'https://example.com/?u=instagram.com/somebody'],
    ['youtube-video', 'https://www.youtube.com/@somebody'],
    ['youtube-video', 'https://www.youtube.com/watch?list=abc'],
    ['youtube-channel', 'https://www.youtube.com/watch?v=dQw4w9WgXcQ'],
    ['x-profile', 'https://x.com/home'],
    ['x-profile', 'https://x.com/somebody/status/1'],
    ['telegram', 'https://t.me.example.com/x'],
    ['website', 'https://music.youtube.com/watch?v=dQw4w9WgXcQ'],
    ['website', 'https://x.com/somebody'],
  ])('%s does not take %s', (pattern, link) => {
    expect(fits(link, pattern)).toBe(false)
  })

  test('no pattern repeats a repetition, which a long link could hang on', () => {
    for (const name of linkPatternNames()) expect(linkPatterns[name].fits.source, name).not.toMatch(/[+*}]\)[+*{]/)
  })
})

describe('two links are to the same target', () => {
  test.each([
    ['https://www.instagram.com/somebody/', 'http://instagram.com/somebody?igsh=abc'],
    ['https://m.youtube.com/watch?v=1&si=x', 'https://youtube.com/watch?v=1'],
    ['https://video.social/a?b=1&c=2', 'https://VIDEO.social/a?c=2&b=1#top'],
  ])('%s and %s', (one, other) => {
    expect(targetOf(one)).toBe(targetOf(other))
  })

  test.each([
    ['https://video.social/watch?v=1', 'https://video.social/watch?v=2'],
    ['https://video.social/a', 'https://video.social/A'],
    ['https://video.social/a', 'https://other.social/a'],
    ['https://video.social:8443/a', 'https://video.social/a'],
  ])('but not %s and %s', (one, other) => {
    expect(targetOf(one)).not.toBe(targetOf(other))
  })
})
