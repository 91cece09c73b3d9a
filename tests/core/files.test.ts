import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { inspect } from '../../core/files/inspect.ts'
import { gif, gifAndScript, html, jpeg, movingWebp, png, pngBomb, svg, webp, withExif } from '../fixtures/images.ts'

const found = (bytes: Uint8Array, declared: 'image/png' | 'text/plain' = 'image/png') => {
  const { kind, ...rest } = inspect(bytes, declared)
  return kind === 'faulty' ? (rest as { why: string }).why : { kind, ...rest }
}

describe('P-COL-2: what a file is, by its content', () => {
  test('a picture is known by what is in it, whatever it was called', () => {
    const pictures = { png: png(7, 5), jpeg: jpeg(9, 4), gif: gif(6, 3), webp: webp(8, 2) }
    for (const [format, bytes] of Object.entries(pictures)) expect(found(bytes)).toMatchObject({ kind: 'image', format })
    expect(found(pictures.png)).toMatchObject({ width: 7, height: 5 })
    expect(found(pictures.jpeg)).toMatchObject({ width: 9, height: 4 })
    expect(found(pictures.gif)).toMatchObject({ width: 6, height: 3 })
    expect(found(pictures.webp)).toMatchObject({ width: 8, height: 2 })
  })

  test('how it was held is read, and nothing else of what a camera notes reaches the decoder of a PNG', () => {
    expect(found(withExif(jpeg(), { orientation: 6, canary: 'canary' }))).toMatchObject({ orientation: 6 })
    const image = inspect(
      png(4, 4, [
        ['tEXt', 'Author\0canary'],
        ['eXIf', 'canary'],
        ['acTL', '\0\0\0\x09\0\0\0\0'],
      ]),
      'image/png',
    )
    expect(image.kind === 'image' && Buffer.from(image.still).includes('canary')).toBe(false)
    expect(image.kind === 'image' && Buffer.from(image.still).includes('acTL')).toBe(false)
  })

  test('a picture of 50,000 by 50,000 is refused by its header, before anything is decoded', () => {
    expect(found(pngBomb())).toBe('too-many-pixels')
    expect(found(gif(20, 10).fill(255, 6, 10))).toBe('too-many-pixels')
    const tall = jpeg(8, 8)
    const frame = tall.indexOf(Buffer.of(0xff, 0xc0))
    tall.writeUInt16BE(65_535, frame + 5)
    tall.writeUInt16BE(65_535, frame + 7)
    expect(found(tall)).toBe('too-many-pixels')
  })

  test('of a GIF the first frame alone is looked at: ten thousand more, and a script behind them, are not there', () => {
    const one = inspect(gif(20, 10), 'image/gif')
    const many = inspect(gif(20, 10, { frames: 10_000, behind: '<script>' }), 'image/gif')
    expect(many).toEqual(one)
    const polyglot = inspect(gifAndScript(), 'image/gif')
    expect(polyglot.kind === 'image' && Buffer.from(polyglot.still).includes('alert')).toBe(false)
  })

  test('a film is refused where its format does not let the first picture be taken alone', () => {
    expect(found(movingWebp())).toBe('moving')
  })

  test('SVG, HTML, programs and archives are not accepted as anything', () => {
    for (const declared of ['image/png', 'text/plain'] as const) {
      for (const bytes of [
        svg(),
        html(),
        Buffer.from('%PDF-1.7\n\x01'),
        Buffer.from('PK\x03\x04'),
        Buffer.from('MZ\x90\0'),
        Buffer.alloc(100),
      ])
        expect(found(bytes, declared)).toBe('not-accepted')
    }
  })

  test('text is text when it says so, and a picture when it says so', () => {
    expect(found(Buffer.from('order 7\r\nstill waits\t…'), 'text/plain')).toEqual({ kind: 'text', text: 'order 7\nstill waits\t…' })
    expect(found(Buffer.from('just words'))).toBe('not-what-it-says')
    expect(found(png(), 'text/plain')).toBe('not-what-it-says')
    expect(found(Buffer.from([0x68, 0xff, 0xfe]), 'text/plain')).toBe('not-accepted')
    expect(found(Buffer.from('\x1b[2J gone'), 'text/plain')).toBe('not-accepted')
    expect(found(Buffer.from('  \n'), 'text/plain')).toBe('not-accepted')
  })

  test('a file that was cut off anywhere is damaged or no picture, and never throws', () => {
    for (const bytes of [png(), jpeg(), gif(), webp(), withExif(jpeg(), { orientation: 1, canary: 'x' })])
      for (let length = 0; length < bytes.length - 1; length++) {
        const what = found(bytes.subarray(0, length))
        expect(['damaged', 'not-accepted', 'not-what-it-says'], `cut at ${length} of ${bytes.length}`).toContain(what)
      }
  })

  test('bytes that were changed anywhere never throw, and never come out larger than is allowed', () => {
    const whole = [png(), jpeg(), gif(), webp()]
    const changes = fc.array(fc.tuple(fc.nat(2_000), fc.nat(255)), { maxLength: 6 })
    fc.assert(
      fc.property(fc.constantFrom(...whole), changes, (bytes, edits) => {
        const changed = Buffer.from(bytes)
        for (const [at, value] of edits) changed[at % changed.length] = value
        const image = inspect(changed, 'image/png')
        return image.kind !== 'image' || image.width * image.height <= 24_000_000
      }),
      { numRuns: 500 },
    )
  })
})
