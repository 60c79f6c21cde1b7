// The same report as a file. The front door answers these addresses; Next never sees them.
import { IconDownload } from '@tabler/icons-react';
import classes from './file-links.module.css';

const FORMATS = ['pdf', 'csv', 'json'] as const;

export function FileLinks({ address, quiet = false }: { address: string; quiet?: boolean }) {
  return (
    <span className={classes.files} data-quiet={quiet || undefined}>
      {quiet ? null : <IconDownload size={14} stroke={1.8} aria-hidden />}
      {FORMATS.map((format) => (
        <a key={format} href={`${address}.${format}`} download>
          {format.toUpperCase()}
        </a>
      ))}
    </span>
  );
}
