// The arrows of docs/ARCHITECTURE.md: which room may import which, and the one door of every driver.
const arrow = (name, from, not, type) => ({
  name,
  severity: 'error',
  from: { path: from },
  to: { path: not, ...(type ? { dependencyTypesNot: ['type-only'] } : {}) },
});
const door = (driver, room) => ({
  name: `only-${room[0].replaceAll('/', '-')}-imports-${driver}`,
  severity: 'error',
  from: {
    path: '^(api|app|ledger|reports|server|workers)/',
    pathNot: room.map((path) => `^${path}`),
  },
  to: { path: `node_modules/${driver}/` },
});

module.exports = {
  forbidden: [
    {
      name: 'no-circles',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'imports-resolve',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true, pathNot: 'css$' },
    },
    arrow('domain-imports-nothing', '^ledger/domain/', '^(?!ledger/domain/)'),
    arrow(
      'formats-import-domain',
      '^ledger/formats/',
      '^(api|app|reports|server|workers|ledger/(commands|queries|store))/',
    ),
    arrow(
      'commands-import-domain-and-store',
      '^ledger/commands/',
      '^(api|app|reports|server|workers|ledger/(queries|formats))/',
      true,
    ),
    arrow(
      'queries-import-domain-and-store',
      '^ledger/queries/',
      '^(api|app|reports|server|workers|ledger/(commands|formats))/',
      true,
    ),
    arrow(
      'store-imports-domain',
      '^ledger/store/',
      '^(api|app|reports|server|workers|ledger/(commands|queries|formats))/',
      true,
    ),
    arrow(
      'catalogue-is-pure',
      '^reports/catalogue/',
      '^(api|app|server|workers|ledger/(?!domain)|reports/(?!catalogue))',
    ),
    arrow(
      'documents-know-the-catalogue',
      '^reports/documents/',
      '^(api|app|server|workers|ledger/(?!domain)|reports/(render|delivery))',
      true,
    ),
    arrow(
      'render-knows-the-catalogue',
      '^reports/render/',
      '^(api|app|server|workers|ledger/(?!domain)|reports/(documents|delivery))',
      true,
    ),
    arrow(
      'delivery-reads',
      '^reports/delivery/',
      '^(api|app|workers|ledger/(?!domain)|server/(?!session))',
      true,
    ),
    arrow(
      'screens-import-types-and-domain',
      '^app/',
      '^(api|workers|ledger/(?!domain)|reports/|server/(?!session))',
      true,
    ),
    arrow(
      'api-imports-types-and-domain',
      '^api/',
      '^(app|workers|ledger/(?!domain)|reports/|server/(?!session))',
      true,
    ),
    arrow('workers-never-import-screens', '^workers/', '^(api|app)/'),
    arrow(
      'nobody-imports-entries',
      '^(api|app|ledger|reports|workers|server/(?!entry))',
      '^server/entry/',
    ),
    arrow('nobody-imports-bench', '^(api|app|ledger|reports|server|tests|workers)/', '^bench/'),
    arrow('nobody-imports-tests', '^(api|app|ledger|reports|server|workers)/', '^tests/'),
    door('@prisma', ['ledger/store/']),
    door('mongodb', ['reports/documents/']),
    door('bullmq', ['server/queue/']),
    door('pdfkit', ['reports/render/']),
    door('hucre', ['reports/render/xlsx']),
    door('saxes', ['ledger/formats/xml-elements']),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)(generated|\\.next)/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
    },
  },
};
