import { Duration } from 'aws-cdk-lib'
import {
  HeadersFrameOption,
  HeadersReferrerPolicy,
  ResponseHeadersPolicy,
  type ResponseSecurityHeadersBehavior,
} from 'aws-cdk-lib/aws-cloudfront'
import type { Construct } from 'constructs'
import { securityHeaders } from '../edge/security-headers.ts'

/**
 * The security headers as CloudFront wants them: some it knows by name and takes in parts, the others as they stand. A
 * test puts the parts together again and compares.
 */
const known = (headers: Headers): ResponseSecurityHeadersBehavior => ({
  contentSecurityPolicy: { contentSecurityPolicy: headers['content-security-policy'], override: true },
  strictTransportSecurity: { accessControlMaxAge: Duration.days(730), includeSubdomains: true, preload: true, override: true },
  contentTypeOptions: { override: true },
  frameOptions: { frameOption: HeadersFrameOption.DENY, override: true },
  referrerPolicy: { referrerPolicy: HeadersReferrerPolicy.STRICT_ORIGIN, override: true },
})
type Headers = ReturnType<typeof securityHeaders>

const asTheyStand = ['permissions-policy', 'cross-origin-opener-policy'] as const

/** `uploads`: where pages under these headers may post files to. */
export function responseHeaders(scope: Construct, id: string, name: string, uploads: string): ResponseHeadersPolicy {
  const headers = securityHeaders(uploads)
  return new ResponseHeadersPolicy(scope, id, {
    responseHeadersPolicyName: name,
    securityHeadersBehavior: known(headers),
    customHeadersBehavior: {
      customHeaders: asTheyStand.map((header) => ({ header, value: headers[header], override: true })),
    },
  })
}
