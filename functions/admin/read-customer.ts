import * as z from 'zod/mini'
import { customerId } from '../../core/ids.ts'
import { Refusal } from '../../core/refusals.ts'
import { iso } from '../../core/time.ts'
import { keepAudit } from '../../data/audit.ts'
import { readCustomers } from '../../data/customers.ts'
import { staff } from '../../data/door.ts'
import { readWallets } from '../../data/wallets.ts'
import { endpoint } from '../kit/endpoint.ts'
import { moment } from '../kit/fields.ts'
import { serve } from '../kit/serve.ts'
import { viewWallet, walletView } from '../kit/views.ts'

export const readCustomer = endpoint({
  name: 'admin.read-customer',
  route: 'GET /api/admin/customers/{customerId}',
  summary: 'One customer’s account and wallet; the look is on record',
  who: staff('admin.read-customer'),
  returns: z.object({
    customerId: z.string(),
    fullName: z.string(),
    email: z.string(),
    status: z.enum(['active', 'suspended']),
    termsVersion: z.string(),
    createdAt: moment,
    wallet: walletView,
  }),
  refuses: ['customer-not-found'],
  uses: { customers: readCustomers, wallets: readWallets, audit: keepAudit },

  async run({ caller, path, uses, now }) {
    const id = customerId(path.customerId)
    const [customer, wallet] = await Promise.all([uses.customers.get(id), uses.wallets.get(id)])
    if (!customer) throw new Refusal('customer-not-found')
    await uses.audit.record({ by: caller.staffId, action: 'admin.read-customer', on: `customer ${id}` }, now)
    const { fullName, email, status, terms, createdAt } = customer
    return {
      customerId: id,
      fullName,
      email,
      status,
      termsVersion: terms.version,
      createdAt: iso(createdAt),
      wallet: viewWallet(wallet),
    }
  },
})

export const handler = serve(readCustomer)
