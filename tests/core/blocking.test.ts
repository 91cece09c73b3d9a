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
  ])('%s does not cover %s', (by, link) => {
    expect(isCovered(by, link)).toBe(false)
  })

  test.each(['https://instagram.com', 'https://instagram.com/p/', 'https://youtube.com/watch', 'javascript:alert(1)', 'alice', ''])(
    'is never a whole network, and always a link: %s',
    (typed) => {
      expect(blockedTarget(typed)).toBeUndefined()
    },
  )

  test('is asked for in six reads at most', () => {
    expect(covering(`https://x.example.com/${'deep/'.repeat(50)}`).length).toBeLessThanOrEqual(6)
  })
})
