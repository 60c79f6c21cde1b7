// Faults of a real database, called up by a line's memo: a statement that fails, one that fails at the first attempt
// (as in a deadlock), one that fails at every attempt, and a connection that is cut off in the middle of a transaction.
import pg from 'pg';

const FAULTS = `
  create sequence flaky_attempts;
  grant usage on sequence flaky_attempts to daybook_app;
  create function fault_by_memo() returns trigger language plpgsql security definer as $$
  begin
    case new.memo
      when 'fault' then raise exception 'a fault of this line';
      when 'flaky' then
        if nextval('flaky_attempts') % 4 < 2 then
          raise exception 'a deadlock' using errcode = '40P01';
        end if;
      when 'always-retry' then raise exception 'a conflict' using errcode = '40001';
      when 'cut-connection' then perform pg_terminate_backend(pg_backend_pid());
      else null;
    end case;
    return new;
  end $$;
  create trigger fault_by_memo before insert on postings for each row execute function fault_by_memo()`;

/** Puts them into a database of one's own. @param url of its owner */
export async function createFaults(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query(FAULTS);
  await client.end();
}
