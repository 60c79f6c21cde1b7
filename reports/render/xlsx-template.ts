// The version of the sheet's look, part of a file's address: raised whenever the same body would give other bytes.

export const XLSX_TEMPLATE = 2;
