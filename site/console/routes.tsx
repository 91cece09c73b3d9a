import { createRootRoute, createRoute, createRouter, lazyRouteComponent, Outlet, useParams } from '@tanstack/react-router'
import { PageFailed } from '../shared/page-failed.tsx'
import type { AuditSearch } from './audit/page.tsx'
import { type View, views } from './customers/views.ts'
import { StaffIn } from './frame/staff-in.tsx'
import { NotFoundPage } from './not-found.tsx'
import { readWish } from './orders/wish.ts'
import { type Filters, readFilters } from './services/filters.ts'
import { readTicketFilters } from './tickets/filters.ts'
import { rangeOf } from './traffic/ranges.ts'

type Search = Readonly<Record<string, unknown>>
const text = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined)
const dayIn = (search: Search): { day?: string } => {
  const day = text(search['day'])
  return day && /^\d{4}-\d\d-\d\d$/.test(day) ? { day } : {}
}

const root = createRootRoute({ component: Outlet, notFoundComponent: NotFoundPage, errorComponent: PageFailed })

const SignInPage = lazyRouteComponent(() => import('./entrance/sign-in-page.tsx'), 'SignInPage')
const signIn = createRoute({
  getParentRoute: () => root,
  path: '/sign-in',
  validateSearch: (search: Search): { return?: string } => {
    const to = text(search['return'])
    return to ? { return: to } : {}
  },
  component: function SignIn() {
    return <SignInPage returnTo={signIn.useSearch().return} />
  },
})

const staff = createRoute({ getParentRoute: () => root, id: 'staff', component: StaffIn })

const Home = lazyRouteComponent(() => import('./home.tsx'), 'Home')
const home = createRoute({ getParentRoute: () => staff, path: '/', component: () => <Home opened={undefined} /> })
const needed = createRoute({
  getParentRoute: () => staff,
  path: '/needs/$orderId',
  component: function Needed() {
    return <Home opened={needed.useParams().orderId} />
  },
})

const OrdersPage = lazyRouteComponent(() => import('./orders/page.tsx'), 'OrdersPage')
const orders = createRoute({
  getParentRoute: () => staff,
  path: '/orders',
  validateSearch: readWish,
  component: function Orders() {
    const { orderId } = useParams({ strict: false })
    return <OrdersPage wish={orders.useSearch()} opened={orderId} />
  },
})
/** An opened order lies over the list it was opened from, and has an address of its own. */
const order = createRoute({ getParentRoute: () => orders, path: '$orderId' })

const ManualOrdersPage = lazyRouteComponent(() => import('./manual/page.tsx'), 'ManualOrdersPage')
const manualOrders = createRoute({
  getParentRoute: () => staff,
  path: '/manual',
  component: () => <ManualOrdersPage opened={undefined} />,
})
const manualOrder = createRoute({
  getParentRoute: () => staff,
  path: '/manual/$orderId',
  component: function ManualOrder() {
    return <ManualOrdersPage opened={manualOrder.useParams().orderId} />
  },
})

const FindCustomerPage = lazyRouteComponent(() => import('./customers/find-page.tsx'), 'FindCustomerPage')
const findCustomer = createRoute({ getParentRoute: () => staff, path: '/customers', component: FindCustomerPage })

const CustomerPage = lazyRouteComponent(() => import('./customers/page.tsx'), 'CustomerPage')
const customer = createRoute({
  getParentRoute: () => staff,
  path: '/customers/$customerId',
  validateSearch: (search: Search): { view?: View } => {
    const view = views.find((one) => one !== 'statement' && one === search['view'])
    return view ? { view } : {}
  },
  component: function Customer() {
    const { customerId } = customer.useParams()
    return <CustomerPage key={customerId} customerId={customerId} view={customer.useSearch().view ?? 'statement'} />
  },
})

