import './sheet.css'
import { Drawer } from '@mantine/core'
import type { ReactNode } from 'react'
import { usePhone } from './use-phone.ts'

interface SheetProps {
  readonly opened: boolean
  readonly onClose: () => void
  readonly title: ReactNode
  readonly children: ReactNode
  /** As high as the screen on phones. */
  readonly tall?: boolean
  /** What was typed into it is there when it is opened again. */
  readonly keep?: boolean
}

/** A panel at the side; on phones a sheet from below. Esc closes it, and focus goes back to where it was. */
export function Sheet({ opened, onClose, title, children, tall = false, keep = false }: SheetProps) {
  const phone = usePhone()
  return (
    <Drawer
      opened={opened}
      onClose={onClose}
      keepMounted={keep}
      title={title}
      position={phone ? 'bottom' : 'right'}
      size={phone ? 'auto' : 460}
      classNames={{ content: 'sheet-content', header: 'sheet-header', title: 'sheet-title', body: 'sheet-body' }}
      data-tall={tall}
      attributes={{ content: { 'data-tall': tall } }}
    >
      {children}
    </Drawer>
  )
}
