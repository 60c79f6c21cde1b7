// The same report as a file. The front door answers these addresses; Next never sees them.
import { IconDownload } from '@tabler/icons-react';
import classes from './file-links.module.css';

const FORMATS = ['pdf', 'xlsx', 'csv', 'json'] as const;

/** @param position what is on the screen: the files are at least as new. */
export function FileLinks({
  address,
  position = null,
  quiet = false,
}: {
  address: string;
  position?: number | null;
  quiet?: boolean;
}) {
  const query = position === null ? '' : `?minPosition=${position}`;
  return (
    <span className={classes.files} data-quiet={quiet || undefined}>
      {quiet ? null : <IconDownload size={14} stroke={1.8} aria-hidden />}
      {FORMATS.map((format) => (
        <a key={format} href={`${address}.${format}${query}`} download>
          {format.toUpperCase()}
        </a>
      ))}
    </span>
  );
}
