import type { Page } from 'playwright-core'
import { desktop, phone } from './browser.ts'
import { faintTexts } from './contrast.ts'

/** What is wrong with how a page looks, on a phone and on a desktop, in both themes. */
export async function flaws(page: Page): Promise<string[]> {
  await page.locator('main, [role=dialog]').first().waitFor()
  const found: string[] = []
  for (const [size, { viewport }] of Object.entries({ phone, desktop })) {
    await page.setViewportSize(viewport)
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
      await page.waitForFunction(() => document.querySelectorAll('[aria-busy=true]').length === 0)
      for (const text of await faintTexts(page)) found.push(`too faint (${size}, ${colorScheme}): ${text}`)
    }
    const width = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
    if (width > 0) found.push(`scrolls sideways by ${width} (${size})`)
  }
  return found
}
