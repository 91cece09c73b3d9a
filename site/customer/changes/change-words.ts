import { IconArrowBackUp, IconArrowDown, IconArrowUp, IconPlus, IconX, type TablerIcon } from '@tabler/icons-react'
import { toMicros } from '../../shared/amounts.ts'
import type { ChangeKind } from './kinds.ts'

interface Words {
  readonly tab: string
  readonly word: string
  readonly icon: TablerIcon
  readonly tone: 'good' | 'warn' | 'plain'
}

/** Changes of services, as people are told of them. */
export const changeWords: Readonly<Record<ChangeKind, Words>> = {
  'price-up': { tab: 'Up', word: 'Price up', icon: IconArrowUp, tone: 'warn' },
  'price-down': { tab: 'Down', word: 'Price down', icon: IconArrowDown, tone: 'good' },
  new: { tab: 'New', word: 'New', icon: IconPlus, tone: 'plain' },
  gone: { tab: 'Gone', word: 'Gone', icon: IconX, tone: 'plain' },
  back: { tab: 'Back', word: 'Back', icon: IconArrowBackUp, tone: 'plain' },
}

/** By how much a price moved, in per cent: to a tenth below ten, and never nothing for something. */
export function shareOf(before: string, after: string): string {
  const [from, to] = [toMicros(before), toMicros(after)]
  const difference = to > from ? to - from : from - to
  const thousandths = from === 0n ? 0n : (difference * 1_000n + from / 2n) / from
  if (thousandths === 0n) return 'by under 0.1 %'
  return `by ${thousandths < 100n ? `${thousandths / 10n}.${thousandths % 10n}` : (thousandths + 5n) / 10n} %`
}
