// Two years of a small company, as written books take them.

export const ACCOUNTS = `
  1000 asset Assets:Current assets:Bank
  1100 asset Assets:Current assets:Receivables
  1500 asset Assets:Equipment
  2000 liability Payables
  3000 equity Share capital
  3100 equity Retained earnings
  4000 income Sales
  6000 expense Rent
  6100 expense Wages`;

export const ENTRIES = `
2024-01-01 Capital paid in
  1000 D 1000.00
  3000 C 1000.00
2024-03-10 Sale on account
  1100 D 500.00
  4000 C 500.00
2024-12-05 Rent
  6000 D 120.00
  1000 C 120.00
2025-01-20 Sale
  1000 D 300.00
  4000 C 300.00
2025-02-10 Rent
  6000 D 100.00
  2000 C 100.00`;
