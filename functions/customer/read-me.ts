import * as z from 'zod/mini'
import { iso } from '../../core/time.ts'
import { readCustomers } from '../../data/customers.ts'
import { customer } from '../../data/door.ts'
import { readWallets } from '../../data/wallets.ts'
import { endpoint } from '../kit/endpoint.ts'
import { moment, preferences } from '../kit/fields.ts'
import { serve } from '../kit/serve.ts'
import { viewWallet, walletView } from '../kit/views.ts'

export const readMe = endpoint({
  name: 'customer.read-me',
  route: 'GET /api/me',
  summary: 'The signed-in account and what it has',
  who: customer,
  returns: z.object({
    fullName: z.string(),
    email: z.string(),
    createdAt: moment,
    wallet: walletView,
    preferences,
    avatar: z.optional(z.string()),
  }),
  refuses: [],
  uses: { customers: readCustomers, wallets: readWallets },

  async run({ caller, uses }) {
    const [me, wallet] = await Promise.all([uses.customers.own(caller.customerId), uses.wallets.get(caller.customerId)])
    const { fullName, email, createdAt, preferences, avatar } = me
    return { fullName, email, createdAt: iso(createdAt), wallet: viewWallet(wallet), preferences, avatar }
  },
})

export const handler = serve(readMe)
