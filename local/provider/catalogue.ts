/** A row of the sandbox provider's catalogue, as it goes over the wire. */
export interface Row {
  readonly service: number
  readonly name: string
  readonly type: string
  readonly category: string
  readonly rate: string
  readonly min: string
  readonly max: string
  readonly refill: boolean
  readonly cancel: boolean
  readonly dripfeed: boolean
  readonly description: string
}

const kinds = [
  { category: 'Video platform', name: 'Channel promotion through ad placements', rate: 2.4, min: 50, max: 100_000 },
  { category: 'Video platform', name: 'Video views from in-feed advertising', rate: 0.85, min: 100, max: 1_000_000 },
  { category: 'Video platform', name: 'Watch time from recommended advertising', rate: 6.3, min: 100, max: 20_000 },
  { category: 'Photo network', name: 'Post reach through sponsored stories', rate: 0.34, min: 100, max: 500_000 },
  { category: 'Photo network', name: 'Profile visits from influencer mentions', rate: 1.12, min: 50, max: 50_000 },
  { category: 'Photo network', name: 'Saves from partner accounts', rate: 0.58, min: 20, max: 20_000 },
  { category: 'Short video', name: 'Views from promoted placement', rate: 0.012, min: 100, max: 10_000_000 },
  { category: 'Short video', name: 'Shares from partner accounts', rate: 0.44, min: 10, max: 50_000 },
  { category: 'Messenger', name: 'Channel members from directory advertising', rate: 1.9, min: 100, max: 60_000 },
  { category: 'Messenger', name: 'Post views from channel partners', rate: 0.021, min: 50, max: 200_000 },
  { category: 'Music', name: 'Plays from curated playlists', rate: 0.49, min: 1_000, max: 1_000_000 },
  { category: 'Music', name: 'Followers from playlist placements', rate: 1.35, min: 20, max: 100_000 },
  { category: 'Microblog', name: 'Impressions from promoted posts', rate: 0.09, min: 100, max: 1_000_000 },
  { category: 'Microblog', name: 'Profile clicks from promoted posts', rate: 0.76, min: 100, max: 100_000 },
] as const

const tiers = ['standard', 'targeted Europe', 'targeted Americas', 'slow and steady'] as const

const special: readonly Omit<Row, 'service'>[] = [
  row('Photo network', 'Campaign starter package', 'Package', '9.90', 1, 1, 'A fixed package: one post, promoted for a week.'),
  row(
    'Video platform',
    'Channel launch package',
    'Package',
    '24.50',
    1,
    1,
    'A fixed package: placement of one video for ten days.',
  ),
  row('Photo network', 'Comments by influencers, your words', 'Custom Comments', '12.00', 5, 500, 'One comment per line.'),
  row('Video platform', 'Comments by partner channels, your words', 'Custom Comments', '14.40', 5, 1_000, 'One comment per line.'),
  row(
    'Photo network',
    'Ten comments by influencers, package',
    'Custom Comments Package',
    '0.35',
    1,
    1,
    'Ten comments, one per line.',
  ),
  row('Microblog', 'Mentions by partner accounts', 'Mentions Custom List', '18.00', 10, 1_000, ''),
  row('Messenger', 'Poll answers', 'Poll', '1.10', 10, 5_000, ''),
  row('Web', 'Visits from advertising networks', 'Web Traffic', '0.62', 1_000, 1_000_000, ''),
]

function row(
  category: string,
  name: string,
  type: string,
  rate: string,
  min: number,
  max: number,
  description: string,
): Omit<Row, 'service'> {
  return {
    category,
    name,
    type,
    rate,
    min: String(min),
    max: String(max),
    refill: false,
    cancel: true,
    dripfeed: false,
    description,
  }
}

/** A catalogue of a given size, always the same for the same size; `factor` moves every price. */
export function catalogue(size: number, factor = 1): Row[] {
  const rows: Row[] = special.slice(0, size).map((one, index) => ({ service: index + 1, ...one }))
  for (let index = 0; rows.length < size; index++) {
    const kind = kinds[index % kinds.length] ?? kinds[0]
    const tier = Math.floor(index / kinds.length)
    const rate = kind.rate * (1 + 0.35 * (tier % 4)) * (1 + 0.01 * Math.floor(tier / 4)) * factor
    rows.push({
      service: 100 + index,
      name: `${kind.name}, ${tiers[tier % tiers.length]}${tier < 4 ? '' : ` ${Math.floor(tier / 4) + 1}`}`,
      type: 'Default',
      category: kind.category,
      rate: rate.toFixed(5).replace(/0+$/, '').replace(/\.$/, ''),
      min: String(kind.min),
      max: String(kind.max),
      refill: index % 3 === 0,
      cancel: index % 2 === 0,
      dripfeed: index % 4 === 0,
      description: `Delivered by advertising, ${tiers[tier % tiers.length]}.`,
    })
  }
  return rows
}
