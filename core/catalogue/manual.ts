import { type ProviderId, providerId, providerServiceId } from '../ids.ts'

/** Stands where a provider would, for what people of our own deliver. No provider ever has this name: theirs are random. */
export const manual = providerId('manual')
/** The same for its number there. */
export const manualService = providerServiceId('manual')

export const isManual = (bought: { readonly providerId: ProviderId }): boolean => bought.providerId === manual
