import { type Browser, type BrowserContext, type BrowserContextOptions, chromium, type Locator, type Page } from 'playwright-core'
import { afterAll, beforeAll, expect } from 'vitest'
import { chromiumFlags, findChromium } from '../fixtures/chromium.ts'
import { at, type Customer } from './people.ts'

export const phone = { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true } as const
export const desktop = { viewport: { width: 1280, height: 800 } } as const

/** For `expect.poll`: as long as a slow machine may need. */
export const patiently = { timeout: 30_000 } as const

/** A page, and what went wrong on it that no reader would see. */
export interface Watched {
  readonly page: Page
  readonly context: BrowserContext
  /** Errors of the console, violations of the content security policy among them, and errors nobody caught. */
  readonly complaints: string[]
}

/** One browser for the stories of a file; every page gets a context of its own. */
export function useBrowser() {
  let browser: Browser
  beforeAll(async () => {
    browser = await chromium.launch({ executablePath: findChromium(), args: chromiumFlags })
  })
  afterAll(() => browser.close())
  const open = async (options: BrowserContextOptions = desktop): Promise<Watched> => {
    const context = await browser.newContext({
      reducedMotion: 'reduce',
      permissions: ['clipboard-read', 'clipboard-write'],
      ...options,
    })
    context.setDefaultTimeout(30_000)
    const page = await context.newPage()
    const complaints: string[] = []
    page.on('console', (message) => {
      if (message.type() === 'error') complaints.push(message.text())
    })
    page.on('pageerror', (error) => complaints.push(error.message))
    return { page, context, complaints }
  }
  return {
    open,
    /** With a customer signed in already. */
    async openAs({ email, password }: Pick<Customer, 'email' | 'password'>, options?: BrowserContextOptions): Promise<Watched> {
      const watched = await open(options)
      const reply = await watched.context.request.post(`${at.site}/api/session`, {
        headers: { origin: at.site },
        data: { email, password },
      })
      if (!reply.ok()) throw new Error(`sign-in: ${reply.status()} ${await reply.text()}`)
      return watched
    },
  }
}

/** Signs in as people do. */
export async function signIn(page: Page, { email, password }: Pick<Customer, 'email' | 'password'>): Promise<void> {
  await page.getByLabel('Email').fill(email)
  await page.getByLabel('Password', { exact: true }).fill(password)
  await page.getByRole('button', { name: 'Sign in' }).click()
}

/** A text as it is seen: what is hidden is not in it, and what is below stands on a line of its own. */
// biome-ignore lint/performance/useDomNodeTextContent: the rendered text is what is asked for
export const seen = (what: Locator): Promise<string> => what.innerText()

/** From now on a page keeps nothing of what it has read, as if each look were somebody else’s: answers may be kept for 15 s. */
export async function keepNothing(page: Page): Promise<void> {
  const session = await page.context().newCDPSession(page)
  await session.send('Network.enable')
  await session.send('Network.setCacheDisabled', { cacheDisabled: true })
}

/** Opens an address anew until it shows `what`: each instance holds a published catalogue for some seconds. */
export async function showsInTime(page: Page, address: string, what: Locator): Promise<void> {
  await keepNothing(page)
  const once = async (): Promise<boolean> => {
    await page.goto(address)
    return what.waitFor({ timeout: 3_000 }).then(
      () => true,
      () => false,
    )
  }
  await expect.poll(once, { timeout: 30_000 }).toBe(true)
}