const TicketsPage = lazyRouteComponent(() => import('./tickets/page.tsx'), 'TicketsPage')
const tickets = createRoute({
  getParentRoute: () => staff,
  path: '/tickets',
  validateSearch: readTicketFilters,
  component: function Tickets() {
    return <TicketsPage filters={tickets.useSearch()} />
  },
})
const TicketPage = lazyRouteComponent(() => import('./tickets/ticket-page.tsx'), 'TicketPage')
const ticket = createRoute({
  getParentRoute: () => staff,
  path: '/tickets/$customerId/$ticketId',
  component: function Ticket() {
    const { customerId, ticketId } = ticket.useParams()
    return <TicketPage key={ticketId} customerId={customerId} ticketId={ticketId} />
  },
})
const savedReplies = createRoute({
  getParentRoute: () => staff,
  path: '/saved-replies',
  component: lazyRouteComponent(() => import('./tickets/saved-replies-page.tsx'), 'SavedRepliesPage'),
})

const InquiriesPage = lazyRouteComponent(() => import('./inquiries/page.tsx'), 'InquiriesPage')
const inquiries = createRoute({
  getParentRoute: () => staff,
  path: '/inquiries',
  validateSearch: (search: Search): { kind?: 'abuse' } => (search['kind'] === 'abuse' ? { kind: 'abuse' } : {}),
  component: function Inquiries() {
    return <InquiriesPage kind={inquiries.useSearch().kind ?? 'contact'} />
  },
})
const InquiryPage = lazyRouteComponent(() => import('./inquiries/inquiry-page.tsx'), 'InquiryPage')
const inquiry = createRoute({
  getParentRoute: () => staff,
  path: '/inquiries/$inquiryId',
  component: function Inquiry() {
    const { inquiryId } = inquiry.useParams()
    return <InquiryPage key={inquiryId} inquiryId={inquiryId} />
  },
})
const blocked = createRoute({
  getParentRoute: () => staff,
  path: '/blocked',
  component: lazyRouteComponent(() => import('./blocks/page.tsx'), 'BlockedPage'),
})
const BlockPage = lazyRouteComponent(() => import('./blocks/block-page.tsx'), 'BlockPage')
const block = createRoute({
  getParentRoute: () => staff,
  path: '/blocked/$blockId',
  component: function Block() {
    const { blockId } = block.useParams()
    return <BlockPage key={blockId} blockId={blockId} />
  },
})

const ServicesPage = lazyRouteComponent(() => import('./services/page.tsx'), 'ServicesPage')
const services = createRoute({
  getParentRoute: () => staff,
  path: '/services',
  validateSearch: (search: Search): Filters => readFilters(search),
  component: function Services() {
    return <ServicesPage filters={services.useSearch()} />
  },
})
const categories = createRoute({
  getParentRoute: () => staff,
  path: '/services/categories',
  component: lazyRouteComponent(() => import('./services/categories-page.tsx'), 'CategoriesPage'),
})
const ServicePage = lazyRouteComponent(() => import('./services/service-page.tsx'), 'ServicePage')
const service = createRoute({
  getParentRoute: () => staff,
  path: '/services/$serviceId',
  component: function OneService() {
    const { serviceId } = service.useParams()
    return <ServicePage key={serviceId} serviceId={serviceId} />
  },
})

const providers = createRoute({
  getParentRoute: () => staff,
  path: '/providers',
  component: lazyRouteComponent(() => import('./providers/page.tsx'), 'ProvidersPage'),
})
const ProviderPage = lazyRouteComponent(() => import('./providers/provider-page.tsx'), 'ProviderPage')
const provider = createRoute({
  getParentRoute: () => staff,
  path: '/providers/$providerId',
  component: function Provider() {
    const { providerId } = provider.useParams()
    return <ProviderPage key={providerId} providerId={providerId} />
  },
})

const ImportPage = lazyRouteComponent(() => import('./providers/import/page.tsx'), 'ImportPage')
const importing = createRoute({
  getParentRoute: () => staff,
  path: '/providers/$providerId/import',
  component: function Importing() {
    return <ImportPage providerId={importing.useParams().providerId} />
  },
})

