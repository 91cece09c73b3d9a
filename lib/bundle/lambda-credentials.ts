import { fromEnv } from '@aws-sdk/credential-provider-env'

/**
 * Takes the place of `@aws-sdk/credential-provider-node` in the bundles: in Lambda credentials come from the environment
 * and from nowhere else, and the chain that looks in the other places weighs 130 KB in every function.
 */
export const defaultProvider = fromEnv
