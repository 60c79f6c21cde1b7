// The version of the PDF's look, part of a file's address: raised whenever the same body would give other bytes.

export const PDF_TEMPLATE = 5;
