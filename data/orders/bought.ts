import type { Service } from '../../core/catalogue/service.ts'
import type { Order } from '../../core/orders/order.ts'

/** What the order was bought as; undefined where its service is bought elsewhere by now, and nobody can say what that one does. */
export const bought = ({ providerId, providerServiceId }: Order, service: Service | undefined) =>
  service?.source.providerId === providerId && service.source.providerServiceId === providerServiceId ? service.source : undefined
