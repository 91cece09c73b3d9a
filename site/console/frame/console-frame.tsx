import './console-frame.css'
import {
  IconChartBar,
  IconCoins,
  IconDots,
  IconFileText,
  IconHandGrab,
  IconListDetails,
  IconMailbox,
  IconMessageQuestion,
  IconMessages,
  IconPackages,
  IconPlugConnected,
  IconRadar2,
  IconReceipt2,
  IconShieldCheck,
  IconSpeakerphone,
  IconUrgent,
  IconUserShield,
  IconUsers,
} from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { type ReactNode, useState } from 'react'
import type { Permission } from '../../../core/staff/permissions.ts'
import { Frame, type Place } from '../../shared/frame.tsx'
import { Mark } from '../../shared/mark.tsx'
import { useMay, useMe } from '../me.ts'
import { ConsoleMenu } from './console-menu.tsx'
import { ConsoleMore } from './console-more.tsx'
import { FindOrder } from './find-order.tsx'

/** Pages, each with what it cannot do without. */
const places: readonly (Place & { readonly needs: Permission })[] = [
  { to: '/', label: 'Needs you', icon: IconUrgent, needs: 'admin.list-orders' },
  { to: '/orders', label: 'Orders', icon: IconReceipt2, needs: 'admin.list-orders' },
  { to: '/manual', label: 'Manual orders', icon: IconHandGrab, needs: 'admin.list-manual-orders', aside: true },
  { to: '/customers', label: 'Customers', icon: IconUsers, needs: 'admin.find-customer' },
  { to: '/tickets', label: 'Tickets', icon: IconMessages, needs: 'admin.list-tickets', aside: true },
  { to: '/inquiries', label: 'Inquiries', icon: IconMailbox, needs: 'admin.list-inquiries', aside: true },
  { to: '/services', label: 'Services', icon: IconPackages, needs: 'admin.list-services' },
  { to: '/providers', label: 'Providers', icon: IconPlugConnected, needs: 'admin.list-providers' },
  { to: '/errors', label: 'Errors', icon: IconMessageQuestion, needs: 'admin.list-error-texts', aside: true },
  { to: '/privacy', label: 'Privacy', icon: IconShieldCheck, needs: 'admin.list-privacy-requests', aside: true },
  { to: '/signals', label: 'Signals', icon: IconRadar2, needs: 'admin.list-signals', aside: true },
  { to: '/traffic', label: 'Traffic', icon: IconChartBar, needs: 'admin.read-traffic', aside: true },
  { to: '/audit', label: 'Audit', icon: IconListDetails, needs: 'admin.list-audit', aside: true },
  { to: '/currencies', label: 'Currencies', icon: IconCoins, needs: 'admin.read-currencies', aside: true },
  { to: '/announcements', label: 'News', icon: IconSpeakerphone, needs: 'admin.list-announcements', aside: true },
  { to: '/policies', label: 'Policies', icon: IconFileText, needs: 'admin.list-policies', aside: true },
  { to: '/staff', label: 'Staff', icon: IconUserShield, needs: 'admin.list-staff', aside: true },
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
      search={may('admin.find-order') ? <FindOrder /> : <span />}
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
