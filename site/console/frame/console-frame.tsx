import './console-frame.css'
import { IconDots, IconPlugConnected, IconReceipt2, IconUrgent, IconUserShield, IconUsers } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { type ReactNode, useState } from 'react'
import { Frame, type Place } from '../../shared/frame.tsx'
import { Mark } from '../../shared/mark.tsx'
import type { letsIn } from '../may.ts'
import { useMay, useMe } from '../me.ts'
import { ConsoleMenu } from './console-menu.tsx'
import { ConsoleMore } from './console-more.tsx'
import { FindOrder } from './find-order.tsx'

type Guard = keyof typeof letsIn

/** Pages, each with what it cannot do without. */
const places: readonly (Place & { readonly needs: Guard })[] = [
  { to: '/', label: 'Needs you', icon: IconUrgent, needs: 'GET /api/admin/orders' },
  { to: '/orders', label: 'Orders', icon: IconReceipt2, needs: 'GET /api/admin/orders' },
  { to: '/customers', label: 'Customers', icon: IconUsers, needs: 'POST /api/admin/customers/find' },
  { to: '/providers', label: 'Providers', icon: IconPlugConnected, needs: 'GET /api/admin/providers' },
  { to: '/staff', label: 'Staff', icon: IconUserShield, needs: 'GET /api/admin/staff', aside: true },
]

/** The console's frame: the same as the customers', with only the pages that the role may open. */
export function ConsoleFrame({ children }: { readonly children: ReactNode }) {
  const { data: me } = useMe()
  const may = useMay()
  const [more, setMore] = useState(false)
  const open = places.filter(({ needs }) => may(needs))
  return (
    <Frame
      mark={
        <Link to="/" aria-label="Console">
          <Mark />
        </Link>
      }
      places={open}
      search={may('GET /api/admin/orders/{orderId}') ? <FindOrder /> : <span />}
      account={
        me && (
          <>
            <span className="console-who">
              {me.panelName} · <span className="role">{me.role}</span>
            </span>
            <ConsoleMenu />
          </>
        )
      }
      more={
        <button type="button" className="rail-item" onClick={() => setMore(true)} aria-haspopup="dialog">
          <span className="rail-icon">
            <IconDots size={20} stroke={1.7} aria-hidden />
          </span>
          More
        </button>
      }
    >
      {children}
      <ConsoleMore places={open.filter(({ aside }) => aside)} opened={more} onClose={() => setMore(false)} />
    </Frame>
  )
}
