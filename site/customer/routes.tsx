import { createRootRoute, createRoute, createRouter, lazyRouteComponent, Outlet, redirect, useParams } from '@tanstack/react-router'
import { PageFailed } from '../shared/page-failed.tsx'
import { categories } from '../shared/tickets/words.ts'
import { type ChangeKind, changeKinds } from './changes/kinds.ts'
import type { Because } from './entrance/sign-in-page.tsx'
import { SignedIn } from './frame/signed-in.tsx'
import { NotFoundPage } from './not-found.tsx'
import type { Group } from './orders/page.tsx'
import { readFilters } from './services/filters.ts'
import { session } from './session.ts'
import type { NewTicketSearch } from './tickets/new-page.tsx'

type Search = Readonly<Record<string, unknown>>
const text = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined)

const isNumber = (value: unknown): boolean => Number.isInteger(Number(value)) && Number(value) > 0

const root = createRootRoute({ component: Outlet, notFoundComponent: NotFoundPage, errorComponent: PageFailed })

const landing = createRoute({
  getParentRoute: () => root,
  path: '/',
  // Whoever has an account comes to order, not to read what this is.
  beforeLoad: () => {
    if (session.wasHere()) throw redirect({ to: '/new', replace: true })
  },
  component: lazyRouteComponent(() => import('./landing/page.tsx'), 'LandingPage'),
})
const about = createRoute({
  getParentRoute: () => root,
  path: '/about',
  component: lazyRouteComponent(() => import('./landing/page.tsx'), 'LandingPage'),
})
const ServicesPage = lazyRouteComponent(() => import('./services/page.tsx'), 'ServicesPage')
const services = createRoute({
  getParentRoute: () => root,
  path: '/services',
  validateSearch: readFilters,
  component: function Services() {
    return <ServicesPage filters={services.useSearch()} />
  },
})
const ChangesPage = lazyRouteComponent(() => import('./changes/page.tsx'), 'ChangesPage')
const changes = createRoute({
  getParentRoute: () => root,
  path: '/changes',
  validateSearch: (search: Search): { kind?: ChangeKind } => {
    const kind = changeKinds.find((one) => one === search['kind'])
    return kind ? { kind } : {}
  },
  component: function Changes() {
    return <ChangesPage kind={changes.useSearch().kind} />
  },
})
const versionIn = (search: Search): { version?: number } => {
  const version = Number(search['version'])
  return Number.isInteger(version) && version > 0 ? { version } : {}
}
const TermsPage = lazyRouteComponent(() => import('./legal/terms-page.tsx'), 'TermsPage')
const terms = createRoute({
  getParentRoute: () => root,
  path: '/terms',
  validateSearch: versionIn,
  component: function Terms() {
    return <TermsPage version={terms.useSearch().version} />
  },
})
const PrivacyPage = lazyRouteComponent(() => import('./legal/privacy-page.tsx'), 'PrivacyPage')
const privacy = createRoute({
  getParentRoute: () => root,
  path: '/privacy',
  validateSearch: versionIn,
  component: function Privacy() {
    return <PrivacyPage version={privacy.useSearch().version} />
  },
})
const CookiesPage = lazyRouteComponent(() => import('./legal/cookies-page.tsx'), 'CookiesPage')
const cookies = createRoute({
  getParentRoute: () => root,
  path: '/cookies',
  validateSearch: versionIn,
  component: function Cookies() {
    return <CookiesPage version={cookies.useSearch().version} />
  },
})
const versions = createRoute({
  getParentRoute: () => root,
  path: '/versions',
  component: lazyRouteComponent(() => import('./legal/versions-page.tsx'), 'VersionsPage'),
})
const contact = createRoute({
  getParentRoute: () => root,
  path: '/contact',
  component: lazyRouteComponent(() => import('./inquiry/contact-page.tsx'), 'ContactPage'),
})
const abuse = createRoute({
  getParentRoute: () => root,
  path: '/abuse',
  component: lazyRouteComponent(() => import('./inquiry/abuse-page.tsx'), 'AbusePage'),
})
const OptOutPage = lazyRouteComponent(() => import('./news/opt-out-page.tsx'), 'OptOutPage')
const optOut = createRoute({
  getParentRoute: () => root,
  path: '/opt-out',
  validateSearch: (search: Search): { token?: string } => {
    const token = text(search['token'])
    return token ? { token } : {}
  },
  component: function OptOut() {
    return <OptOutPage token={optOut.useSearch().token ?? ''} />
  },
})
const signUp = createRoute({
  getParentRoute: () => root,
  path: '/sign-up',
  component: lazyRouteComponent(() => import('./entrance/sign-up-page.tsx'), 'SignUpPage'),
})
const confirm = createRoute({
  getParentRoute: () => root,
  path: '/confirm',
  component: lazyRouteComponent(() => import('./entrance/confirm-page.tsx'), 'ConfirmPage'),
})
const forgot = createRoute({
  getParentRoute: () => root,
  path: '/forgot',
  component: lazyRouteComponent(() => import('./entrance/forgot-page.tsx'), 'ForgotPage'),
})

