// Finding an entry by its number: entries of an import have none of their own, only their place in it.

/** SQL that gives the id of the posted entry number `$2` of the book `$1`; both ways use an index. */
export const ENTRY_ID_BY_NUMBER = `
  select n.id from journal_entries n where n.book_id = $1 and n.number = $2::int
  union all
  select n.id from imports i
  join journal_entries n on n.import_id = i.id and n.ordinal = $2::int - i.first_number + 1
  where i.book_id = $1 and i.state = 'posted' and $2::int >= i.first_number
    and $2::int < i.first_number + i.entries`;
