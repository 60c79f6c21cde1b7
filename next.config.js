// Next.js: the screens only. Databases never come in here: running objects reach the screens through `app/_server/rooms.ts`.

/** @type {import('next').NextConfig} */
const config = {
  // Next leaks memory when a client goes away from a compressed answer; the front door may compress instead.
  compress: false,
  poweredByHeader: false,
  reactStrictMode: true,
  // Types are checked for the whole house by `npm run check`.
  typescript: { ignoreBuildErrors: true },
  devIndicators: false,
  experimental: {
    authInterrupts: true,
    optimizePackageImports: ['@mantine/core', '@mantine/hooks', '@tabler/icons-react'],
    serverActions: { bodySizeLimit: '4mb' },
  },
};

export default config;
