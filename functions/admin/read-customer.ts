import * as z from 'zod/mini'
import { customerId } from '../../core/ids.ts'
import { veilEmail, veilName } from '../../core/privacy/veil.ts'
import { Refusal } from '../../core/refusals.ts'
import { iso } from '../../core/time.ts'
import { keepAudit } from '../../data/audit.ts'
import { readCustomers } from '../../data/customers.ts'
import { staff } from '../../data/door.ts'
import { readLooks } from '../../data/looks.ts'
import { readWallets } from '../../data/wallets.ts'
import { endpoint } from '../kit/endpoint.ts'
import { moment } from '../kit/fields.ts'
import { serve } from '../kit/serve.ts'
import { viewWallet, walletView } from '../kit/views.ts'

export const readCustomer = endpoint({
  name: 'admin.read-customer',
  route: 'GET /api/admin/customers/{customerId}',
  summary: 'One customer’s account and wallet, name and email veiled until they are asked for; the look is on record',
  who: staff('admin.read-customer'),
  returns: z.object({
    customerId: z.string(),
    /** Until when this member of staff sees name, email and addresses; none while they are veiled. */
    shownUntil: z.optional(moment),
    fullName: z.string(),
    email: z.string(),
    status: z.enum(['active', 'suspended', 'closed']),
    termsVersion: z.int(),
    createdAt: moment,
    wallet: walletView,
  }),
  refuses: ['customer-not-found'],
  uses: { customers: readCustomers, wallets: readWallets, looks: readLooks, audit: keepAudit },

  async run({ caller, path, uses, now }) {
    const id = customerId(path.customerId)
    const [customer, wallet, shownUntil] = await Promise.all([
      uses.customers.get(id),
      uses.wallets.get(id),
      uses.looks.until(caller.staffId, id, now),
    ])
    if (!customer) throw new Refusal('customer-not-found')
    await uses.audit.record({ by: caller.staffId, action: 'admin.read-customer', on: `customer ${id}` }, now)
    const { fullName, email, status, terms, createdAt } = customer
    return {
      customerId: id,
      shownUntil: shownUntil && iso(shownUntil),
      fullName: shownUntil ? fullName : veilName(fullName),
      email: shownUntil ? email : veilEmail(email),
      status,
      termsVersion: terms.version,
      createdAt: iso(createdAt),
      wallet: viewWallet(wallet),
    }
  },
})

export const handler = serve(readCustomer)
