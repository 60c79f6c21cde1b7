// Three sections of the System page: how fresh the reports are, what the last recomputes took, how downloads go. Each
// says its state in figures and shows its last minutes or hours.
import type { ReactNode } from 'react';
import type { BookCopy } from '#reports/documents/reader.ts';
import type { SystemStanding } from '../../_server/system-standing.ts';
import classes from './system.module.css';
import { clockText, counted, countText, durationText, rateText } from './system-text.ts';
import { TimeChart } from './time-chart.tsx';

interface Shown {
  readonly standing: SystemStanding;
  readonly book: BookCopy;
}

function Section({
  title,
  figures,
  children,
}: {
  title: string;
  figures: readonly (readonly [label: string, value: string, beside?: string])[];
  children: ReactNode;
}) {
  return (
    <section className={classes.section} aria-label={title}>
      <h2>{title}</h2>
      <dl className={classes.figures}>
        {figures.map(([label, value, beside]) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>
              <b>{value}</b>
              {beside ? <span>{beside}</span> : null}
            </dd>
          </div>
        ))}
      </dl>
      <div className={classes.charts}>{children}</div>
    </section>
  );
}

const ends = ({ standing, book }: Shown) => ({
  from: clockText(standing.steps[0]?.at ?? standing.now, book),
  to: clockText(standing.now, book),
});

const most = (values: readonly number[]): number => Math.max(0, ...values);
const total = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0);

export function FreshnessSection(shown: Shown) {
  const { standing, book } = shown;
  const { position, ledger, steps } = standing;
  const { locale } = book;
  const documents = position?.position ?? 0;
  const head = Math.max(ledger?.head ?? 0, position?.head ?? 0);
  const pending = head - documents;
  const lags = steps.map(({ lagMax }) => lagMax);
  const changes = steps.map((step) => step.changes);
  return (
    <Section
      title="Freshness"
      figures={[
        [
          'Reports now',
          pending > 0 ? `${counted(pending, 'change', 'changes', locale)} behind` : 'Up to date',
          pending > 0 && ledger
            ? `the oldest waits for ${durationText(ledger.waitingMs, locale)}`
            : `position ${countText(documents, locale)} of ${countText(head, locale)}`,
        ],
        [
          'Last change was shown after',
          position?.last ? durationText(position.last.lagMs, locale) : '—',
          position ? `at ${clockText(Date.parse(position.updatedAt), book, true)}` : '',
        ],
        ['Longest delay shown here', most(lags) > 0 ? durationText(most(lags), locale) : '—'],
      ]}
    >
      <TimeChart
        title="Delay until shown"
        series={[{ name: 'Delay', tone: 'ink', values: lags }]}
        scale="duration"
        text={(value) => durationText(value, locale)}
        {...ends(shown)}
      />
      <TimeChart
        title={`Changes shown per ${durationText(standing.stepMs, locale)}`}
        series={[{ name: 'Changes', tone: 'ink', values: changes }]}
        scale="count"
        text={(value) => countText(value, locale)}
        {...ends(shown)}
      />
    </Section>
  );
}

export function RecomputeSection(shown: Shown) {
  const { standing, book } = shown;
  const { position, steps } = standing;
  const { locale } = book;
  const recomputes = total(steps.map((step) => step.recomputes));
  const documents = total(steps.map((step) => step.documents));
  return (
    <Section
      title="Recomputes"
      figures={[
        ['The last took', position?.last ? durationText(position.last.ms, locale) : '—'],
        [
          'and touched',
          position?.last ? counted(position.last.documents, 'document', 'documents', locale) : '—',
        ],
        [
          'In the time shown here',
          counted(recomputes, 'recompute', 'recomputes', locale),
          counted(documents, 'document', 'documents', locale),
        ],
      ]}
    >
      <TimeChart
        title="Time of a recompute"
        series={[
          { name: 'Longest', tone: 'wash', values: steps.map(({ msMax }) => msMax) },
          { name: 'Mean', tone: 'ink', values: steps.map(({ msMean }) => msMean) },
        ]}
        scale="duration"
        text={(value) => durationText(value, locale)}
        {...ends(shown)}
      />
      <TimeChart
        title={`Documents touched per ${durationText(standing.stepMs, locale)}`}
        series={[{ name: 'Documents', tone: 'ink', values: steps.map((step) => step.documents) }]}
        scale="count"
        text={(value) => countText(value, locale)}
        {...ends(shown)}
      />
    </Section>
  );
}

export function DownloadSection(shown: Shown) {
  const { standing, book } = shown;
  const { steps, stepMs } = standing;
  const { locale } = book;
  const perSecond = (count: number) => (count * 1_000) / stepMs;
  const all = steps.map(({ sent, notModified, failed }) => sent + notModified + failed);
  const failed = total(steps.map((step) => step.failed));
  const unchanged = total(steps.map((step) => step.notModified));
  const made = total(steps.map((step) => step.rendered));
  return (
    <Section
      title="Downloads"
      figures={[
        [
          'In the time shown here',
          counted(total(all), 'download', 'downloads', locale),
          `${countText(unchanged, locale)} of them unchanged, ${counted(made, 'file', 'files', locale)} made`,
        ],
        [
          'Slowest',
          most(all) > 0 ? durationText(most(steps.map((s) => s.latencyMax)), locale) : '—',
        ],
        ['Failed', countText(failed, locale)],
      ]}
    >
      <TimeChart
        title="Downloads a second"
        series={[
          { name: 'All', tone: 'wash', values: all.map(perSecond) },
          { name: 'With a file', tone: 'ink', values: steps.map((step) => perSecond(step.sent)) },
          { name: 'Failed', tone: 'wrong', values: steps.map((step) => perSecond(step.failed)) },
        ]}
        scale="count"
        text={(value) => rateText(value, locale)}
        {...ends(shown)}
      />
      <TimeChart
        title="Time until the last byte"
        series={[
          { name: '99 of 100 within', tone: 'wash', values: steps.map(({ p99 }) => p99 ?? 0) },
          { name: 'Half of them within', tone: 'ink', values: steps.map(({ p50 }) => p50 ?? 0) },
        ]}
        scale="duration"
        text={(value) => durationText(value, locale)}
        {...ends(shown)}
      />
    </Section>
  );
}
