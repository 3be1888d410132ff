// SPDX-License-Identifier: GPL-3.0-or-later
// An OpAMP agent on @elastic/opamp-client-node, for end-to-end tests against a client that is not ours. It polls over HTTP.
//
//     node client.mjs [--seconds N] [--header "Name: value"] ENDPOINT
//
// What happens is printed on stdout, one JSON object a line, each with "event":
//
//     started        instance_uid
//     sent           sequence, flags, capabilities: a message of ours was answered with these
//     failed         error, retry_after_ms
//     remote_config  hash, files {name: text}
//     status         hash, status: what is reported for it
//     done           line: that command has taken effect
//     stopped        after "quit"
//
// Commands on stdin, one a line; the end of stdin is "quit":
//
//     next applied | next failed TEXT | next silent   what comes of the configs that arrive from now on
//     quit                                            shut the library down and end
//
// Exit: 0 after "quit", 2 for wrong usage.
import { subscribe } from 'node:diagnostics_channel';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import opamp from '@elastic/opamp-client-node';

const { AgentCapabilities, RemoteConfigStatuses, createOpAMPClient } = opamp;

const print = (event, fields = {}) => process.stdout.write(`${JSON.stringify({ event, ...fields })}\n`);
const hex = (bytes) => Buffer.from(bytes).toString('hex');

let options;
try {
    options = parseArgs({
        options: {
            seconds: { type: 'string', default: '1' },
            header: { type: 'string', multiple: true, default: [] },
        },
        allowPositionals: true,
    });
    if (options.positionals.length !== 1) throw new Error('one ENDPOINT is needed');
} catch (error) {
    console.error(`client.mjs: ${error.message}`);
    process.exit(2);
}

let next = { status: 'applied' };

const client = createOpAMPClient({
    endpoint: options.positionals[0],
    headers: Object.fromEntries(options.values.header.map((line) => line.split(/:\s*(.*)/s, 2))),
    heartbeatIntervalSeconds: Number(options.values.seconds),
    capabilities:
        AgentCapabilities.AgentCapabilities_AcceptsRemoteConfig |
        AgentCapabilities.AgentCapabilities_ReportsRemoteConfig,
    diagEnabled: true,
    onMessage({ remoteConfig }) {
        const hash = remoteConfig.configHash;
        const files = Object.entries(remoteConfig.config?.configMap ?? {});
        print('remote_config', {
            hash: hex(hash),
            files: Object.fromEntries(files.map(([name, file]) => [name, Buffer.from(file.body).toString()])),
        });
        if (next.status === 'silent') return;
        const status =
            next.status === 'applied'
                ? RemoteConfigStatuses.RemoteConfigStatuses_APPLIED
                : RemoteConfigStatuses.RemoteConfigStatuses_FAILED;
        client.setRemoteConfigStatus({ lastRemoteConfigHash: hash, status, errorMessage: next.error ?? '' });
        print('status', { hash: hex(hash), status: next.status });
    },
});

subscribe('opamp-client.send.success', ({ a2s, s2a }) =>
    print('sent', {
        sequence: Number(a2s.sequenceNum),
        flags: Number(s2a.flags),
        capabilities: Number(s2a.capabilities),
    }),
);
subscribe('opamp-client.send.fail', ({ err, retryAfterMs }) =>
    print('failed', { error: String(err?.message ?? err), retry_after_ms: retryAfterMs ?? null }),
);

client.setAgentDescription({
    identifyingAttributes: { 'service.name': 'stranger-node' },
    nonIdentifyingAttributes: { 'process.runtime.name': 'nodejs' },
});
client.start();
print('started', { instance_uid: hex(client.getInstanceUid()) });

for await (const line of createInterface({ input: process.stdin })) {
    const [word, what, ...rest] = line.trim().split(' ');
    if (word === 'quit') break;
    if (word === 'next' && ['applied', 'failed', 'silent'].includes(what)) {
        next = { status: what, error: rest.join(' ') };
        print('done', { line });
    } else console.error(`client.mjs: not a command: ${line}`);
}
await client.shutdown();
print('stopped');
process.stdin.destroy(); // nothing else keeps the process
