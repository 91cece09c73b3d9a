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
const known: ResponseSecurityHeadersBehavior = {
  contentSecurityPolicy: { contentSecurityPolicy: securityHeaders['content-security-policy'], override: true },
  strictTransportSecurity: { accessControlMaxAge: Duration.days(730), includeSubdomains: true, preload: true, override: true },
  contentTypeOptions: { override: true },
  frameOptions: { frameOption: HeadersFrameOption.DENY, override: true },
  referrerPolicy: { referrerPolicy: HeadersReferrerPolicy.STRICT_ORIGIN, override: true },
}

const asTheyStand = ['permissions-policy', 'cross-origin-opener-policy'] as const

export const responseHeaders = (scope: Construct, name: string): ResponseHeadersPolicy =>
  new ResponseHeadersPolicy(scope, 'ResponseHeaders', {
    responseHeadersPolicyName: name,
    securityHeadersBehavior: known,
    customHeadersBehavior: {
      customHeaders: asTheyStand.map((header) => ({ header, value: securityHeaders[header], override: true })),
    },
  })