const SignInPage = lazyRouteComponent(() => import('./entrance/sign-in-page.tsx'), 'SignInPage')
const becauses: readonly Because[] = ['ended', 'new-password', 'confirmed']
const signIn = createRoute({
  getParentRoute: () => root,
  path: '/sign-in',
  validateSearch: (search: Search): { return?: string; because?: Because } => {
    const to = text(search['return'])
    const because = becauses.find((one) => one === search['because'])
    return { ...(to ? { return: to } : {}), ...(because ? { because } : {}) }
  },
  component: function SignIn() {
    const { return: to, because } = signIn.useSearch()
    return <SignInPage returnTo={to} because={because} />
  },
})

const account = createRoute({ getParentRoute: () => root, id: 'account', component: SignedIn })

const NewOrderPage = lazyRouteComponent(() => import('./new-order/page.tsx'), 'NewOrderPage')
const newOrder = createRoute({
  getParentRoute: () => account,
  path: '/new',
  validateSearch: ({ service, again }: Search): { service?: number; again?: number } =>
    isNumber(service) ? { service: Number(service), ...(isNumber(again) ? { again: Number(again) } : {}) } : {},
  component: function NewOrder() {
    const { service, again } = newOrder.useSearch()
    return <NewOrderPage service={service} again={again} />
  },
})

const OrdersPage = lazyRouteComponent(() => import('./orders/page.tsx'), 'OrdersPage')
const groups: readonly Group[] = ['active', 'completed', 'partial', 'canceled']
const validateSearch = (search: Search): { group?: Group } => {
  const group = groups.find((one) => one === search['group'])
  return group ? { group } : {}
}
const orders = createRoute({
  getParentRoute: () => account,
  path: '/orders',
  validateSearch,
  component: function Orders() {
    const { group = 'all' } = orders.useSearch()
    const { orderId } = useParams({ strict: false })
    return <OrdersPage group={group} opened={orderId} />
  },
})
/** An opened order lies over the list it was opened from, and has an address of its own. */
const order = createRoute({ getParentRoute: () => orders, path: '$orderId' })

const wallet = createRoute({
  getParentRoute: () => account,
  path: '/wallet',
  component: lazyRouteComponent(() => import('./wallet/page.tsx'), 'WalletPage'),
})
const tickets = createRoute({
  getParentRoute: () => account,
  path: '/tickets',
  component: lazyRouteComponent(() => import('./tickets/page.tsx'), 'TicketsPage'),
})
const NewTicketPage = lazyRouteComponent(() => import('./tickets/new-page.tsx'), 'NewTicketPage')
const newTicket = createRoute({
  getParentRoute: () => account,
  path: '/tickets/new',
  validateSearch: ({ order, about }: Search): NewTicketSearch => {
    const category = categories.find((one) => one === about)
    return {
      ...(Number.isInteger(Number(order)) && Number(order) > 0 ? { order: Number(order) } : {}),
      ...(category ? { about: category } : {}),
    }
  },
  component: function NewTicket() {
    return <NewTicketPage {...newTicket.useSearch()} />
  },
})
const TicketPage = lazyRouteComponent(() => import('./tickets/ticket-page.tsx'), 'TicketPage')
const ticket = createRoute({
  getParentRoute: () => account,
  path: '/tickets/$ticketId',
  component: function Ticket() {
    const { ticketId } = ticket.useParams()
    return <TicketPage key={ticketId} ticketId={ticketId} />
  },
})
const keys = createRoute({
  getParentRoute: () => account,
  path: '/keys',
  component: lazyRouteComponent(() => import('./keys/page.tsx'), 'KeysPage'),
})
const news = createRoute({
  getParentRoute: () => account,
  path: '/news',
  component: lazyRouteComponent(() => import('./news/page.tsx'), 'NewsPage'),
})
const closeAccount = createRoute({
  getParentRoute: () => account,
  path: '/settings/close',
  component: lazyRouteComponent(() => import('./settings/close-page.tsx'), 'ClosePage'),
})
const settings = createRoute({
  getParentRoute: () => account,
  path: '/settings',
  component: lazyRouteComponent(() => import('./settings/page.tsx'), 'SettingsPage'),
})

export const router = createRouter({
  routeTree: root.addChildren([
    landing,
    about,
    services,
    changes,
    terms,
    privacy,
    contact,
    abuse,
    cookies,
    versions,
    optOut,
    signUp,
    confirm,
    forgot,
    signIn,
    account.addChildren([
      newOrder,
      orders.addChildren([order]),
      wallet,
      tickets,
      newTicket,
      ticket,
      keys,
      news,
      settings,
      closeAccount,
    ]),
  ]),
  defaultPreload: 'intent',
  defaultErrorComponent: PageFailed,
  scrollRestoration: true,
})
