import * as z from 'zod/mini'
import { suspensionReasons } from '../../core/identity/suspension.ts'
import { iso } from '../../core/time.ts'
import { readCustomers } from '../../data/customers.ts'
import { customerEven } from '../../data/door.ts'
import { readWallets } from '../../data/wallets.ts'
import { endpoint } from '../kit/endpoint.ts'
import { moment, preferences } from '../kit/fields.ts'
import { serve } from '../kit/serve.ts'
import { viewWallet, walletView } from '../kit/views.ts'

export const readMe = endpoint({
  name: 'customer.read-me',
  route: 'GET /api/me',
  summary: 'The signed-in account and what it has',
  who: customerEven('suspended'),
  returns: z.object({
    fullName: z.string(),
    email: z.string(),
    createdAt: moment,
    wallet: walletView,
    preferences,
    avatar: z.optional(z.string()),
    /** There while the account is suspended: since when, and what for. */
    suspended: z.optional(z.object({ since: z.optional(moment), reason: z.optional(z.enum(suspensionReasons)) })),
  }),
  refuses: [],
  uses: { customers: readCustomers, wallets: readWallets },

  async run({ caller, uses }) {
    const [me, wallet] = await Promise.all([uses.customers.own(caller.customerId), uses.wallets.get(caller.customerId)])
    const { fullName, email, createdAt, preferences, avatar, status, suspension } = me
    return {
      fullName,
      email,
      createdAt: iso(createdAt),
      wallet: viewWallet(wallet),
      preferences,
      avatar,
      suspended: status === 'suspended' ? { since: suspension && iso(suspension.since), reason: suspension?.reason } : undefined,
    }
  },
})

export const handler = serve(readMe)
