/** The parameters of an order that a service type may ask for, by the reseller protocol's own names. */
export type OrderField =
  | 'link'
  | 'quantity'
  | 'runs'
  | 'interval'
  | 'comments'
  | 'usernames'
  | 'hashtags'
  | 'hashtag'
  | 'username'
  | 'media'
  | 'answer_number'
  | 'groups'
  | 'posts'
  | 'old_posts'
  | 'expiry'
  | 'min'
  | 'max'
  | 'delay'
  | 'country'
  | 'device'
  | 'type_of_traffic'
  | 'google_keyword'
  | 'referring_url'
  | 'keywords'

/** What the charge of an order follows from. Lines are held to the service's bounds like a quantity. */
export type Charged = 'quantity' | 'one package' | 'lines of comments' | 'lines of usernames' | 'each created order'

interface ServiceTypeRule {
  readonly required: readonly OrderField[]
  readonly optional: readonly OrderField[]
  readonly charged: Charged
  /** Types that this panel does not take orders for yet are known, never sold and never forwarded. */
  readonly sold: boolean
}

/** All seventeen types of the reseller protocol. */
export const serviceTypes = {
  Default: { required: ['link', 'quantity'], optional: ['runs', 'interval'], charged: 'quantity', sold: true },
  Package: { required: ['link'], optional: [], charged: 'one package', sold: true },
  'Custom Comments': { required: ['link', 'comments'], optional: [], charged: 'lines of comments', sold: true },
  'Custom Comments Package': { required: ['link', 'comments'], optional: [], charged: 'one package', sold: true },
  Mentions: { required: ['link', 'quantity', 'usernames'], optional: [], charged: 'quantity', sold: false },
  'Mentions with Hashtags': {
    required: ['link', 'quantity', 'usernames', 'hashtags'],
    optional: [],
    charged: 'quantity',
    sold: false,
  },
  'Mentions Custom List': { required: ['link', 'usernames'], optional: [], charged: 'lines of usernames', sold: false },
  'Mentions Hashtag': { required: ['link', 'quantity', 'hashtag'], optional: [], charged: 'quantity', sold: false },
  'Mentions User Followers': { required: ['link', 'quantity', 'username'], optional: [], charged: 'quantity', sold: false },
  'Mentions Media Likers': { required: ['link', 'quantity', 'media'], optional: [], charged: 'quantity', sold: false },
  'Comment Likes': { required: ['link', 'quantity', 'username'], optional: [], charged: 'quantity', sold: false },
  Poll: { required: ['link', 'quantity', 'answer_number'], optional: [], charged: 'quantity', sold: false },
  'Comment Replies': { required: ['link', 'username', 'comments'], optional: [], charged: 'lines of comments', sold: false },
  'Invites from Groups': { required: ['link', 'quantity', 'groups'], optional: [], charged: 'quantity', sold: false },
  Subscriptions: {
    required: ['username', 'min', 'max', 'delay'],
    optional: ['posts', 'old_posts', 'expiry'],
    charged: 'each created order',
    sold: false,
  },
  'Web Traffic': {
    required: ['link', 'quantity', 'country', 'device', 'type_of_traffic'],
    optional: ['runs', 'interval', 'google_keyword', 'referring_url'],
    charged: 'quantity',
    sold: false,
  },
  SEO: { required: ['link', 'quantity', 'keywords'], optional: [], charged: 'quantity', sold: false },
} as const satisfies Record<string, ServiceTypeRule>

export type ServiceType = keyof typeof serviceTypes

export const serviceTypeRule = (type: ServiceType): ServiceTypeRule => serviceTypes[type]

const plain = (text: string): string => text.toLowerCase().replace(/[^a-z]/g, '')
const bySpelling: ReadonlyMap<string, ServiceType> = new Map(serviceTypeNames().map((type) => [plain(type), type]))

export function serviceTypeNames(): ServiceType[] {
  return Object.keys(serviceTypes).filter((name): name is ServiceType => name in serviceTypes)
}

/** Reads a type in any of the spellings heard (`custom_comments`, `Invites From Groups`); undefined for one nobody knows. */
export const readServiceType = (text: string): ServiceType | undefined => bySpelling.get(plain(text))
