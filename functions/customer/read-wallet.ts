import { customer } from '../../data/door.ts'
import { readWallets } from '../../data/wallets.ts'
import { endpoint } from '../kit/endpoint.ts'
import { serve } from '../kit/serve.ts'
import { viewWallet, walletView } from '../kit/views.ts'

export const readWallet = endpoint({
  name: 'customer.read-wallet',
  route: 'GET /api/wallet',
  summary: 'What is available, held and owed',
  who: customer,
  returns: walletView,
  refuses: ['customer-not-found'],
  uses: { wallets: readWallets },

  async run({ caller, uses }) {
    return viewWallet(await uses.wallets.get(caller.customerId))
  },
})

export const handler = serve(readWallet)
