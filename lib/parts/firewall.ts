import { CfnWebACL } from 'aws-cdk-lib/aws-wafv2'
import type { Construct } from 'constructs'

const visible = (metricName: string): CfnWebACL.VisibilityConfigProperty => ({
  metricName,
  cloudWatchMetricsEnabled: true,
  sampledRequestsEnabled: false,
})

/** Requests from one address in five minutes: ten times what a busy page makes. */
const mostRequests = 3000

/** Off unless the operator wants it: what it costs a month is more than all the rest of an idle panel. */
export const firewall = (scope: Construct, name: string): CfnWebACL =>
  new CfnWebACL(scope, 'Firewall', {
    name,
    scope: 'CLOUDFRONT',
    defaultAction: { allow: {} },
    visibilityConfig: visible(name),
    rules: [
      {
        name: 'known-bad-addresses',
        priority: 0,
        overrideAction: { none: {} },
        statement: { managedRuleGroupStatement: { vendorName: 'AWS', name: 'AWSManagedRulesAmazonIpReputationList' } },
        visibilityConfig: visible('known-bad-addresses'),
      },
      {
        name: 'one-address-too-often',
        priority: 1,
        action: { block: {} },
        statement: { rateBasedStatement: { limit: mostRequests, aggregateKeyType: 'IP' } },
        visibilityConfig: visible('one-address-too-often'),
      },
    ],
  })
