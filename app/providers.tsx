// What every screen stands in: the theme, with the request's nonce for its style elements, dialogs and notices.
'use client';

import { MantineProvider } from '@mantine/core';
import { ModalsProvider } from '@mantine/modals';
import { Notifications } from '@mantine/notifications';
import type { ReactNode } from 'react';
import { surfaceVariables, theme } from './theme.ts';

export function Providers({ nonce, children }: { nonce: string; children: ReactNode }) {
  return (
    <MantineProvider
      theme={theme}
      defaultColorScheme="auto"
      cssVariablesResolver={surfaceVariables}
      getStyleNonce={() => nonce}
    >
      <ModalsProvider>{children}</ModalsProvider>
      <Notifications position="bottom-right" limit={3} />
    </MantineProvider>
  );
}
