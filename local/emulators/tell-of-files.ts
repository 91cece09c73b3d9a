import { type IncomingMessage, Server, type ServerResponse } from 'node:http'
import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs'
import type { QueueName } from '../../core/need.ts'
import { queueUrl } from '../environment.ts'
import { region } from '../names.ts'
import type { Ports } from '../ports.ts'

/** The bucket tells nobody of what is put into it. Here it does, in the words of S3 on the account's event bus, by way of the rule to a queue. */
export function tellOfFiles(ports: Ports, { bucket, queue }: { readonly bucket: string; readonly queue: QueueName }): void {
  const sqs = new SQSClient({
    region,
    endpoint: `http://127.0.0.1:${ports.queues}`,
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    useQueueUrlAsEndpoint: false,
  })
  const { emit } = Server.prototype
  Server.prototype.emit = function (this: Server, event: string, ...given: unknown[]): boolean {
    const [request, response] = given as [IncomingMessage, ServerResponse]
    if (event === 'request' && request.method === 'PUT') {
      const [path = ''] = request.url?.split('?') ?? []
      const key = path.startsWith(`/${bucket}/`) ? decodeURIComponent(path.slice(bucket.length + 2)) : ''
      if (key !== '')
        response.once('finish', () => {
          if (response.statusCode !== 200) return
          const MessageBody = JSON.stringify({
            source: 'aws.s3',
            'detail-type': 'Object Created',
            time: new Date().toISOString(),
            region,
            detail: { version: '0', bucket: { name: bucket }, object: { key }, reason: 'PutObject' },
          })
          // S3 may tell late, and hardly ever twice; it does not fail the one who puts.
          void sqs.send(new SendMessageCommand({ QueueUrl: queueUrl(ports, queue), MessageBody })).catch(() => undefined)
        })
    }
    return Reflect.apply(emit, this, [event, ...given])
  }
}
