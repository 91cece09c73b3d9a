/** Who may import whom. `tests/infra/arrows.test.ts` also checks how many modules were seen. */
const sdk = 'node_modules/(@aws-sdk|@smithy)/'
const cdk = 'node_modules/(aws-cdk-lib|constructs|cdk-nag)/'
const all = '^(bin|core|data|functions|lib|local|outside|site|tests)/'

/** From a folder, everything of ours is forbidden but this. */
const only = (name, from, allowed) => ({ name, severity: 'error', from: { path: from }, to: { path: all, pathNot: allowed } })

module.exports = {
  forbidden: [
    only('core-stands-alone', '^core/', '^core/'),
    only('data-looks-down', '^data/', '^(core|data)/'),
    only('outside-looks-down', '^outside/', '^(core|outside)/'),
    only('kit-knows-rules-alone', '^functions/kit/', '^(core|functions/kit)/'),
    only('functions-look-down', '^functions/(?!kit/)', '^(core|data|outside|functions/kit)/|^functions/'),
    {
      name: 'functions-are-strangers',
      severity: 'error',
      comment: 'a file beside a function may serve it, another function may not',
      from: { path: '^functions/(?!kit/)([^/]+)/([^/]+)\\.ts$' },
      to: { path: '^functions/(?!kit/)[^/]+/', pathNot: '^functions/$1/$2-' },
    },
    only('lib-reads-the-registry', '^lib/', '^(lib|core)/|^functions/(index|kit/)|^data/schema\\.ts$'),
    only('bin-is-stages', '^bin/', '^(bin|lib)/'),
    {
      name: 'site-borrows-types-only',
      severity: 'error',
      from: { path: '^site/' },
      to: {
        path: '^(functions|data|core|lib|outside|local)/',
        // What the browser and the panel must find alike: a slip is warned of before it is sent, a challenge solved, a line counted.
        pathNot: '^core/(privacy/slips|inquiries/challenge|orders/comment-lines)\\.ts$',
        dependencyTypesNot: ['type-only'],
      },
    },
    {
      name: 'sdk-in-data-and-outside',
      severity: 'error',
      from: { path: '^(core|functions|site|lib|bin)/', pathNot: '^lib/bundle/' },
      to: { path: sdk },
    },
    {
      name: 'cdk-in-bin-and-lib',
      severity: 'error',
      from: { path: '^(core|data|functions|outside|site|local)/' },
      to: { path: cdk },
    },
    {
      name: 'middy-in-the-kit',
      severity: 'error',
      from: { path: all, pathNot: '^functions/kit/' },
      to: { path: 'node_modules/@middy/' },
    },
    { name: 'nothing-of-tests', severity: 'error', from: { path: all, pathNot: '^tests/' }, to: { path: '^tests/' } },
    { name: 'no-circles', severity: 'error', from: {}, to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } } },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)dist/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'require', 'node', 'default', 'types'] },
  },
}
