/** How the protocol is told in the OpenAPI page: it is a protocol of its own, and no schema of ours. */
export const description = `The field's common reseller protocol. One address, \`action\` says what is wanted, the key travels in the body.
The status is 200 even for errors, which are \`{"error":"…"}\`; 429 means throttled, 5xx a fault of ours.

- \`services\`: the catalogue, an array. \`average_time\` (\`1 hour 5 minutes\`) is how long the service's last orders took, half of them no
  longer; it is not there until five were completed.
- \`add\`: \`service\`, \`link\`, and \`quantity\` or \`comments\` (one per line) as the service's type asks; answers \`{"order":23501}\`.
  \`request_id\` (1 to 64 printable characters, this panel's own addition) makes a retry safe: the same id with the same order
  answers the same order number, for good.
- \`status\`: \`order=1\`, or \`orders=1,10,100\` (up to 100).
- \`refill\`: \`order=1\` answers \`{"refill":"1"}\`; \`orders=1,3\` a list with a number or an error for each.
- \`refill_status\`: \`refill=1\`, or \`refills=1,3\`: \`Pending\`, \`In progress\`, \`Completed\`, \`Rejected\` or \`Error\`.
- \`cancel\`: \`orders=9,2\`; \`1\` means that the request was taken. Money comes back when the order is \`Canceled\` or \`Partial\`: at
  once for an order that was not sent yet.
- \`balance\`.

A key has a scope: \`read\` may ask for \`services\`, \`status\`, \`refill_status\` and \`balance\`, \`order\` for everything but \`balance\`, \`all\` for
everything; beyond its scope it hears \`Not allowed with this API key\`. A key may be held to addresses: from any other it is
answered as if it did not exist. Throttled is \`Rate limit exceeded\` with status 429.

A form is expected; JSON, multipart and parameters in the query string (except the key) are understood too. In place of
\`key\`, \`Authorization: Bearer …\` or \`x-api-key\` will do.`
