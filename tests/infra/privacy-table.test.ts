import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { asPage, isWaiting, page, promised, rules } from '../privacy/table.ts'

const all = promised()

describe('what the panel promises about data', () => {
  it('is found whole: every rule that the page of rules has', () => {
    const ids = new Set(readFileSync('docs/privacy-rules.md', 'utf8').match(/P-[A-Z]+-\d+/g))
    expect(new Set(rules().map(({ id }) => id))).toEqual(ids)
    expect(ids.size).toBeGreaterThan(25)
  })

  it.each(all.filter(({ id }) => !isWaiting(id)))(
    '$id is kept by code that names it, and a test would catch its breach',
    (rule) => {
      expect(rule.code, 'code').not.toEqual([])
      expect(rule.tests, 'tests').not.toEqual([])
    },
  )

  it('stands in docs/privacy.md as the code has it: npm run privacy:table', () => {
    expect(readFileSync(page, 'utf8')).toBe(asPage())
  })
})
