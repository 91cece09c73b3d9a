import type { Page } from 'playwright-core'

/**
 * Texts in sight whose colour stands out too little from what is behind them: less than AA asks for (4.5, or 3 for large
 * text), and less than AAA (7) for amounts of money. What is disabled is let off, as the standard does.
 */
export const faintTexts = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    type Colour = readonly [number, number, number, number]
    const canvas = document.createElement('canvas')
    canvas.width = 1
    canvas.height = 1
    const brush = canvas.getContext('2d', { willReadFrequently: true })
    const known = new Map<string, Colour>()
    const read = (text: string): Colour => {
      const before = known.get(text)
      if (before) return before
      if (!brush) throw new Error('no canvas')
      brush.clearRect(0, 0, 1, 1)
      brush.fillStyle = text
      brush.fillRect(0, 0, 1, 1)
      const [r = 0, g = 0, b = 0, a = 0] = brush.getImageData(0, 0, 1, 1).data
      const colour: Colour = [r, g, b, a / 255]
      known.set(text, colour)
      return colour
    }
    const over = (top: Colour, under: Colour): Colour => {
      const mix = (index: 0 | 1 | 2): number => top[index] * top[3] + under[index] * (1 - top[3])
      return [mix(0), mix(1), mix(2), 1]
    }
    const grounds = new Map<Element, Colour>()
    const behind = (element: Element | null): Colour => {
      if (!element) return [255, 255, 255, 1]
      const before = grounds.get(element)
      if (before) return before
      const colour = read(getComputedStyle(element).backgroundColor)
      const ground = colour[3] === 1 ? colour : over(colour, behind(element.parentElement))
      grounds.set(element, ground)
      return ground
    }
    const light = ([r, g, b]: Colour): number => {
      const part = (value: number): number =>
        value / 255 <= 0.03928 ? value / 255 / 12.92 : ((value / 255 + 0.055) / 1.055) ** 2.4
      return 0.2126 * part(r) + 0.7152 * part(g) + 0.0722 * part(b)
    }
    const faint: string[] = []
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
    while (walker.nextNode()) {
      const element = walker.currentNode.parentElement
      const text = walker.currentNode.textContent?.trim()
      if (!element || !text || !element.checkVisibility({ opacityProperty: true, visibilityProperty: true })) continue
      if (element.closest(':disabled, [data-disabled], .unseen, noscript, svg')) continue
      const style = getComputedStyle(element)
      const ground = behind(element)
      const [one, other] = [light(over(read(style.color), ground)), light(ground)].sort((a, b) => b - a)
      const ratio = ((one ?? 0) + 0.05) / ((other ?? 0) + 0.05)
      const size = Number.parseFloat(style.fontSize)
      const large = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700)
      const least = element.closest('.amount') && !element.closest('button') ? 7 : large ? 3 : 4.5
      if (ratio < least) faint.push(`${text.slice(0, 40)} (${ratio.toFixed(2)})`)
    }
    return [...new Set(faint)]
  })