const TaskPage = lazyRouteComponent(() => import('./providers/task-page.tsx'), 'TaskPage')
const task = createRoute({
  getParentRoute: () => staff,
  path: '/providers/$providerId/tasks/$taskId',
  component: function Task() {
    const { providerId, taskId } = task.useParams()
    return <TaskPage key={taskId} providerId={providerId} taskId={taskId} />
  },
})

const PausedPage = lazyRouteComponent(() => import('./providers/paused-page.tsx'), 'PausedPage')
const paused = createRoute({
  getParentRoute: () => staff,
  path: '/providers/$providerId/paused',
  component: function Paused() {
    return <PausedPage providerId={paused.useParams().providerId} />
  },
})

const errors = createRoute({
  getParentRoute: () => staff,
  path: '/errors',
  component: lazyRouteComponent(() => import('./errors/page.tsx'), 'ErrorsPage'),
})

const privacy = createRoute({
  getParentRoute: () => staff,
  path: '/privacy',
  component: lazyRouteComponent(() => import('./privacy/page.tsx'), 'PrivacyPage'),
})
const SignalsPage = lazyRouteComponent(() => import('./signals/page.tsx'), 'SignalsPage')
const signals = createRoute({
  getParentRoute: () => staff,
  path: '/signals',
  validateSearch: (search: Search): { day?: string } => dayIn(search),
  component: function Signals() {
    return <SignalsPage day={signals.useSearch().day} />
  },
})

const TrafficPage = lazyRouteComponent(() => import('./traffic/page.tsx'), 'TrafficPage')
const traffic = createRoute({
  getParentRoute: () => staff,
  path: '/traffic',
  validateSearch: (search: Search): { days?: number } => {
    const days = rangeOf(search['days'])
    return days ? { days: Number(days) } : {}
  },
  component: function Traffic() {
    return <TrafficPage range={rangeOf(traffic.useSearch().days) ?? '30'} />
  },
})

const currencies = createRoute({
  getParentRoute: () => staff,
  path: '/currencies',
  component: lazyRouteComponent(() => import('./currencies/page.tsx'), 'CurrenciesPage'),
})
const policies = createRoute({
  getParentRoute: () => staff,
  path: '/policies',
  component: lazyRouteComponent(() => import('./policies/page.tsx'), 'PoliciesPage'),
})
const announcements = createRoute({
  getParentRoute: () => staff,
  path: '/announcements',
  component: lazyRouteComponent(() => import('./announcements/page.tsx'), 'AnnouncementsPage'),
})
const members = createRoute({
  getParentRoute: () => staff,
  path: '/staff',
  component: lazyRouteComponent(() => import('./staff/page.tsx'), 'StaffPage'),
})

const AuditPage = lazyRouteComponent(() => import('./audit/page.tsx'), 'AuditPage')
const audit = createRoute({
  getParentRoute: () => staff,
  path: '/audit',
  validateSearch: (search: Search): AuditSearch => {
    const [by, on] = [text(search['by']), text(search['on'])]
    return { ...dayIn(search), ...(by ? { by } : {}), ...(on ? { on } : {}) }
  },
  component: function Audit() {
    return <AuditPage search={audit.useSearch()} />
  },
})

export const router = createRouter({
  routeTree: root.addChildren([
    signIn,
    staff.addChildren([
      home,
      needed,
      orders.addChildren([order]),
      manualOrders,
      manualOrder,
      findCustomer,
      customer,
      tickets,
      ticket,
      savedReplies,
      inquiries,
      inquiry,
      blocked,
      block,
      services,
      categories,
      service,
      providers,
      provider,
      signals,
      traffic,
      privacy,
      importing,
      task,
      paused,
      errors,
      currencies,
      policies,
      announcements,
      members,
      audit,
    ]),
  ]),
  defaultPreload: 'intent',
  defaultErrorComponent: PageFailed,
  scrollRestoration: true,
})
