import { Modal } from '@mantine/core'
import type { ReactNode } from 'react'
import { Sheet } from './sheet.tsx'
import { usePhone } from './use-phone.ts'

interface DialogProps {
  readonly opened: boolean
  readonly onClose: () => void
  readonly title: string
  readonly children: ReactNode
  /** For what is looked at. */
  readonly wide?: boolean
}

/** A short question in the middle of the page; on phones a sheet, within the thumbs' reach. */
export function Dialog({ wide = false, ...props }: DialogProps) {
  return usePhone() ? <Sheet {...props} /> : <Modal size={wide ? 920 : 460} {...props} />
}
