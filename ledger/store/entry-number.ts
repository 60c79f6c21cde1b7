// Finding an entry by its number: entries of an import have none of their own, only their place in it.

/** SQL that gives the id of a posted entry of the book `$1`; both ways use an index. @param number an SQL expression */
export const entryIdByNumber = (number: string): string => `
  select n.id from journal_entries n where n.book_id = $1 and n.number = ${number}
  union all
  select n.id from imports i
  join journal_entries n on n.import_id = i.id and n.ordinal = ${number} - i.first_number + 1
  where i.book_id = $1 and i.state = 'posted' and ${number} >= i.first_number
    and ${number} < i.first_number + i.entries`;
